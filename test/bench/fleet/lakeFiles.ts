import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { query } from "../../../host/lake/query"
import { keyOf } from "./truth"

/** How many tests are in the dataset to their end. */
export function testsOver(lake: string): number {
  return filesIn(lake, "test.json").filter((path) => JSON.parse(readFileSync(path, "utf8")).is_over)
    .length
}

/** Files of a name, and the bytes in them. */
export function sizeOf(lake: string, name: string): { files: number; bytes: number } {
  const paths = filesIn(lake, name)
  return {
    files: paths.length,
    bytes: paths.reduce((sum, path) => sum + statSync(path).size, 0),
  }
}

function filesIn(folder: string, name: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.name === name && entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
}

/** All records of some boards, as the dataset gives them by SQL: `keyOf` each, by board and channel. */
export async function lakeRecords(
  lake: string,
  boards: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await query(
    lake,
    `SELECT board, channel, time_s, step_count, step_index, voltage_V, current_A, step_charge_Ah, step_energy_Wh
     FROM records WHERE board IN (${boards.map((id) => `'${id}'`).join(", ")})`,
  )
  const found = new Map<string, string[]>()
  for (const [board, channel, ...numbers] of rows) {
    const [time_s, stepCount, stepIndex, V, A, Ah, Wh] = numbers.map(Number)
    const key = `${board}/${channel}`
    const keys = found.get(key) ?? []
    found.set(key, keys)
    keys.push(
      keyOf({
        time_ms: Math.round(time_s * 1e3),
        stepCount,
        stepIndex,
        voltage_uV: Math.round(V * 1e6),
        current_nA: Math.round(A * 1e9),
        stepCharge_nAh: Math.round(Ah * 1e9),
        stepEnergy_nWh: Math.round(Wh * 1e9),
      }),
    )
  }
  return found
}
