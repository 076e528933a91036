import { writeDate, writeDuration } from "./moments"
import { QUANTITIES, type QuantityName, text } from "./quantities"
import type { Column } from "./tableFile"
import type { Rows } from "./totals"

/**
 * The record layer as Neware's BTSDA 8 exports it, with A, V, Ah, Wh and W for units. Time, capacities and
 * energies count from the beginning of the step; Capacity and Energy are what passed in either direction. Steps
 * count from 1, as in the program. Unlike BTSDA's, dates are UTC, and columns per mass are left out. T1 is the
 * board's temperature.
 *
 * Heads as PyProBE 1.3 (`pyprobe/cyclers/neware.py`) and cellpy 1.0 (`neware_xlsx.py`) expect them.
 */
export const NEWARE_COLUMNS: readonly Column[] = [
  column("DataPoint", "record_index"),
  column("Cycle Index", "cycle"),
  column("Step Index", "step_number"),
  { head: "Step Type", quantity: text(stepTypeOf) },
  { ...column("Time", "step_time_s"), write: writeDuration },
  { ...column("Total Time", "time_s"), write: writeDuration },
  column("Current(A)", "current_A"),
  column("Voltage(V)", "voltage_V"),
  column("Capacity(Ah)", "step_cumulative_capacity_Ah"),
  column("Chg. Cap.(Ah)", "step_charging_capacity_Ah"),
  column("DChg. Cap.(Ah)", "step_discharging_capacity_Ah"),
  column("Energy(Wh)", "step_cumulative_energy_Wh"),
  column("Chg. Energy(Wh)", "step_charging_energy_Wh"),
  column("DChg. Energy(Wh)", "step_discharging_energy_Wh"),
  { ...column("Date", "unix_time_s"), write: writeDate },
  column("Power(W)", "power_W"),
  column("T1(℃)", "temperature_degC"),
]

function column(head: string, name: QuantityName): Column {
  return { head, quantity: QUANTITIES[name] }
}

/** Neware has no name for a voltage scan, nor for a step through which nothing has flowed yet. */
function stepTypeOf({ records: { stepType }, direction }: Rows): string {
  if (stepType === "rest") return "Rest"
  if (stepType === "scan" || direction === 0) return ""
  const way = direction > 0 ? "Chg" : "DChg"
  switch (stepType) {
    case "constant_voltage":
      return `CV ${way}`
    case "cccv":
      return `CCCV ${way}`
    default:
      return `CC ${way}`
  }
}
