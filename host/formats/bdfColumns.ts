import { QUANTITIES, type QuantityName, text } from "./quantities"
import type { Column } from "./tableFile"
import type { Rows } from "./totals"

/** Empty for what BDF has no word for, and for a step through which nothing has flowed yet. */
type StepType = "CC_CHG" | "CC_DCH" | "CV_CHG" | "CCCV_CHG" | "REST" | ""

/**
 * The columns of Battery Data Format, ontology 1.3, that the board measures, under their preferred labels:
 * required, recommended, optional ones. Positive current charges. Of steps and cycles just the two directions
 * are there; their sums and differences say nothing more. The board has one thermometer, and it is not on the cell.
 *
 * Test time stands still while a test is paused or the board is without power; Unix time does not, and so shows
 * the gap. Both Unix time and temperature are empty where they are not known.
 *
 * Battery Data Alliance, https://w3id.org/battery-data-alliance/ontology/battery-data-format
 */
export const BDF_COLUMNS: readonly Column[] = [
  column("Test Time / s", "time_s"),
  column("Voltage / V", "voltage_V"),
  column("Current / A", "current_A"),
  column("Unix Time / s", "unix_time_s"),
  column("Cycle Count / 1", "cycle"),
  column("Step Count / 1", "step_count"),
  column("Ambient Temperature / degC", "temperature_degC"),
  column("Step ID", "step_index"),
  { head: "Step Type", quantity: text(stepTypeOf) },
  column("Step Time / s", "step_time_s"),
  column("Step Record Index / 1", "step_record_index"),
  column("Record Index / 1", "record_index"),
  column("Power / W", "power_W"),
  column("Charging Capacity / Ah", "charging_capacity_Ah"),
  column("Discharging Capacity / Ah", "discharging_capacity_Ah"),
  column("Net Capacity / Ah", "net_capacity_Ah"),
  column("Cumulative Capacity / Ah", "cumulative_capacity_Ah"),
  column("Charging Energy / Wh", "charging_energy_Wh"),
  column("Discharging Energy / Wh", "discharging_energy_Wh"),
  column("Net Energy / Wh", "net_energy_Wh"),
  column("Cumulative Energy / Wh", "cumulative_energy_Wh"),
  column("Step Charging Capacity / Ah", "step_charging_capacity_Ah"),
  column("Step Discharging Capacity / Ah", "step_discharging_capacity_Ah"),
  column("Step Charging Energy / Wh", "step_charging_energy_Wh"),
  column("Step Discharging Energy / Wh", "step_discharging_energy_Wh"),
  column("Cycle Charging Capacity / Ah", "cycle_charging_capacity_Ah"),
  column("Cycle Discharging Capacity / Ah", "cycle_discharging_capacity_Ah"),
  column("Cycle Charging Energy / Wh", "cycle_charging_energy_Wh"),
  column("Cycle Discharging Energy / Wh", "cycle_discharging_energy_Wh"),
]

function column(head: string, name: QuantityName): Column {
  return { head, quantity: QUANTITIES[name] }
}

function stepTypeOf({ records, direction }: Rows): StepType {
  switch (records.stepType) {
    case "rest":
      return "REST"
    case "constant_voltage":
      return direction > 0 ? "CV_CHG" : ""
    case "cccv":
      return direction > 0 ? "CCCV_CHG" : ""
    case "scan":
      return ""
    default:
      return direction > 0 ? "CC_CHG" : direction < 0 ? "CC_DCH" : ""
  }
}
