import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, test, vi } from "vitest"
import {
  type CellModel,
  cycleTable,
  lithiumCopper,
  lithiumFullCell,
  lithiumSymmetric,
  type Protocol,
  runOnSimulator,
  runTogetherOnSimulator,
  UnfinishedTestError,
} from "../../host/index"
import { cli } from "../commands/cli"

const safety = { max_voltage_V: 3.5, min_voltage_V: -1, max_current_mA: 5 }
const engine = "native"

/** A cycle of 6 min, and a rest before it. */
const plating: Protocol = {
  record: { time_s: 5, voltage_V: 0.001, burst_s: 5 },
  safety,
  method: [
    { step: "open_circuit_voltage", until_time_s: 30 },
    {
      step: "constant_current",
      current_density_mA_per_cm2: -2,
      until_areal_capacity_mAh_per_cm2: 0.1,
    },
    { step: "constant_current", current_density_mA_per_cm2: 2, until_voltage_V: 1 },
  ],
}

/** Rests for 0.1 h, without an end in sight. */
const endless: Protocol = {
  safety,
  method: [
    { step: "tag", tag: "again" },
    { step: "open_circuit_voltage", until_time_s: 360 },
    { step: "loop", loop_to: "again", cycle_count: 1000 },
  ],
}

describe("a run on the simulator, as programs see it", () => {
  test.each(["vm", "native"] as const)(
    "gives what was logged: records, cycles, half-cycles; engine %s, seed 3",
    async (engine) => {
      const model = lithiumCopper({ efficiency: 0.9 })
      const result = await runOnSimulator({ protocol: plating, model, engine, seed: 3 })
      const { records, cycles, halfCycles, coulombicEfficiency } = result
      expect(result).toMatchObject({ faults: [], gaps: [], end: { kind: "finished" } })
      expect(cycles).toHaveLength(1)
      expect(cycles[0].plated_mAh_per_cm2).toBeCloseTo(0.1, 4)
      // What the cell knows, here a witness only.
      expect(cycles[0].coulombicEfficiency).toBeCloseTo(0.9, 2)
      expect(cycles[0].plated_Ah).toBeCloseTo(model.platedCharge_C / 3600, 6)
      expect(coulombicEfficiency?.mean).toBe(cycles[0].coulombicEfficiency)
      expect(halfCycles.map(({ sign }) => sign)).toEqual([-1, 1])
      for (const column of Object.values(records))
        if (typeof column !== "number") expect(column).toHaveLength(records.length)
      expect(records.stepType[0]).toBe("rest")
      expect(new Set(records.stepCount)).toEqual(new Set([1, 2, 3]))
      expect(result.log.length % 256).toBe(0)
      expect(cycleTable(result.batches, { area_cm2: 1.539 })).toHaveLength(1)
    },
  )

  test("is the same to the byte when it is done again, and another board's with another seed", async () => {
    const run = (seed: number) =>
      runOnSimulator({ protocol: plating, model: lithiumCopper(), engine, seed })
    const [one, again, other] = [await run(1), await run(1), await run(2)]
    expect(again.log).toEqual(one.log)
    expect(other.log).not.toEqual(one.log)
  })

  test("has the very rows that 'analyse --json' prints, and its text", async () => {
    const data = mkdtempSync(join(tmpdir(), "coincell-test-"))
    try {
      const models = [lithiumCopper(), lithiumSymmetric(), lithiumFullCell()]
      const protocol: Protocol = {
        safety: { ...safety, max_voltage_V: 4.5 },
        method: [
          { step: "constant_current", current_mA: -0.5, until_time_s: 60 },
          { step: "constant_current", current_mA: 0.5, until_time_s: 60 },
        ],
      }
      const results = await runTogetherOnSimulator(
        models.map((model) => ({ protocol, model })),
        { engine, data },
      )
      expect(results.map(({ channel }) => channel)).toEqual([0, 1, 2])
      for (const { id, cycles, text } of results) {
        const { tests } = JSON.parse((await cli("analyse", id, "--data", data, "--json")).stdout)
        expect(JSON.parse(JSON.stringify(cycles))).toEqual(tests[0].cycles.map(withoutMark))
        expect((await cli("analyse", id, "--data", data)).stdout.trim()).toBe(text.trim())
      }
    } finally {
      rmSync(data, { recursive: true })
    }
  })

  test("leaves the circuit's errors out where it is told to", async () => {
    const method: Protocol["method"] = [
      { step: "constant_current", current_mA: -1, until_time_s: 60 },
    ]
    const run = (errors?: "none") =>
      runOnSimulator({ protocol: { safety, method }, model: resistor, cell, engine, errors })
    const spread_V = async (errors?: "none") => {
      const { voltage_V, time_s } = (await run(errors)).records
      const settled = voltage_V.filter((_, i) => time_s[i] > 5)
      return Math.max(...settled) - Math.min(...settled)
    }
    expect(await spread_V("none")).toBeLessThan(await spread_V())
  })

  test("tells of a fault, and does not throw", async () => {
    const { faults, end } = await runOnSimulator({
      protocol: { ...plating, safety: { ...safety, max_voltage_V: 1.5 } },
      model: lithiumCopper(),
      engine,
    })
    expect(faults).toMatchObject([{ name: "OverVoltage", what: expect.stringContaining("max") }])
    expect(end).toMatchObject({ kind: "fault" })
  })

  test("throws after maxHours, with what the test did until then", async () => {
    const error = await failure({ protocol: endless, model: resistor, cell, maxHours: 0.5 })
    expect(error.message).toMatch(/takes 100\.0 h at least/)
    const open: Protocol = {
      safety,
      method: [{ step: "constant_current", current_mA: -1, until_voltage_V: -0.9 }],
    }
    const late = await failure({ protocol: open, model: resistor, cell, maxHours: 0.1 })
    expect(late).toBeInstanceOf(UnfinishedTestError)
    const [result] = (late as UnfinishedTestError).results
    expect(result.records.time_s.at(-1)).toBeGreaterThan(0.09 * 3600)
    expect(result.end).toMatchObject({ kind: "stopped", reason: "stopped by the host" })
  })

  test("leaves nothing behind", async () => {
    const folder = mkdtempSync(join(tmpdir(), "coincell-test-"))
    vi.stubEnv("TMPDIR", folder)
    try {
      const seen: number[] = []
      const model: CellModel = {
        ...resistor,
        advance: () => void seen.push(readdirSync(folder).length),
      }
      const method: Protocol["method"] = [{ step: "open_circuit_voltage", until_time_s: 1 }]
      await runOnSimulator({ protocol: { safety, method }, model, cell, engine })
      expect(Math.max(...seen)).toBe(1)
      expect(readdirSync(folder)).toEqual([])
    } finally {
      vi.unstubAllEnvs()
      rmSync(folder, { recursive: true })
    }
  })
})

