import type { Memory } from "../../firmware/core/bytes"
import type { Circuit } from "../../firmware/core/circuit"

/** Room for what one vector computes. */
export const OUTPUT_BYTES = 4096
/** Where that begins; before it stands how many bytes it is, u32. */
const START = 4

/** The bytes that a vector leaves. */
export class Output {
  private at = START

  /** @param memory `OUTPUT_BYTES` of it */
  constructor(
    private readonly memory: Memory,
    private readonly allocate: (bytes: number) => Memory,
  ) {}

  /** Makes empty memory, as the machine that this runs on has it. */
  alloc(bytes: number): Memory {
    const allocate = this.allocate
    return allocate(bytes)
  }

  /** Every bit of a number; only the sign of 0 is left out, which DeviceScript does not have. */
  number(value: number): void {
    this.memory.setAt(this.at, "f64", value === 0 ? 0 : value)
    this.at = this.at + 8
  }

  truth(value: boolean): void {
    this.memory.setAt(this.at, "u8", value ? 1 : 0)
    this.at = this.at + 1
  }

  bytes(source: Memory, offset: number, count: number): void {
    this.memory.blitAt(this.at, source, offset, count)
    this.at = this.at + count
  }

  end(): void {
    this.memory.setAt(0, "u32", this.at - START)
  }
}

/** A piece of the core with fixed inputs. Run to the end it must take fewer than 131,072 bytecodes. */
export class Vector {
  constructor(
    readonly name: string,
    readonly run: (out: Output) => void,
  ) {}
}

/** The same numbers on every machine: Park and Miller's generator, exact in doubles. */
export class Dice {
  constructor(private state: number) {}

  /** Whole, from 0 to below `sides`. */
  whole(sides: number): number {
    return Math.floor(this.share() * sides)
  }

  /** Between two limits, with all bits in use. */
  between(low: number, high: number): number {
    return low + (high - low) * this.share()
  }

  fill(memory: Memory, count: number): void {
    for (let i = 0; i < count; ++i) memory[i] = this.whole(256)
  }

  /** From 0 to below 1. */
  private share(): number {
    const product = this.state * 48271
    this.state = product - Math.floor(product / 2147483647) * 2147483647
    return this.state / 2147483647
  }
}

/** As in the reference design. */
export const circuit: Circuit = {
  shunt_ohm: 20,
  dummy_ohm: 100,
  voltageDivider: 0.4,
  adcReference_V: 2.048,
  dacReference_V: 4.096,
  setpointGain: 0.5,
  fineRatio: 64,
  currentRanges: [
    { gain: 2, limit_A: 0.05 },
    { gain: 32, limit_A: 0.0031 },
    { gain: 64, limit_A: 0.0015 },
  ],
  voltageLimits_V: [-1, 5],
}
