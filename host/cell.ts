import { z } from "zod"
import { pathText, problemsOf, readDocument, withoutNulls } from "./document"
import { TesterError } from "./errors"

export const CELL_TYPES = ["Li||Li", "Li||Cu", "half", "full"] as const
export type CellType = (typeof CELL_TYPES)[number]

const positive = z.number().positive()
const text = z.string().min(1)

/** Two ways to give one datum may differ by this part: papers round. */
const AGREEMENT = 0.02

/** What is known of a cell, as people write it. Only the name is always needed. */
export const cellSchema = z
  .strictObject({
    name: text.describe("What the lab calls this cell; it stands in tables and exports."),
    type: z
      .enum(CELL_TYPES)
      .optional()
      .describe(
        "Li||Li: symmetric lithium. Li||Cu: lithium against copper, for Coulombic efficiency stripped/plated. " +
          "half: an electrode against lithium. full: efficiency discharge/charge.",
      ),
    area_cm2: positive
      .optional()
      .describe("Area of the working electrode, cm². Needed for mA cm⁻² and mAh cm⁻²."),
    diameter_mm: positive
      .optional()
      .describe("Diameter of the working electrode's disc, mm: its area follows."),
    active_mass_mg: positive
      .optional()
      .describe("Active material of the working electrode, mg. Needed for mAh g⁻¹."),
    loading_mg_per_cm2: positive
      .optional()
      .describe("Active material per area, mg cm⁻²: with the area, the active mass follows."),
    capacity_mAh: positive
      .optional()
      .describe("What 1C charges in an hour, mAh. Needed for C-rates."),
    specific_capacity_mAh_per_g: positive
      .optional()
      .describe("1C in mA g⁻¹: with the active mass, the capacity follows."),
    areal_capacity_mAh_per_cm2: positive
      .optional()
      .describe("1C in mA cm⁻²: with the area, the capacity follows."),
    working_electrode: text
      .optional()
      .describe("The electrode that is looked at: areas and masses are its own."),
    positive_terminal: z
      .enum(["working", "counter"])
      .optional()
      .describe(
        "Which electrode of a lithium cell is at the positive terminal, where positive current oxidises: " +
          "working (copper, as such cells are wired) plates with negative current, counter with positive.",
      ),
    counter_electrode: text.optional().describe("The other electrode."),
    electrolyte: text.optional().describe('Such as "1 M LiPF6 in EC:DEC 1:1 (vol) + 5 wt% FEC".'),
    electrolyte_uL: positive.optional().describe("Volume of the electrolyte, µL."),
    separator: text.optional().describe('Such as "Celgard 2400".'),
    format: text.optional().describe('Such as "CR2032".'),
    temperature_degC: z.number().optional().describe("Temperature of the test, °C."),
    assembled: z.iso.date().optional().describe("Date of assembly, YYYY-MM-DD."),
    operator: text.optional().describe("Who made it or runs it."),
    institution: text.optional().describe("Where; exports carry it in their file names."),
    project: text.optional().describe("What it belongs to."),
    comment: text.optional().describe("Whatever a reader of the data should know."),
  })
  .superRefine((cell, context) => {
    for (const [key, given, from, follows] of derivations(cell))
      if (given !== undefined && follows !== undefined && !agree(given, follows))
        context.addIssue({
          code: "custom",
          path: [key],
          message:
            `${given} and ${from}, from which ${Number(follows.toPrecision(4))} follows, do not agree: ` +
            "leave one of them out",
        })
  })
  .transform((cell) => {
    for (const [key, given, , follows] of derivations(cell))
      if (given === undefined && follows !== undefined) Object.assign(cell, { [key]: follows })
    return cell
  })
  .meta({ title: "Cell", description: "What is known of a cell, for the coincell tester." })

/**
 * What is known of a cell: what its file says, and the area, mass and capacity that follow from it. What is
 * absent is not known, and no default stands in for it.
 */
