import type { CellInput } from "../../cell"

/** A 10 mm die: the only area that any of the papers states. */
const AREA_cm2 = 0.785

const pressed = { area_cm2: AREA_cm2, separator: "none", format: "pressed pellet, 10 mm" } as const

export function lithium(stack: string): CellInput {
  return {
    ...pressed,
    name: stack,
    type: "Li||Li",
    working_electrode: "Li",
    counter_electrode: "Li",
    electrolyte: stack,
  }
}

/** 7 mg of LCO in 10 mg of composite; 1C is assumed to be 140 mA per gram of it. */
export function lco(stack: string): CellInput {
  return {
    ...pressed,
    name: stack,
    type: "full",
    active_mass_mg: 7,
    specific_capacity_mAh_per_g: 140,
    working_electrode: "LCO:LIC 7:3",
    counter_electrode: "Li",
    electrolyte: stack,
    comment: "140 mA/g for 1C assumed",
  }
}

/** A pellet between blocking electrodes, which is none of the types of cells. */
export function blocking(pellet: string, temperature_degC: number): CellInput {
  return {
    ...pressed,
    name: `ketjen black|${pellet}|ketjen black`,
    temperature_degC,
    electrolyte: `100 mg ${pellet}`,
  }
}
