import { type BasicType, parquetWriteBuffer } from "hyparquet-writer"
import { dischargeOverCharge } from "../analysis/coulombicEfficiency"
import { type CycleRow, cycleRows, type HalfCycleRow } from "../analysis/cycles"
import type { Records } from "../records"

interface Column {
  name: string
  type: BasicType
  /** Undefined where it could not be computed. */
  of: (row: CycleRow) => number | boolean | undefined
}

/** The columns of `cycles.parquet`; the functions of `host/analysis` that compute them define them. */
export const CYCLE_COLUMNS: readonly Column[] = [
  { name: "cycle", type: "INT32", of: (row) => row.cycle },
  real("start_s", (row) => row.start_s),
  real("end_s", (row) => row.end_s),
  flag("is_complete", (row) => row.complete),
  flag("is_charge_known", (row) => row.isChargeKnown),
  real("charging_capacity_Ah", (row) => row.positive_mAh / 1000),
  real("discharging_capacity_Ah", (row) => row.negative_mAh / 1000),
  real("discharging_over_charging", (row) => dischargeOverCharge([row])[0].efficiency),
  real("hysteresis_V", (row) => row.hysteresis_V),
  ...halfCycle("charging", (row) => row.plating),
  ...halfCycle("discharging", (row) => row.stripping),
]

function halfCycle(
  name: string,
  half: (row: CycleRow) => HalfCycleRow | undefined,
): readonly Column[] {
  return [
    real(`${name}_energy_Wh`, (row) => half(row)?.energy_Wh),
    real(`${name}_mean_voltage_V`, (row) => half(row)?.mean_V),
    real(`${name}_end_voltage_V`, (row) => half(row)?.end_V),
    real(`${name}_current_A`, (row) => half(row)?.current_A),
    real(`${name}_overpotential_V`, (row) => half(row)?.overpotential_V),
    real(`${name}_nucleation_overpotential_V`, (row) => half(row)?.nucleation?.overpotential_V),
    real(`${name}_duration_s`, (row) => half(row)?.duration_s),
  ]
}

function real(name: string, of: (row: CycleRow) => number | undefined): Column {
  return { name, type: "DOUBLE", of }
}

function flag(name: string, of: (row: CycleRow) => boolean): Column {
  return { name, type: "BOOLEAN", of }
}

/** The cycles of a test as a Parquet file, a row each. */
export function cyclesFile(records: Iterable<Records>): Uint8Array {
  const rows = [...cycleRows(records)]
  const columnData = CYCLE_COLUMNS.map(({ name, type, of }) => ({
    name,
    type,
    nullable: true,
    data: rows.map((row) => knownOf(of(row))),
  }))
  return new Uint8Array(parquetWriteBuffer({ columnData }))
}

function knownOf(value: number | boolean | undefined): number | boolean | null {
  return value === undefined || Number.isNaN(value) ? null : value
}

/** A cycle under the names of the columns. */
export function columnsOfCycle(row: CycleRow): { cycle: number; [column: string]: unknown } {
  const values = CYCLE_COLUMNS.map(({ name, of }) => [name, knownOf(of(row))])
  return { ...Object.fromEntries(values), cycle: row.cycle }
}
