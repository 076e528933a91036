/**
 * W25Q128JV-IQ, 16 MiB SPI NOR flash: Winbond W25Q128JV revision F (March 2018), sections 7.1
 * (status registers), 8.1 (device ID), 8.2 (instructions), 9.6 (AC characteristics).
 *
 * Single SPI only. Program and erase start when /CS rises and change the array when their time is
 * over; a power cut before that leaves any mixture of old and new bits, newer ones the likelier the
 * further it had come. While busy only the status registers answer. Assumed: every page program
 * takes the time of a full page; QE reads 1 and every other bit of status register 2 reads 0. The
 * 5 ms after power-up in which the chip takes no writes (tPUW) are left out.
 */
import type { Clock } from "../clock"
import type { Random } from "../random"
import { ChipModelError, type SpiChip } from "./chip"

const PAGE_PROGRAM = 0x02
const READ_DATA = 0x03
const WRITE_DISABLE = 0x04
const READ_STATUS_1 = 0x05
const WRITE_ENABLE = 0x06
const FAST_READ = 0x0b
const SECTOR_ERASE_4K = 0x20
const READ_STATUS_2 = 0x35
const BLOCK_ERASE_32K = 0x52
const JEDEC_ID = 0x9f
const RELEASE_POWER_DOWN = 0xab // also reads the device ID, after three dummy bytes
const POWER_DOWN = 0xb9
const BLOCK_ERASE_64K = 0xd8
const IGNORED = -1

const SR1_BUSY = 0x01
const SR1_WEL = 0x02
const SR2_QE = 0x02 // set at the factory in the IQ part
const JEDEC = [0xef, 0x40, 0x18]
const DEVICE_ID = 0x17

const SIZE = 0x1000000
const PAGE = 0x100
const SECTOR = 0x1000
const RELEASE_us = 3 // tRES1

// Section 9.6, microseconds: typical, maximum.
const PROGRAM_us = [700, 3_000]
const ERASE_4K_us = [45_000, 400_000]
const ERASE_32K_us = [120_000, 1_600_000]
const ERASE_64K_us = [150_000, 2_000_000]

export class W25q128 implements SpiChip {
  readonly name: string
  private readonly clock: Clock
  private readonly memory: Uint8Array
  private readonly random: Random
  private readonly timing: number
  private readonly erases = new Uint32Array(SIZE / SECTOR)
  private readonly page = new Uint8Array(PAGE)

  private powered = false
  private selected = false
  private command = IGNORED
  private index = 0
  private address = 0
  private writeEnabled = false
  private poweredDown = false
  private awake_us = 0

  private busy = false
  private erasing = false
  private from = 0
  private length = 0
  private started_us = 0
  private busyUntil_us = 0

  constructor(options: {
    name: string
    clock: Clock
    /** 16 MiB; persists over power cuts, the caller owns it. Holds the old bits until an operation ends. */
    memory: Uint8Array
    random: Random
    timing?: "typical" | "maximum"
  }) {
    if (options.memory.length !== SIZE) throw new RangeError(`${options.name} holds ${SIZE} bytes`)
    this.name = options.name
    this.clock = options.clock
    this.memory = options.memory
    this.random = options.random
    this.timing = options.timing === "maximum" ? 1 : 0
  }

  /** Erasures that 4 KiB sector has begun since this chip was made; a witness for wear. */
  eraseCount(sector: number): number {
    return this.erases[sector]
  }

  powerOn(): void {
    this.powered = true
    this.selected = this.writeEnabled = this.poweredDown = false
    this.awake_us = 0
  }

  powerOff(): void {
    this.settle()
    if (this.busy) this.tear()
    this.powered = this.selected = false
  }

  select(): void {
    this.selected = this.powered
    this.command = IGNORED
    this.index = 0
    this.address = 0
  }

  transfer(byte: number): number {
    if (!this.selected) return 0xff
    const index = this.index++
    if (index === 0) {
      this.begin(byte)
      return 0xff
    }
    switch (this.command) {
      case READ_DATA:
        return index <= 3 ? this.shiftAddress(byte) : this.readArray()
      case FAST_READ:
        return index <= 3 ? this.shiftAddress(byte) : index === 4 ? 0xff : this.readArray()
      case PAGE_PROGRAM:
        if (index <= 3) return this.shiftAddress(byte)
        this.page[(this.address + index - 4) & (PAGE - 1)] = byte // wraps within the page
        return 0xff
      case SECTOR_ERASE_4K:
      case BLOCK_ERASE_32K:
      case BLOCK_ERASE_64K:
        return index <= 3 ? this.shiftAddress(byte) : 0xff
      case READ_STATUS_1:
        this.settle()
        return (this.busy ? SR1_BUSY : 0) | (this.writeEnabled ? SR1_WEL : 0)
      case READ_STATUS_2:
        return SR2_QE
      case RELEASE_POWER_DOWN:
        return index <= 3 ? 0xff : DEVICE_ID
      case JEDEC_ID:
        if (index > 3) throw new ChipModelError(this.name, "JEDEC ID beyond its third byte")
        return JEDEC[index - 1]
      default:
        return 0xff
    }
  }

