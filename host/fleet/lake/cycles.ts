import type { CycleRow, HalfCycleRow } from "../../analysis/cycles"
import { cyclesKey } from "../../lake/places"
import { reportColumns, resultsOf } from "../../report/cycles/cycleReport"
import type { Cycles } from "../../web/api"
import { filled } from "../../web/data/cycles/cycleTable"
import type { Lake } from "./lake"
import type { LakeTest } from "./testList"

/** A row of `cycles.parquet`. */
type Stored = { [column: string]: number | boolean | null }

/** The table of cycles as the cell's type wants it, by the same definitions as of stored tests. */
export async function cyclesOf(lake: Lake, { place, about }: LakeTest): Promise<Cycles> {
  const files = lake.files([cyclesKey(place)])
  const stored = files === undefined ? [] : await rowsOf(lake, files)
  const { results } = resultsOf(stored.map(cycleRow), about.cell ?? {})
  const by = {
    area_cm2: about.cell?.area_cm2,
    active_mass_mg: about.cell?.active_mass_mg,
  }
  const columns = reportColumns(about.cell ?? {})
    // Of what the dataset does not keep, such as the tip of a nucleation spike, there is nothing to show.
    .filter((column) => results.some((result) => Number.isFinite(column.value(result, by))))
  return {
    ...filled(columns, results, by),
    notes: about.is_over
      ? []
      : [`Cycles up to the end of ${about.days.at(-1)?.day ?? "no day"}, UTC.`],
  }
}

async function rowsOf(lake: Lake, files: string): Promise<Stored[]> {
  const { names, rows } = await lake.ask(`SELECT * FROM read_parquet(${files}) ORDER BY cycle`)
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])) as Stored)
}

function cycleRow(stored: Stored): CycleRow {
  const number = (name: string) => (stored[name] as number | null) ?? undefined
  return {
    cycle: number("cycle") ?? 0,
    start_s: number("start_s") ?? Number.NaN,
    end_s: number("end_s") ?? Number.NaN,
    complete: stored.is_complete === true,
    isChargeKnown: stored.is_charge_known === true,
    positive_mAh: 1000 * (number("charging_capacity_Ah") ?? 0),
    negative_mAh: 1000 * (number("discharging_capacity_Ah") ?? 0),
    hysteresis_V: number("hysteresis_V"),
    plating: halfCycle(stored, "charging"),
    stripping: halfCycle(stored, "discharging"),
    duration_s: (number("charging_duration_s") ?? 0) + (number("discharging_duration_s") ?? 0),
  }
}

/** Undefined when no current flowed that way. */
function halfCycle(stored: Stored, way: "charging" | "discharging"): HalfCycleRow | undefined {
  const number = (name: string) => (stored[`${way}_${name}`] as number | null) ?? undefined
  const duration_s = number("duration_s")
  if (duration_s === undefined) return undefined
  const nucleation_V = number("nucleation_overpotential_V")
  return {
    charge_mAh: 1000 * (number("capacity_Ah") ?? Number.NaN),
    energy_Wh: number("energy_Wh") ?? Number.NaN,
    mean_V: number("mean_voltage_V"),
    end_V: number("end_voltage_V"),
    current_A: number("current_A"),
    overpotential_V: number("overpotential_V"),
    duration_s,
    complete: stored.is_complete === true,
    nucleation:
      nucleation_V === undefined ? undefined : { ...NO_TIP, overpotential_V: nucleation_V },
    arealCapacity_mAh_per_cm2: undefined,
    medium_V: undefined,
    highest_V: undefined,
  }
}

/** What of a nucleation the dataset does not keep. */
const NO_TIP = {
  tip_V: Number.NaN,
  plateau_V: Number.NaN,
  tip_s: Number.NaN,
  halfFall_s: Number.NaN,
}
