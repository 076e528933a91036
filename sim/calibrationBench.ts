import { BENCH_SIZES } from "../hardware/errorBudget/sizes"
import type { SimulatedBoard } from "./board"
import { Resistor } from "./cells/resistor"
import { Random } from "./random"

/** A reading's integration time, as of 100 power-line cycles, and how finely it is taken. */
const METER_ms = 2000
const METER_SAMPLES = 100
/** What is left between the sense leads when all are joined at one screw. */
const SHORT_ohm = 5e-3

/** A resistor that its own current warms. */
class Standard extends Resistor {
  constructor(
    resistance_ohm: number,
    private readonly heating_per_W: number,
  ) {
    super(resistance_ohm)
  }

  override voltage_V(current_A: number): number {
    const cold_V = super.voltage_V(current_A)
    return cold_V * (1 + this.heating_per_W * cold_V * current_A)
  }
}

/** What stands on one bench, as wrong as the error budget says. */
export function drawBench(seed: number) {
  const random = new Random(seed, "bench")
  const draw = (name: keyof typeof BENCH_SIZES) =>
    random.toleranced(BENCH_SIZES[name].typical, BENCH_SIZES[name].maximum)
  const gain = draw("meterGain")
  const offset_V = draw("meterOffset_V")
  return {
    standard: new Standard(100 * (1 + draw("standardTolerance")), draw("standardHeating_per_W")),
    short: new Resistor(SHORT_ohm),
    /** What the meter shows of a voltage. */
    show_V: (voltage_V: number) => voltage_V * (1 + gain) + offset_V,
  }
}

/**
 * A bench multimeter, a 100 Ω 0.01 % standard and a short, wired to a simulated board in place of a cell.
 * They see its terminals, as real ones would, and are as imperfect.
 */
export class SimulatedBench {
  readonly standard_ohm = 100
  readonly standard = "100R simulated"
  private readonly bench: ReturnType<typeof drawBench>

  constructor(
    private readonly board: SimulatedBoard,
    seed: number,
  ) {
    this.bench = drawBench(seed)
  }

  async connect(what: "standard" | "short" | "cell", channel: number): Promise<void> {
    const part = {
      standard: this.bench.standard,
      short: this.bench.short,
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
    return this.bench.show_V(sum_V / METER_SAMPLES)
  }
}