  /** Instructions act here, and only when /CS rises after their last whole byte. */
  deselect(): void {
    if (!this.selected) return
    this.selected = false
    switch (this.command) {
      case WRITE_ENABLE:
        if (this.index === 1) this.writeEnabled = true
        break
      case WRITE_DISABLE:
        if (this.index === 1) this.writeEnabled = false
        break
      case PAGE_PROGRAM:
        if (this.index > 4) this.start(false, PAGE, PROGRAM_us)
        break
      case SECTOR_ERASE_4K:
        if (this.index === 4) this.start(true, SECTOR, ERASE_4K_us)
        break
      case BLOCK_ERASE_32K:
        if (this.index === 4) this.start(true, 8 * SECTOR, ERASE_32K_us)
        break
      case BLOCK_ERASE_64K:
        if (this.index === 4) this.start(true, 16 * SECTOR, ERASE_64K_us)
        break
      case POWER_DOWN:
        if (this.index === 1) this.poweredDown = true
        break
      case RELEASE_POWER_DOWN:
        if (this.poweredDown) this.awake_us = this.clock.now_us + RELEASE_us
        this.poweredDown = false
    }
  }

  private begin(command: number): void {
    this.settle()
    const status = command === READ_STATUS_1 || command === READ_STATUS_2
    const deaf =
      (this.busy && !status) ||
      (this.poweredDown && command !== RELEASE_POWER_DOWN) ||
      this.clock.now_us < this.awake_us
    switch (command) {
      case PAGE_PROGRAM:
      case READ_DATA:
      case WRITE_DISABLE:
      case READ_STATUS_1:
      case WRITE_ENABLE:
      case FAST_READ:
      case SECTOR_ERASE_4K:
      case READ_STATUS_2:
      case BLOCK_ERASE_32K:
      case JEDEC_ID:
      case RELEASE_POWER_DOWN:
      case POWER_DOWN:
      case BLOCK_ERASE_64K:
        break
      default:
        throw new ChipModelError(this.name, `instruction ${command.toString(16)}h`)
    }
    this.command = deaf ? IGNORED : command
    if (this.command === PAGE_PROGRAM) this.page.fill(0xff)
  }

  private shiftAddress(byte: number): number {
    this.address = (this.address << 8) | byte
    return 0xff
  }

  private readArray(): number {
    const value = this.memory[this.address]
    this.address = (this.address + 1) & (SIZE - 1)
    return value
  }

  private start(erasing: boolean, length: number, duration_us: number[]): void {
    if (!this.writeEnabled) return
    this.erasing = erasing
    this.length = length
    this.from = this.address & ~(length - 1)
    this.started_us = this.clock.now_us
    this.busyUntil_us = this.started_us + duration_us[this.timing]
    this.busy = true
    if (!erasing) return
    const first = this.from / SECTOR
    for (let i = 0; i < length / SECTOR; i++) this.erases[first + i]++
  }

  /** Ends an operation whose time has come; the write enable latch falls with it. */
  private settle(): void {
    if (!this.busy || this.clock.now_us < this.busyUntil_us) return
    if (this.erasing) this.memory.fill(0xff, this.from, this.from + this.length)
    else for (let i = 0; i < PAGE; i++) this.memory[this.from + i] &= this.page[i]
    this.busy = this.writeEnabled = false
  }

  private tear(): void {
    const progress = (this.clock.now_us - this.started_us) / (this.busyUntil_us - this.started_us)
    for (let i = 0; i < this.length; i++) {
      const old = this.memory[this.from + i]
      let changes = this.erasing ? ~old & 0xff : old & ~this.page[i]
      for (let bit = 1; bit < 0x100; bit <<= 1) {
        if ((changes & bit) !== 0 && this.random.uniform() >= progress) changes &= ~bit
      }
      this.memory[this.from + i] = old ^ changes
    }
    this.busy = false
  }
}
