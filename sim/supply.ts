import { McuReset } from "./mcuReset"

/** Thrown out of a bus call in which the power fails: nothing of the firmware runs after it. */
export class PowerCut extends Error {
  constructor() {
    super("The power is cut.")
    this.name = "PowerCut"
  }
}

/** The board's supply as its buses feel it: it can fail between any two bytes. */
export class Supply {
  /** Bytes that began on the buses since the board was made, address bytes among them. */
  bytes = 0
  private isOn = false
  private failsAt = Number.POSITIVE_INFINITY
  private ended: McuReset | undefined
  private resetsAt = Number.POSITIVE_INFINITY

  /** @param fail cuts the power of everything else */
  constructor(private readonly fail: () => void) {}

  /** Fails once that many bytes have passed, in place of the next. */
  failAfter(bytes: number): void {
    this.failsAt = bytes
  }

  /** Resets the MCU alone once that many bytes have passed, in the middle of the next. */
  resetAfter(bytes: number): void {
    this.resetsAt = bytes
  }

  /** Resets the MCU out of a bus call. */
  reset(why: McuReset["why"]): never {
    this.ended = new McuReset(why)
    throw this.ended
  }

  /** The MCU begins anew. */
  restart(): void {
    this.ended = undefined
  }

  switchOn(): void {
    this.isOn = true
  }

  switchOff(): void {
    this.isOn = false
  }

  /**
   * A byte begins.
   * @throws PowerCut without power, also to a firmware that has caught one
   * @throws McuReset in the same way
   */
  byte(): void {
    if (this.isOn && this.bytes >= this.failsAt) {
      this.failsAt = Number.POSITIVE_INFINITY
      this.fail()
    }
    if (!this.isOn) throw new PowerCut()
    if (this.ended !== undefined) throw this.ended
    this.bytes++
    if (this.bytes <= this.resetsAt) return
    this.resetsAt = Number.POSITIVE_INFINITY
    this.reset("pin")
  }
}
