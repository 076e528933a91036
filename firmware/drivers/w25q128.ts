// W25Q128JV, 16 MB NOR flash on SPI. Winbond W25Q128JV: instructions section 8.
import type { Bytes } from "../core/bytes"
import { type Flash, FLASH_COMMAND_BYTES, PAGE_BYTES } from "../core/ports"
import type { SpiBus } from "./bus"
import { ChipError } from "./chip"

const WRITE_ENABLE = 0x06
const PAGE_PROGRAM = 0x02
const READ_DATA = 0x03
const SECTOR_ERASE = 0x20
const READ_STATUS_1 = 0x05 // bit 0 BUSY
const JEDEC_ID = 0x9f // EF 40 18

/** The log's flash. Every frame has room for the command before its data, so nothing is copied. */
export class W25q128 implements Flash {
  private readonly enable = Buffer.alloc(1)
  private readonly enableAnswer = Buffer.alloc(1)
  private readonly status = Buffer.alloc(2)
  private readonly statusAnswer = Buffer.alloc(2)
  private readonly command = Buffer.alloc(FLASH_COMMAND_BYTES)
  private readonly answer = Buffer.alloc(FLASH_COMMAND_BYTES)
  /** The other direction while a page goes out or comes in: the bus is full duplex. */
  private readonly waste = Buffer.alloc(FLASH_COMMAND_BYTES + PAGE_BYTES)

  constructor(private readonly bus: SpiBus) {
    this.enable[0] = WRITE_ENABLE
  }

  init(): void {
    this.command[0] = JEDEC_ID
    this.bus.transfer(this.command, this.answer)
    const answer = this.answer
    if (answer[1] !== 0xef || answer[2] !== 0x40 || answer[3] !== 0x18)
      throw new ChipError("W25Q128", "on SPI", "does not answer: check its wiring and chip select")
  }

  isBusy(): boolean {
    this.status[0] = READ_STATUS_1
    this.bus.transfer(this.status, this.statusAnswer)
    return (this.statusAnswer[1] & 1) === 1
  }

  programPage(page: number, frame: Bytes): void {
    this.bus.transfer(this.enable, this.enableAnswer)
    this.head(frame, PAGE_PROGRAM, page * PAGE_BYTES)
    this.bus.transfer(frame as unknown as Buffer, this.waste)
  }

  eraseSector(sector: number): void {
    this.bus.transfer(this.enable, this.enableAnswer)
    this.head(this.command as unknown as Bytes, SECTOR_ERASE, sector * 4096)
    this.bus.transfer(this.command, this.answer)
  }

  read(address: number, frame: Bytes): void {
    this.head(this.waste as unknown as Bytes, READ_DATA, address)
    this.bus.transfer(this.waste, frame as unknown as Buffer)
  }

  private head(frame: Bytes, instruction: number, address: number): void {
    frame[0] = instruction
    frame[1] = (address >> 16) & 255
    frame[2] = (address >> 8) & 255
    frame[3] = address & 255
  }
}
