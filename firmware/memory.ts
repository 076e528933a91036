import { getUint, putInt } from "./core/bytes"
import { CALIBRATION_BYTES, type Calibration } from "./core/calibration"
import { crcHolds, putCrc } from "./core/crc"
import type { Fram } from "./core/ports"
import { MAX_PROGRAM_BYTES } from "./core/program"

/** Where things lie in FRAM. */
const BOOT_AT = 0x0000 // boot count u32 and its CRC
const CALIBRATION_AT = 0x0100 // one every 64 bytes, by channel
const CALIBRATION_STRIDE = 64
const PROGRAM_AT = 0x1000 // one every 1 kB, by channel
const PROGRAM_STRIDE = 1024

/** What the board remembers without power, apart from the log: boot count, calibrations, programs. */
export class BoardMemory {
  bootCount = 0
  /** Room for any program or calibration on its way. */
  readonly scratch = Buffer.alloc(MAX_PROGRAM_BYTES)

  constructor(private readonly fram: Fram) {}

  /** Counts this boot. */
  begin(): void {
    const bytes = this.scratch
    this.fram.read(BOOT_AT, bytes, 8)
    this.bootCount = (crcHolds(bytes, 0, 4) ? getUint(bytes, 0, 4) : 0) + 1
    putInt(bytes, 0, 4, this.bootCount)
    putCrc(bytes, 0, 4)
    this.fram.write(BOOT_AT, bytes, 8)
  }

  /** Reads a channel's calibration; without a whole one the nominal values stay in force. */
  readCalibration(channel: number, calibration: Calibration): void {
    const at = CALIBRATION_AT + channel * CALIBRATION_STRIDE
    this.fram.read(at, this.scratch, CALIBRATION_BYTES)
    calibration.read(this.scratch)
  }

  writeCalibration(channel: number, bytes: Buffer): void {
    this.fram.write(CALIBRATION_AT + channel * CALIBRATION_STRIDE, bytes, bytes.length)
  }

  /** @returns false when the part does not fit a program */
  writeProgram(channel: number, offset: number, bytes: Buffer): boolean {
    if (offset + bytes.length > MAX_PROGRAM_BYTES) return false
    this.fram.write(PROGRAM_AT + channel * PROGRAM_STRIDE + offset, bytes, bytes.length)
    return true
  }

  /** Reads a channel's program into `scratch`. */
  readProgram(channel: number, length: number): void {
    this.fram.read(PROGRAM_AT + channel * PROGRAM_STRIDE, this.scratch, length)
  }
}