export type Cell = z.output<typeof cellSchema>
/** As people write it. */
export type CellInput = z.input<typeof cellSchema>

type Derivation = [
  key: "area_cm2" | "active_mass_mg" | "capacity_mAh",
  given: number | undefined,
  from: string,
  follows: number | undefined,
]

function derivations(cell: CellInput): Derivation[] {
  const { diameter_mm, loading_mg_per_cm2, specific_capacity_mAh_per_g } = cell
  const { areal_capacity_mAh_per_cm2 } = cell
  const area_cm2 = diameter_mm === undefined ? undefined : (Math.PI / 4) * (diameter_mm / 10) ** 2
  const knownArea_cm2 = cell.area_cm2 ?? area_cm2
  const mass_mg = product(loading_mg_per_cm2, knownArea_cm2)
  const perMass_mAh = product(specific_capacity_mAh_per_g, cell.active_mass_mg ?? mass_mg, 1e-3)
  const perArea_mAh = product(areal_capacity_mAh_per_cm2, knownArea_cm2)
  const capacities: Derivation[] = [
    ["capacity_mAh", cell.capacity_mAh, "specific_capacity_mAh_per_g", perMass_mAh],
    ["capacity_mAh", cell.capacity_mAh ?? perMass_mAh, "areal_capacity_mAh_per_cm2", perArea_mAh],
  ]
  return [
    ["area_cm2", cell.area_cm2, "diameter_mm", area_cm2],
    ["active_mass_mg", cell.active_mass_mg, "loading_mg_per_cm2", mass_mg],
    ...capacities,
  ]
}

function product(a: number | undefined, b: number | undefined, scale = 1): number | undefined {
  return a === undefined || b === undefined ? undefined : a * b * scale
}

function agree(a: number, b: number): boolean {
  return Math.abs(a - b) <= AGREEMENT * Math.max(a, b)
}

/**
 * Reads a cell's file, YAML or JSON.
 * @throws TesterError naming file, line and key of each thing that is wrong
 */
export function readCell(text: string, fileName: string): Cell {
  const document = readDocument(text, fileName)
  const result = cellSchema.safeParse(withoutNulls(document.value))
  if (result.success) return result.data
  throw new TesterError(
    problemsOf(result.error)
      .map(({ path, message }) => {
        const line = document.lineOf(path)
        return `${fileName}${line === undefined ? "" : `:${line}`}: ${pathText(path, "cell")}: ${message}`
      })
      .join("\n"),
  )
}

/**
 * The sign of the current that plates lithium on the working electrode.
 * @returns undefined for cells that are charged and discharged, and for a Li||Cu cell of which it is not known
 *   which way round it is; a symmetric cell's working electrode is that which positive current plates
 */
export function platingSign({ type, positive_terminal }: Partial<Cell>): 1 | -1 | undefined {
  if (type !== "Li||Li" && type !== "Li||Cu") return undefined
  if (positive_terminal === "working") return -1
  return positive_terminal === "counter" || type === "Li||Li" ? 1 : undefined
}

export const MENDS = {
  area_cm2: "area_cm2 or diameter_mm",
  active_mass_mg: "active_mass_mg or loading_mg_per_cm2",
  capacity_mAh: "capacity_mAh, areal_capacity_mAh_per_cm2 or specific_capacity_mAh_per_g",
  type: `type, one of ${CELL_TYPES.join(", ")}`,
}

/**
 * A datum of a cell that something cannot be worked out without.
 * @param what what needs it, such as "mAh g⁻¹"
 * @throws TesterError when the cell's file does not give it
 */
export function requireOf<Key extends keyof typeof MENDS>(
  cell: Cell,
  key: Key,
  what: string,
): NonNullable<Cell[Key]> {
  const value = cell[key]
  if (value !== undefined) return value
  throw new TesterError(`${what} needs more of cell ${cell.name}: give it ${MENDS[key]}.`)
}
