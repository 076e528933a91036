import { writeDate } from "./moments"
import { QUANTITIES, type QuantityName } from "./quantities"
import type { Column } from "./tableFile"

/**
 * The raw data columns of cellpy under its own names (`HeadersNormal` in `cellpy/parameters/internal_settings.py`,
 * 1.0), for its custom loader: comma as separator, `raw_units` current A, voltage V, charge Ah, energy Wh, power W;
 * times in s. Capacities and energies count from the beginning of the cycle, since cellpy's summary takes the last
 * of each. `step_index` is the program's step from 1, and comes again in each cycle. Dates are UTC.
 */
export const CELLPY_COLUMNS: readonly Column[] = [
  column("data_point", "record_index"),
  { ...column("date_time", "unix_time_s"), write: writeDate },
  column("test_time", "time_s"),
  column("step_time", "step_time_s"),
  column("step_index", "step_number"),
  column("cycle_index", "cycle"),
  column("current", "current_A"),
  column("voltage", "voltage_V"),
  column("power", "power_W"),
  column("charge_capacity", "cycle_charging_capacity_Ah"),
  column("discharge_capacity", "cycle_discharging_capacity_Ah"),
  column("charge_energy", "cycle_charging_energy_Wh"),
  column("discharge_energy", "cycle_discharging_energy_Wh"),
]

function column(head: string, name: QuantityName): Column {
  return { head, quantity: QUANTITIES[name] }
}
