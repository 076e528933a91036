import { GPIOPinState, type RP2040 } from "rp2040js"

/** A pin as the board has it besides the MCU. */
export interface PinWires {
  /** Pulled up by a resistor on the board. */
  pulledUp: readonly number[]
  /** Whether something on the board holds a pin low. */
  isHeldLow(pin: number): boolean
  /** The MCU drives a pin high or low, or, undefined, lets it go. */
  onDriven(pin: number, level: boolean | undefined): void
}

/**
 * What a pin reads: the emulator leaves that to its user, even for a pin that the MCU drives or pulls itself.
 * Levels are settled when the MCU changes something, and on `settle`.
 */
export class Pins {
  private readonly levels: boolean[] = []

  constructor(
    private readonly rp2040: RP2040,
    private readonly wires: PinWires,
  ) {
    for (const pin of rp2040.gpio)
      pin.addListener((state) => {
        const isDriven = state === GPIOPinState.High || state === GPIOPinState.Low
        this.wires.onDriven(pin.index, isDriven ? state === GPIOPinState.High : undefined)
        this.settleOne(pin.index, state)
        this.settle()
      })
    for (const pin of rp2040.gpio) this.settleOne(pin.index, pin.value)
  }

  /** Something on the board may hold a pin low now, or no longer. */
  settle(): void {
    for (const index of this.wires.pulledUp) this.settleOne(index, this.rp2040.gpio[index].value)
  }

  private settleOne(index: number, state: GPIOPinState): void {
    const isPulledUp =
      state === GPIOPinState.InputPullUp ||
      (state !== GPIOPinState.Low && this.wires.pulledUp.includes(index))
    const isHigh = state === GPIOPinState.High || (isPulledUp && !this.wires.isHeldLow(index))
    if (this.levels[index] === isHigh) return
    this.levels[index] = isHigh
    this.rp2040.gpio[index].setInputValue(isHigh)
  }
}
