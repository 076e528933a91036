import { differentialCapacity } from "../../../analysis/differentialCapacity"
import type { HalfCycle } from "../../../analysis/halfCycles"
import { iterateCycles } from "../../../analysis/iterateCycles"
import { TesterError } from "../../../errors"
import { BoardClock } from "../../../log/clock"
import { TestReader } from "../../../log/testReader"
import type { Records } from "../../../records"
import type { DifferentialCapacities } from "../../api"
import type { PageSource } from "../index/pages"
import type { TestIndex } from "../index/testIndex"
import { type ChosenCycle, chosenCycles } from "./chosen"

/** Noise of 20 µV gives a point 0.6 % then. */
const STEP_V = 0.005
/** A step is held in memory whole, 56 bytes a record. */
const MOST_RECORDS = 2_000_000

const DEFINITION =
  "Charge between two records whose voltages lie 5 mV or more apart, divided by that difference, at the middle of " +
  "both; of the half-cycle at constant current that passed most charge each way. Measured records, not smoothed."

type Curve = DifferentialCapacities["cycles"][number]

/** dQ/dV of each half of cycles; a half that is not complete, or not at constant current, has none. */
export function differentialCapacitiesOf(
  index: TestIndex,
  numbers: readonly number[],
  pages: PageSource,
  onPage: () => void,
): DifferentialCapacities {
  const cycles = chosenCycles(index, numbers).flatMap((chosen) => {
    if (index.stretches.points(chosen.from, chosen.to) > MOST_RECORDS)
      throw new TesterError(
        `Cycle ${chosen.cycle} has more than ${MOST_RECORDS / 1e6} million records, too many for dQ/dV here. ` +
          "Export the test, and work on the file.",
      )
    const [cycle] = iterateCycles(recordsOf(index, chosen, pages, onPage))
    return cycle === undefined
      ? []
      : [
          ...curveOf(chosen, "charge", cycle.positive.main),
          ...curveOf(chosen, "discharge", cycle.negative.main),
        ]
  })
  return { definition: DEFINITION, cycles }
}

function curveOf({ cycle }: ChosenCycle, way: Curve["way"], half: HalfCycle | undefined): Curve[] {
  const points = half && differentialCapacity(half, STEP_V)
  if (points === undefined) return []
  const voltage_V = points.map((point) => point.voltage_V)
  const dQdV_Ah_per_V = points.map((point) => point.capacity_Ah_per_V)
  return [{ cycle, way, voltage_V, dQdV_Ah_per_V }]
}

/** The records of one cycle, read from its own pages. */
function* recordsOf(
  { stretches }: TestIndex,
  { cycle, from, to }: ChosenCycle,
  pages: PageSource,
  onPage: () => void,
): Generator<Records> {
  function* bytes() {
    for (let at = from; at < to; at++) {
      if (at > from && stretches.sequence[at] === stretches.sequence[at - 1]) continue
      onPage()
      yield pages.page(stretches.sequence[at])
    }
  }
  for (const batch of new TestReader(bytes(), BoardClock.of([])))
    if (batch.cycle === cycle) yield batch
}
