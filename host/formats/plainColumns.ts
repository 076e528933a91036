import { QUANTITIES, type QuantityName } from "./quantities"
import type { Column } from "./tableFile"

/** What a record tells, and the charge that passed in its cycle; each column's name says the SI unit. */
const NAMES = [
  "record_index",
  "time_s",
  "unix_time_s",
  "cycle",
  "step_count",
  "step_index",
  "step_type",
  "step_time_s",
  "voltage_V",
  "current_A",
  "temperature_degC",
  "step_charge_Ah",
  "step_energy_Wh",
  "cycle_charging_capacity_Ah",
  "cycle_discharging_capacity_Ah",
  "is_uncalibrated",
] as const satisfies readonly QuantityName[]

/** The columns of plain CSV files. */
export const PLAIN_COLUMNS: readonly Column[] = NAMES.map((name) => ({
  head: name,
  quantity: QUANTITIES[name],
}))

/** The columns of the Parquet dataset, where rows need no number. */
export const DATASET_COLUMNS = PLAIN_COLUMNS.filter(({ head }) => head !== "record_index")
