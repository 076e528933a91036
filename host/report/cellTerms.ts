import type { Cell } from "../cell"

type Terms = [term: string, value: string | undefined][]

/** What a cell is made of, as its lab wrote. */
export function materialTerms(cell: Cell): Terms {
  return [
    ["Type", cell.type?.replace("||", "‖")],
    ["Format", cell.format],
    ["Working electrode", cell.working_electrode],
    ["Counter electrode", cell.counter_electrode],
    ["Electrolyte", cell.electrolyte],
    ["Electrolyte volume", quantity(cell.electrolyte_uL, "µL")],
    ["Separator", cell.separator],
  ]
}

/** What was measured of it, and whose it is. */
export function otherTerms(cell: Cell): Terms {
  return [
    ["Area", quantity(cell.area_cm2, "cm²")],
    ["Active mass", quantity(cell.active_mass_mg, "mg")],
    ["Capacity", quantity(cell.capacity_mAh, "mAh")],
    ["Temperature", quantity(cell.temperature_degC, "°C")],
    ["Assembled", cell.assembled],
    ["Operator", cell.operator],
    ["Institution", cell.institution],
    ["Project", cell.project],
    ["Comment", cell.comment],
  ]
}

function quantity(value: number | undefined, unit: string): string | undefined {
  return value === undefined ? undefined : `${Number(value.toPrecision(5))} ${unit}`
}
