import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Cell } from "../../host/cell"
import { TesterError } from "../../host/errors"
import { compileProtocol } from "../../host/protocol/compile"
import { parseProtocol } from "../../host/protocol/parse"
import { readProtocol } from "../../host/protocol/read"
import type { MethodStep, Protocol } from "../../host/protocol/schema"
import { toUnicycler } from "../../host/protocol/unicyclerExport"
import { circuit, disc, protocol, SEED, tag } from "./fixtures"

function exported(input: unknown, cell: Cell = disc): { [key: string]: unknown } {
  const parsed = parseProtocol(input)
  if (Array.isArray(parsed)) throw parsed[0]
  return toUnicycler(parsed, cell)
}

function losses(input: unknown, cell?: Cell): string[] {
  try {
    exported(input, cell)
  } catch (error) {
    if (error instanceof TesterError) return error.message.split("\n").slice(1)
    throw error
  }
  throw new Error("nothing was lost")
}

const method = (...steps: object[]) => protocol(steps)
const methodOf = (file: { [key: string]: unknown }) => file.method as object[]

describe("a protocol as unicycler's", () => {
  test("has charge cutoffs at constant current as times", () => {
    const file = exported(
      method(
        { step: "constant_current", current_mA: 2, until_capacity_mAh: 1 },
        {
          step: "constant_current",
          current_density_mA_per_cm2: -1,
          until_areal_capacity_mAh_per_cm2: 0.5,
          until_time_s: 3600,
          until_voltage_V: -0.4,
        },
        { step: "constant_current", rate_C: 0.5, until: [{ capacity_mAh: 2.5 }] },
      ),
    )
    expect(methodOf(file)).toEqual([
      { step: "constant_current", current_mA: 2, until_time_s: 1800 },
      { step: "constant_current", current_mA: -1.539, until_time_s: 1800, until_voltage_V: -0.4 },
      { step: "constant_current", rate_C: 0.5, until_time_s: 7200 },
    ])
  })

  test("has CC-CV as two steps, and loops by tags that come right", () => {
    const file = exported(
      method(
        {
          step: "constant_current_constant_voltage",
          current_mA: 1,
          voltage_V: 4.2,
          until_rate_C: "C/20",
        },
        { step: "constant_current", current_mA: -1, until_voltage_V: 3 },
        { step: "loop", loop_to: 2, cycle_count: 3 },
        { step: "loop", loop_to: 1, cycle_count: 2 },
      ),
    )
    expect(methodOf(file)).toEqual([
      tag("step 1"),
      { step: "constant_current", current_mA: 1, until_voltage_V: 4.2 },
      { step: "constant_voltage", voltage_V: 4.2, until_rate_C: 0.05 },
      tag("step 2"),
      { step: "constant_current", current_mA: -1, until_voltage_V: 3 },
      { step: "loop", loop_to: "step 2", cycle_count: 3 },
      { step: "loop", loop_to: "step 1", cycle_count: 2 },
    ])
  })

  test("has the default record rule in words", () => {
    expect(exported(method({ step: "open_circuit_voltage", until_time_s: 1 }))).toMatchObject({
      sample: { name: "A2", capacity_mAh: 2.5 },
      record: { time_s: 10, voltage_V: 0.001, current_mA: 0.05 },
    })
  })

  test("tells all that would be lost, and where", () => {
    const input = protocol(
      [
        { step: "pulse", current_mA: 1, until_time_s: 1 },
        { step: "open_circuit_voltage", until_time_s: 60, until_voltage_rate_mV_per_h: 1 },
        { step: "constant_current", current_mA: -1, until_voltage_V: 0 },
        {
          step: "constant_current",
          current_mA: 1,
          until: [
            { time_s: 9, goto: "end" },
            { time_s: 9, voltage_above_V: 1 },
          ],
        },
        { step: "constant_voltage", voltage_V: 1, max_current_mA: 1, until_capacity_mAh: 1 },
        { step: "jump", until: [{ cycle: 3, goto: "end" }] },
      ],
      { resume: "continue", stop: { hard_short: true }, record: { voltage_V: 0.1, burst_s: 0 } },
    )
    expect(losses(input).map((line) => line.trim().split(":")[0])).toEqual([
      "resume",
      "stop.hard_short",
      "record.burst_s",
      "record.time_s",
      "method[0]",
      "method[1].until_voltage_rate_mV_per_h",
      "method[2]",
      "method[3].until[0].goto",
      "method[3].until[1]",
      "method[3]",
      "method[4].max_current_mA",
      "method[4].until_capacity_mAh",
      "method[4]",
      "method[5]",
    ])
  })

  test("needs the area for areal units", () => {
    const step = {
      step: "constant_current",
      current_density_mA_per_cm2: 1,
      until_time_s: 1,
    }
    expect(losses(method(step), { name: "A1" })).toEqual([
      "  method[0].current_density_mA_per_cm2: needs the cell's area_cm2 or diameter_mm.",
    ])
  })
})

const numbers = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true })
const time = numbers(1, 1e5)
const sign = fc.constantFrom(1, -1)
const steps: fc.Arbitrary<MethodStep> = fc.oneof(
  time.map((until_time_s) => ({ step: "open_circuit_voltage" as const, until_time_s })),
  fc.tuple(sign, numbers(0.01, 5), time).map(([way, size, until_time_s]) => ({
    step: "constant_current" as const,
    current_density_mA_per_cm2: way * size,
    until_time_s,
  })),
  fc.tuple(sign, numbers(0.01, 2), time, numbers(0.1, 4)).map(([way, size, until_time_s, V]) => ({
    step: "constant_current" as const,
    rate_C: way * size,
    until_time_s,
    until_voltage_V: V,
  })),
  fc.tuple(numbers(0.1, 4), time, numbers(0.001, 0.5)).map(([voltage_V, until_time_s, mA]) => ({
    step: "constant_voltage" as const,
    voltage_V,
    until_time_s,
    until_current_mA: mA,
  })),
)

test(`what is exported and read back runs alike, byte for byte (seed ${SEED})`, () => {
  const inputs = fc.record({
    method: fc.array(steps, { minLength: 1, maxLength: 10 }),
    loop: fc.option(fc.record({ to: fc.nat(9), count: fc.integer({ min: 1, max: 999 }) })),
    record: fc.option(fc.record({ time_s: numbers(0.1, 100), voltage_V: numbers(1e-5, 1) }), {
      nil: undefined,
    }),
    delay_s: numbers(0, 60),
  })
  fc.assert(
    fc.property(inputs, ({ method: list, loop, record, delay_s }) => {
      const input: Protocol = {
        record,
        safety: { max_voltage_V: 4.5, min_voltage_V: -0.5, max_current_mA: 20, delay_s },
        method:
          loop === null
            ? list
            : [
                ...list,
                { step: "loop", loop_to: (loop.to % list.length) + 1, cycle_count: loop.count },
              ],
      }
      const again = readProtocol(JSON.stringify(exported(input)), "u.json")
      expect(compileProtocol(again, disc, circuit).bytes).toEqual(
        compileProtocol(input, disc, circuit).bytes,
      )
    }),
    { seed: SEED, numRuns: 200 },
  )
})
