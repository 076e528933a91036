import type { Overlay } from "../../api"
import { PagePoints } from "../index/pagePoints"
import type { PageSource } from "../index/pages"
import type { TestIndex } from "../index/testIndex"
import { type ChosenCycle, chosenCycles } from "./chosen"

/** About as many points of each cycle as a screen is wide. */
const POINTS = 600

type Curve = Overlay["cycles"][number]

/** Voltage and charge of cycles from the beginning of each. @param onPage called now and then; may throw */
export function overlayOf(
  index: TestIndex,
  numbers: readonly number[],
  pages: PageSource,
  onPage: () => void,
): Overlay {
  return { cycles: chosenCycles(index, numbers).map((one) => curveOf(index, one, pages, onPage)) }
}

function curveOf(
  { stretches }: TestIndex,
  { cycle, begin_ms, from, to }: ChosenCycle,
  pages: PageSource,
  onPage: () => void,
): Curve {
  const isWhole = stretches.points(from, to) <= POINTS
  const width_ms = (2 * (stretches.last_ms[to - 1] - begin_ms)) / POINTS
  const thinned = new Thinned({ cycle, time_s: [], voltage_V: [], charge_Ah: [] })
  const read = new PagePoints(pages)
  // Of the steps before, and of this one so far.
  let before_nAh = 0
  let step_nAh = 0
  let stepCount = -1
  let count = 0
  for (let at = from; at < to; at++) {
    onPage()
    read.read(stretches.sequence[at])
    const first = stretches.from[at]
    for (let i = first; i < first + stretches.count[at]; i++) {
      if (read.stepCount[i] !== stepCount) before_nAh += step_nAh
      stepCount = read.stepCount[i]
      step_nAh = read.stepCharge_nAh[i]
      const time_ms = read.time_ms[i] - begin_ms
      thinned.add(isWhole ? count++ : Math.floor(time_ms / width_ms), {
        time_ms,
        voltage_uV: read.voltage_uV[i],
        charge_nAh: before_nAh + step_nAh,
      })
    }
  }
  return thinned.end()
}

interface CyclePoint {
  time_ms: number
  voltage_uV: number
  charge_nAh: number
}

/** Keeps of each part of a curve the points with the lowest and the highest voltage. */
class Thinned {
  private part = Number.NaN
  private low: CyclePoint | undefined
  private high: CyclePoint | undefined

  constructor(private readonly curve: Curve) {}

  add(part: number, point: CyclePoint): void {
    if (part !== this.part) this.flush()
    this.part = part
    if (this.low === undefined || point.voltage_uV < this.low.voltage_uV) this.low = point
    if (this.high === undefined || point.voltage_uV > this.high.voltage_uV) this.high = point
  }

  end(): Curve {
    this.flush()
    return this.curve
  }

  private flush(): void {
    const { low, high } = this
    if (low === undefined || high === undefined) return
    this.low = this.high = undefined
    const kept = low === high ? [low] : low.time_ms <= high.time_ms ? [low, high] : [high, low]
    for (const { time_ms, voltage_uV, charge_nAh } of kept) {
      this.curve.time_s.push(time_ms / 1000)
      this.curve.voltage_V.push(voltage_uV / 1e6)
      this.curve.charge_Ah.push(charge_nAh / 1e9)
    }
  }
}
