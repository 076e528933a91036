import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { addDemo } from "../../host/commands/demo"
import { Store } from "../../host/store/store"
import { runCommand } from "./runCommand"

test("the demonstration recovers what the papers print, and leaves a store that others read", async () => {
  const folder = mkdtempSync(join(tmpdir(), "coincell-"))
  try {
    const text = await runCommand(addDemo, "demo", "--cycles", "1", "--data", folder)
    const rows = text.split("\n").filter((line) => /^ +1 /.test(line))
    // cycle, plated twice, stripped twice, η twice, 2η
    const hysteresis_mV = rows.map((row) => Number(row.trim().split(/ +/)[7]))
    for (const [i, printed_mV] of [80, 34, 160, 60].entries())
      expect(Math.abs(hysteresis_mV[i] - printed_mV)).toBeLessThan(0.1)
    const ids = Store.open(folder)
      .tests()
      .map(({ id }) => id)
    expect(ids).toHaveLength(4)
    expect(text).toContain(`npx coincell analyse ${ids[0]} --data ${folder}`)
    expect(
      readFileSync(join(folder, "cycles.svg"), "utf8").match(/class="mark-line/g)?.length,
    ).toBe(8)
    const exported = readdirSync(join(folder, "export"))
    expect(exported.filter((name) => name.endsWith(".bdf.csv"))).toHaveLength(4)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
