import type { SimulatedBoard } from "./board"
import { Resistor } from "./cells/resistor"
import { Random } from "./random"

/** The bench's own errors, typical and maximum: the budget's "calibration standard". */
const METER_GAIN = [35e-6, 60e-6] as const
const METER_OFFSET_V = [5e-6, 20e-6] as const
const STANDARD_TOLERANCE = [50e-6, 100e-6] as const
/** A reading's integration time, as of 100 power-line cycles, and how finely it is taken. */
const METER_ms = 2000
const METER_SAMPLES = 100
/** What is left between the sense leads when all are joined at one screw. */
const SHORT_ohm = 5e-3

/**
 * A bench multimeter, a 100 Ω 0.01 % standard and a short, wired to a simulated board in place of a cell.
 * They see its terminals, as real ones would, and are as imperfect.
 */
export class SimulatedBench {
  readonly standard_ohm = 100
  readonly standard = "100R simulated"
  private readonly gain: number
  private readonly offset_V: number
  private readonly resistor: Resistor
  private readonly short = new Resistor(SHORT_ohm)

  constructor(
    private readonly board: SimulatedBoard,
    seed: number,
  ) {
    const random = new Random(seed, "bench")
    this.gain = random.toleranced(...METER_GAIN)
    this.offset_V = random.toleranced(...METER_OFFSET_V)
    this.resistor = new Resistor(100 * (1 + random.toleranced(...STANDARD_TOLERANCE)))
  }

  async connect(what: "standard" | "short" | "cell", channel: number): Promise<void> {
    const part = {
      standard: this.resistor,
      short: this.short,
      cell: this.board.cells[channel],
    }[what]
    this.board.channels[channel].attach(part, this.board.clock.now_us)
  }

  /** The meter integrates: the board's current moves by single steps of its DAC all the time. */
  async read_V(channel: number): Promise<number> {
    const frontEnd = this.board.channels[channel]
    let sum_V = 0
    for (let i = 0; i < METER_SAMPLES; i++) {
      this.board.advanceBy_ms(METER_ms / METER_SAMPLES)
      sum_V += frontEnd.cell_V ?? 0
    }
    return (sum_V / METER_SAMPLES) * (1 + this.gain) + this.offset_V
  }
}
