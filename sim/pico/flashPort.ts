import type { Peripheral } from "rp2040js"
import type { PicoFlash } from "./flash"
import { Registers } from "./registers"

const SR = 0x28 // SSI status: RP2040 datasheet, 4.10.13
const DR0 = 0x60
const SR_TFNF = 0x02 // room for a byte to send
const SR_TFE = 0x04
const SR_RFNE = 0x08 // a byte has come

const READ_UNIQUE_ID = 0x4b // W25Q16JV datasheet, 8.2.30: four dummy bytes, then eight of the number
const UNIQUE_ID_AT = 5
const READ_JEDEC_ID = 0x9f
const JEDEC_ID = [0xef, 0x40, 0x15]

/**
 * The SSI as programs use it to send a command to the flash: while they force the chip's select low. At other
 * times the emulator's own answers, which is enough for a second stage.
 */
export class FlashPort implements Peripheral {
  private sent: number[] = []
  private answers: number[] = []
  isSelected = false

  constructor(
    private readonly usual: Peripheral,
    private readonly flash: PicoFlash,
  ) {}

  select(isSelected: boolean): void {
    this.isSelected = isSelected
    this.sent = []
    this.answers = []
  }

  readUint32(offset: number): number {
    if (!this.isSelected) return this.usual.readUint32(offset)
    if (offset === SR) return SR_TFE | SR_TFNF | (this.answers.length > 0 ? SR_RFNE : 0)
    return offset === DR0 ? (this.answers.shift() ?? 0) : this.usual.readUint32(offset)
  }

  writeUint32(offset: number, value: number): void {
    if (this.isSelected && offset === DR0) this.send(value & 0xff)
    else this.usual.writeUint32(offset, value)
  }

  writeUint32Atomic(offset: number, value: number, kind: number): void {
    if (this.isSelected && offset === DR0) this.send(value & 0xff)
    else this.usual.writeUint32Atomic(offset, value, kind)
  }

  private send(byte: number): void {
    this.answers.push(this.answer(this.sent.length))
    this.sent.push(byte)
  }

  private answer(index: number): number {
    if (this.sent[0] === READ_UNIQUE_ID) return this.flash.uniqueId[index - UNIQUE_ID_AT] ?? 0
    if (this.sent[0] === READ_JEDEC_ID) return JEDEC_ID[index - 1] ?? 0
    return 0
  }
}

const SS_CTRL = 0x0c // RP2040 datasheet, 2.19.6.2
const OUTOVER_AT = 8
const DRIVEN_LOW = 2

/** The flash's pins, of which only the select's override does anything. */
export class FlashPins extends Registers {
  constructor(private readonly port: FlashPort) {
    super()
  }

  override writeUint32(offset: number, value: number): void {
    super.writeUint32(offset, value)
    if (offset !== SS_CTRL) return
    const isSelected = ((value >> OUTOVER_AT) & 3) === DRIVEN_LOW
    if (isSelected !== this.port.isSelected) this.port.select(isSelected)
  }
}