const cell = { name: "10 ohm", area_cm2: 1 }
const resistor: CellModel = { voltage_V: (current_A) => 10 * current_A, advance() {} }

describe("what is wrong is told before anything runs", () => {
  const asked = {
    get voltage_V(): never {
      throw new Error("the model was asked")
    },
    advance() {},
  }

  test("in the protocol, in the words of 'check'", async () => {
    const folder = mkdtempSync(join(tmpdir(), "coincell-test-"))
    try {
      const protocol = join(folder, "wrong.yaml")
      writeFileSync(protocol, "safety: {}\nmethod:\n  - { step: nonsense }\n")
      const { message } = await failure({ protocol, model: asked, cell })
      const { stdout } = await cli("check", protocol)
      expect(stdout.trim().split("\n")).toEqual(message.split("\n").map((line) => `error: ${line}`))
      expect(message).toContain("wrong.yaml:3: method[0].step: unknown step")
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test("in a protocol that nobody wrote into a file, without its lines", async () => {
    const protocol = { safety, method: [{ step: "nonsense" }] } as never
    const { message } = await failure({ protocol, model: asked, cell })
    expect(message).toMatch(/^protocol: method\[0\]\.step: unknown step/)
  })

  test.each([
    ["a file that is not there", { protocol: "nowhere.yaml" }, "There is no file nowhere.yaml."],
    ["a model's name", { model: "Ma2025" }, "No simulated cell 'Ma2025'"],
    ["no cell", { cell: undefined }, "The test has no cell"],
    ["a cell's key", { cell: { nam: "x" } as never }, "cell: unknown key nam"],
    ["a channel", { channel: 4 }, "There is no channel 4"],
    ["a seed", { seed: 0.5 }, "The seed is 0.5"],
    ["a model without advance", { model: { voltage_V: () => 0 } as never }, "no method advance"],
    [
      "a model of the wrong sign",
      { model: { voltage_V: (current_A: number) => -current_A, advance() {} } },
      "never lowers the voltage",
    ],
  ])("%s", async (_, wrong, message) => {
    const error = await failure({ protocol: plating, model: resistor, cell, ...wrong })
    expect(error.message).toContain(message)
  })

  test("two tests on one channel", async () => {
    const one = { protocol: plating, model: resistor, cell, channel: 2 }
    await expect(runTogetherOnSimulator([one, one])).rejects.toThrow("the same channel")
  })
})

test.each(["vm", "native"] as const)(
  "a model that loses its mind ends the run, engine %s",
  async (engine) => {
    let charge_C = 0
    const model: CellModel = {
      voltage_V: (current_A) => (charge_C < -0.02 ? Number.NaN : 10 * current_A),
      advance(current_A, duration_s) {
        charge_C += current_A * duration_s
      },
    }
    const error = await failure({ protocol: plating, model, cell, engine })
    expect(error.message).toMatch(/gives NaN as its voltage at -0\.002 A, after -0\.02\d* C/)
  },
)

function withoutMark({ isAbove100: _, ...row }: Record<string, unknown>) {
  return row
}

async function failure(test: Parameters<typeof runOnSimulator>[0]): Promise<Error> {
  try {
    await runOnSimulator({ engine, ...test })
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error("it did not fail")
}
