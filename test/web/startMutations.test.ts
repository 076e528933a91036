import fc from "fast-check"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { Resistor } from "../../sim/cells/resistor"
import { type Rig, startRig } from "../scenario/harness"
import { type RigLab, rigLab } from "./rigLab"

const SEED = 641

let rig: Rig
let web: RigLab
beforeAll(async () => {
  // No channel is calibrated: whatever is asked for, nothing may run.
  rig = await startRig({ seed: SEED, cells: [new Resistor(20)], firmware: "native" })
  web = await rigLab(rig)
})
afterAll(async () => {
  web.close()
  await rig.close()
})

const TEXT = `safety: { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 5 }
method:
  - { step: tag, tag: a }
  - { step: constant_current, current_mA: 1, until: [{ time_s: 60, goto: end }, { voltage_above_V: 0.5 }] }
  - { step: loop, loop_to: a, cycle_count: 3 }
`
const bodyOf = (id: string): Json => ({
  board: id,
  channel: 0,
  cell: { name: "A1", type: "Li||Li", diameter_mm: 14 },
  protocol: { fileName: "p.yaml", text: TEXT },
})

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** A value with one place in it replaced, or taken away. */
function mutated(value: Json, place: number, put: Json | undefined): Json | undefined {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : []
  if (entries.length === 0 || place % 3 === 0) return put
  const [key, inner] = entries[place % entries.length]
  const rest = entries.filter(([other]) => other !== key)
  const next = mutated(inner, Math.floor(place / 3), put)
  return Object.fromEntries(next === undefined ? rest : [...rest, [key, next]])
}

/** A text with a piece cut out, and another put there. */
const spoilt = (text: string) =>
  fc
    .tuple(
      fc.nat(text.length),
      fc.nat(12),
      fc.constantFrom("", "[", "{", "- ", "*a", "&a ", "'", "1e999", "-0", "\n", ": "),
    )
    .map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length))

const strange = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
  spoilt(TEXT),
  fc.constantFrom<Json>("__proto__", "constructor", "../..", 0, -1, 1e308, "x".repeat(70_000)),
)

test.each(["/api/start", "/api/check"])(
  `whatever is posted to %s is answered and energises nothing (seed ${SEED})`,
  async (path) => {
    const begin = vi.spyOn(rig.client, "start")
    const whole = fc
      .tuple(fc.nat(1000), fc.option(strange, { nil: undefined }))
      .map(([place, put]) => {
        const body = mutated(bodyOf(rig.client.id), place, put)
        return body === undefined ? "" : JSON.stringify(body)
      })
    const cut = spoilt(JSON.stringify(bodyOf(rig.client.id)))
    await fc.assert(
      fc.asyncProperty(fc.oneof(whole, cut, fc.string()), async (body) => {
        const { status } = await web.post(path, body)
        expect(path === "/api/check" ? [200, 400] : [400, 404, 409]).toContain(status)
      }),
      { seed: SEED, numRuns: 80 },
    )
    expect(begin).not.toHaveBeenCalled()
    expect((await rig.client.status(0)).state).toBe("Idle")
  },
)

test("a body that nests without end is refused", async () => {
  for (const text of ["[".repeat(50_000) + "]".repeat(50_000), `{"protocol":${"[".repeat(90_000)}`])
    expect((await web.post("/api/check", text)).status).toBe(400)
})

test("a body that is too long is refused before it is read", async () => {
  const { status, body } = await web.post("/api/check", " ".repeat(300_000))
  expect([status, body.error.message]).toEqual([413, expect.stringContaining("too long")])
})
