/** How a datum of a cell is filled in. Keys are those of a cell's file. */
export interface CellField {
  key: string
  label: string
  unit?: string
  kind: "text" | "number" | "date"
  /** Values, and what they are called, where there are few. */
  choices?: readonly (readonly [value: string, text: string])[]
  hint?: string
  example?: string
}

/** All that a cell's file can say, those first that say the most. */
export const CELL_FIELDS: readonly CellField[] = [
  {
    key: "name",
    label: "Name",
    kind: "text",
    hint: "What your lab calls it: tables and exports do too.",
    example: "A1",
  },
  {
    key: "type",
    label: "Type",
    kind: "text",
    choices: [
      ["Li||Li", "Li‖Li, symmetric"],
      ["Li||Cu", "Li‖Cu"],
      ["half", "half: electrode against lithium"],
      ["full", "full: cathode against anode"],
    ],
  },
  {
    key: "positive_terminal",
    label: "At the + terminal",
    kind: "text",
    choices: [
      ["working", "working electrode (Cu): − plates"],
      ["counter", "counter electrode: + plates"],
    ],
    hint: "Which way round it is in the holder.",
  },
  { key: "diameter_mm", label: "Electrode’s diameter", unit: "mm", kind: "number", example: "14" },
  { key: "area_cm2", label: "or its area", unit: "cm²", kind: "number" },
  {
    key: "loading_mg_per_cm2",
    label: "Loading",
    unit: "mg cm⁻²",
    kind: "number",
    hint: "Active material of the working electrode.",
  },
  {
    key: "specific_capacity_mAh_per_g",
    label: "1C per mass",
    unit: "mA g⁻¹",
    kind: "number",
    example: "170",
  },
  {
    key: "areal_capacity_mAh_per_cm2",
    label: "or 1C per area",
    unit: "mA cm⁻²",
    kind: "number",
  },
  { key: "capacity_mAh", label: "or 1C", unit: "mA", kind: "number" },
  { key: "active_mass_mg", label: "Active mass", unit: "mg", kind: "number" },
  { key: "working_electrode", label: "Working electrode", kind: "text", example: "Cu foil" },
  { key: "counter_electrode", label: "Counter electrode", kind: "text", example: "Li" },
  {
    key: "electrolyte",
    label: "Electrolyte",
    kind: "text",
    example: "1 M LiPF6 in EC:DEC 1:1 (vol)",
  },
  { key: "electrolyte_uL", label: "Its volume", unit: "µL", kind: "number" },
  { key: "separator", label: "Separator", kind: "text", example: "Celgard 2400" },
  { key: "format", label: "Format", kind: "text", example: "CR2032" },
  { key: "temperature_degC", label: "Temperature", unit: "°C", kind: "number" },
  { key: "assembled", label: "Assembled", kind: "date" },
  { key: "operator", label: "Operator", kind: "text" },
  { key: "institution", label: "Institution", kind: "text" },
  { key: "project", label: "Project", kind: "text" },
  { key: "comment", label: "Comment", kind: "text" },
]

const ALWAYS = ["name", "type", "diameter_mm", "area_cm2"]
const CHARGED = [
  "loading_mg_per_cm2",
  "specific_capacity_mAh_per_g",
  "areal_capacity_mAh_per_cm2",
  "capacity_mAh",
]

/** Keys that matter for every cell of a type; the others are good to know. */
export function mainKeys(type: string | undefined): ReadonlySet<string> {
  if (type === "Li||Cu") return new Set([...ALWAYS, "positive_terminal"])
  return new Set(type === "half" || type === "full" ? [...ALWAYS, ...CHARGED] : ALWAYS)
}

/** What an example's cell gives to an empty form: what its protocol needs, but not what is in somebody else's cell. */
export const PROTOCOL_KEYS: readonly string[] = [
  "type",
  "positive_terminal",
  "diameter_mm",
  "area_cm2",
  ...CHARGED,
  "active_mass_mg",
]
