import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, describe, expect, test } from "vitest"
import { addDoctor } from "../../host/commands/doctor"
import type { Finding } from "../../host/doctor/finding"
import { runCommand } from "./runCommand"
import { type SmallStore, smallStore } from "./smallStore"

const SEED = 63

/** Of the process: a command that found something sets it. */
const { exitCode } = process
afterEach(() => {
  process.exitCode = exitCode
})

const doctor = async (...words: string[]): Promise<Finding[]> =>
  JSON.parse(await runCommand(addDoctor, "doctor", ...words, "--json")).findings

const about = (findings: Finding[], name: string) =>
  findings.filter((one) => one.about.startsWith(name))

describe("a simulated board and a store", () => {
  test("that are well", async () => {
    const findings = await doctor("--port", "sim:7", "--data", "nowhere")
    expect(findings.filter((one) => one.level === "problem")).toEqual([])
    expect(about(findings, "board").map((one) => one.level)).toEqual(["ok", "ok", "ok", "ok"])
    expect(process.exitCode).toBe(exitCode)
  })

  test(`a page of the store that rotted is named, and the exit code is 1, seed ${SEED}`, async () => {
    const store = await smallStore(SEED, {})
    try {
      expect(
        about(await doctor("--port", "sim", "--data", store.folder), "stored log"),
      ).toMatchObject([{ level: "ok" }])
      spoil(store)
      const findings = await doctor("--port", "sim", "--data", store.folder)
      const [finding] = about(findings, "stored log")
      expect(finding.level).toBe("problem")
      expect(finding.what).toMatch(/^page 2 in .*\.log$/)
      expect(process.exitCode).toBe(1)
    } finally {
      store.remove()
    }
  })

  test("a port that is not there", async () => {
    const findings = await doctor("--port", "/dev/ttyNOWHERE", "--data", "nowhere")
    expect(about(findings, "/dev/ttyNOWHERE")).toMatchObject([
      { level: "problem", what: expect.stringContaining("no such port") },
    ])
    expect(process.exitCode).toBe(1)
  })
})

/** Flips a bit in the third page. */
function spoil({ folder }: SmallStore): void {
  const [board] = readdirSync(join(folder, "boards"))
  const boardFolder = join(folder, "boards", board)
  const name = readdirSync(boardFolder).find((one) => one.endsWith(".log")) ?? ""
  const file = join(boardFolder, name)
  const bytes = readFileSync(file)
  bytes[2 * 264 + 100] ^= 1
  writeFileSync(file, bytes)
}
