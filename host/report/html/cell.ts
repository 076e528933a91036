import type { Cell } from "../../cell"
import { type Html, html } from "./escape"
import { facts } from "./page"

/** What the lab wrote of the cell. */
export function cellFacts(cell: Cell): Html {
  return html`<div class="columns">
${facts([
  ["Type", cell.type?.replace("||", "‖")],
  ["Format", cell.format],
  ["Working electrode", cell.working_electrode],
  ["Counter electrode", cell.counter_electrode],
  ["Electrolyte", cell.electrolyte],
  ["Electrolyte volume", quantity(cell.electrolyte_uL, "µL")],
  ["Separator", cell.separator],
])}
${facts([
  ["Area", quantity(cell.area_cm2, "cm²")],
  ["Active mass", quantity(cell.active_mass_mg, "mg")],
  ["Capacity", quantity(cell.capacity_mAh, "mAh")],
  ["Temperature", quantity(cell.temperature_degC, "°C")],
  ["Assembled", cell.assembled],
  ["Operator", cell.operator],
  ["Institution", cell.institution],
  ["Project", cell.project],
  ["Comment", cell.comment],
])}
</div>`
}

function quantity(value: number | undefined, unit: string): string | undefined {
  return value === undefined ? undefined : `${Number(value.toPrecision(5))} ${unit}`
}
