import { readFileSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { readCell } from "../../host/cell"
import { checkProtocol, type Plan } from "../../host/protocol/check"
import { cellPathOfExample, resolveProtocolPath } from "../../host/protocol/examples"
import { LithiumCopper } from "../../sim/cells/lithiumCopper"
import { copper_985 } from "../../sim/cells/parameters/Wang2023"
import { Resistor } from "../../sim/cells/resistor"
import { finish, logged, type Rig, startRig } from "../scenario/harness"

const COPPER = 0
const SHORTED = 1
const SOUND = 2

/** A ready protocol for its own cell, made shorter. */
function plan(name: string, ...changes: [from: string, to: string][]): Plan {
  let text = readFileSync(resolveProtocolPath(`example:${name}`), "utf8")
  for (const [from, to] of changes) {
    expect(text).toContain(from)
    text = text.replaceAll(from, to)
  }
  const cellPath = cellPathOfExample(`example:${name}`) ?? ""
  const cell = readCell(readFileSync(cellPath, "utf8"), cellPath)
  const { plan } = checkProtocol(`${text}allow_uncalibrated: true\n`, name, cell)
  if (plan === undefined) throw new Error("does not compile")
  return plan
}

const shelf = plan("shelf-until-short", ["cycle_count: 504", "cycle_count: 3"], ["1200", "60"])
const copper = plan(
  "efficiency-li-cu",
  ["cycle_count: 100", "cycle_count: 2"],
  ["mAh_per_cm2: 1\n", "mAh_per_cm2: 0.1\n"],
  ["3600", "60"],
)
let rig: Rig

beforeAll(async () => {
  rig = await startRig({
    seed: 81,
    errors: "none",
    cells: [new LithiumCopper(copper_985, "copper"), new Resistor(4), new Resistor(100)],
  })
  await rig.client.start(COPPER, 1, copper.compiled.bytes)
  for (const channel of [SHORTED, SOUND]) await rig.client.start(channel, 1, shelf.compiled.bytes)
  await finish(rig, 3600)
}, 120_000)

afterAll(() => rig.close())

const charges_Ah = async (channel: number) =>
  (await logged(rig, channel, 1)).records
    .filter(({ hasLast }) => hasLast)
    .map(({ stepCharge_Ah, length }) => stepCharge_Ah[length - 1])

test("the shelf test ends at the first pulse over 4 Ω, and goes on over 100 Ω", async () => {
  expect(await charges_Ah(SHORTED)).toHaveLength(2)
  expect(await charges_Ah(SOUND)).toHaveLength(9)
  expect((await rig.client.status(SHORTED)).end).toBe("Program")
})

test("copper at the positive terminal is plated first, as its check says", async () => {
  const said = copper.lines.flatMap(({ text }) => /^(Plate|Strip)/.exec(text)?.[0] ?? [])
  expect(said).toEqual(["Plate", "Strip"])
  const [, plated, stripped] = await charges_Ah(COPPER)
  expect(plated).toBeCloseTo(-0.1539e-3, 6)
  expect(-stripped / plated).toBeGreaterThan(0.8)
  expect(-stripped / plated).toBeLessThan(1)
})

test("it takes as long as the check has told", async () => {
  const { testTime_s } = await rig.client.status(SOUND)
  expect(testTime_s).toBeCloseTo(shelf.duration.expected_s ?? 0, 0)
})
