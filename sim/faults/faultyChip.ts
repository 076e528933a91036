import { ChipModelError, type I2cChip } from "../chips/chip"
import type { Random } from "../random"

/** How a chip on the I2C bus goes wrong. */
export type ChipFault =
  /** It acknowledges nothing. */
  | "nack"
  /** It does not acknowledge now and then: one transaction in four. */
  | "flaky"
  /** Bytes that it sends have wrong bits: one in four. */
  | "wrongBytes"
  /** It says again and again what it said last. */
  | "stale"
  /** It sends ones: its output no longer reaches the bus. */
  | "mute"
  /** It holds the data line: everything reads 0 and seems acknowledged, nothing reaches the chip. */
  | "zeros"

const SHARE = 0.25

/** A chip that works until it is told to fail. It stands on the bus in the chip's place. */
export class FaultyChip implements I2cChip {
  fault: ChipFault | undefined
  private isDeaf = false
  /** It is not set up as the firmware believes, so that it may be asked for what it does not have. */
  private isLost = false
  private command = ""
  private isReading = false
  private at = 0
  /** What it answered last, by what it had been asked. */
  private readonly answers = new Map<string, number[]>()

  constructor(
    readonly chip: I2cChip,
    private readonly random: Random,
  ) {}

  /** Its supply dips: it is as after power-on, and nobody was told. */
  reset(): void {
    this.chip.powerOff()
    this.chip.powerOn()
    this.isLost = true
  }

  get name(): string {
    return this.chip.name
  }

  powerOn(): void {
    this.chip.powerOn()
  }

  powerOff(): void {
    this.chip.powerOff()
  }

  start(read: boolean): boolean {
    if (!read) this.command = ""
    this.isReading = read
    this.at = 0
    this.isDeaf = this.fault === "nack" || (this.fault === "flaky" && this.random.uniform() < SHARE)
    if (this.isDeaf) return false
    return this.fault === "zeros" || this.chip.start(read)
  }

  write(byte: number): boolean {
    if (this.isDeaf) return false
    this.command += `${byte} `
    return this.fault === "zeros" || this.chip.write(byte)
  }

  read(): number {
    if (this.fault === "zeros") return 0
    const byte = this.chipByte()
    const at = this.at++
    const answer = this.answers.get(this.command) ?? []
    this.answers.set(this.command, answer)
    switch (this.fault) {
      case "mute":
        return 0xff
      case "stale":
        return answer[at] ?? byte
      case "wrongBytes":
        if (this.random.uniform() >= SHARE) return byte
        return byte ^ (1 + Math.floor(this.random.uniform(0, 255)))
      default:
        answer[at] = byte
        return byte
    }
  }

  /** Assumed of a chip that has no byte left to send: it lets go of the line, which then reads as ones. */
  private chipByte(): number {
    try {
      return this.chip.read()
    } catch (error) {
      if (this.isLost && error instanceof ChipModelError) return 0xff
      throw error
    }
  }

  stop(): void {
    if (this.fault !== "zeros" || this.isReading) this.chip.stop()
  }
}
