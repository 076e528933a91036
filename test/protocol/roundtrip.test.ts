import fc from "fast-check"
import { expect, test } from "vitest"
import type { Step } from "../../firmware/core/step"
import { compileProtocol } from "../../host/protocol/compile"
import type { MethodStep, Protocol } from "../../host/protocol/schema"
import { circuit, disc, load, SEED } from "./fixtures"

const numbers = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true })
const mayBe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

/** One condition: a key of until, its value, and what the board makes of it. */
interface Asked {
  key: string
  value: number
  quantity: number
  isAbove: boolean
  /** Value on the board ÷ value of the key; an error of half the table's unit, in the board's. */
  factor: number
  error: number
}

const asked = (key: string, quantity: number, isAbove: boolean, factor: number, error: number) => ({
  key,
  quantity,
  isAbove,
  factor,
  error: error * 0.51,
})
const CHARGE = 3.6e-3 // ampere-milliseconds in a nanoampere-hour
const KEYS: [ReturnType<typeof asked>, fc.Arbitrary<number>][] = [
  [asked("time_s", 2, true, 1000, 1), numbers(1e-3, 4e6)],
  [asked("voltage_above_V", 1, true, 1, 1e-6), numbers(-0.9, 4.9)],
  [asked("voltage_below_V", 1, false, 1, 1e-6), numbers(-0.9, 4.9)],
  [asked("capacity_mAh", 3, true, 3600, CHARGE), numbers(1e-6, 4294)],
  [asked("areal_capacity_mAh_per_cm2", 3, true, 3600 * 1.539, CHARGE), numbers(1e-6, 2000)],
  [asked("energy_mWh", 8, true, 3600, CHARGE), numbers(1e-6, 4294)],
  [asked("current_above_mA", 4, true, 1e-3, 1e-9), numbers(1e-6, 50)],
  [asked("current_density_below_mA_per_cm2", 4, false, 1.539e-3, 1e-9), numbers(1e-6, 6e-4)],
  [asked("rate_below_C", 4, false, 2.5e-3, 1e-9), numbers(1e-6, 3e-4)],
  [asked("voltage_rate_below_mV_per_h", 5, false, 1e-3 / 3600, 1e-9), numbers(0.004, 1e7)],
  [asked("voltage_rate_above_mV_per_h", 5, true, 1e-3 / 3600, 1e-9), numbers(0.004, 1e7)],
  [asked("temperature_above_degC", 6, true, 1, 0.01), numbers(-55, 150)],
  [asked("temperature_below_degC", 6, false, 1, 0.01), numbers(-55, 150)],
  [asked("cycle", 7, true, 1, 0), fc.integer({ min: 1, max: 0xfffffffe })],
]

/** Entries of until, each of whose keys is another, in the table's order. */
const entries: fc.Arbitrary<{ goto?: string | number; all: Asked[] }[]> = fc.array(
  fc.record({
    goto: mayBe(fc.constantFrom<string | number>("end", "start", 1)),
    all: fc
      .subarray(KEYS, { minLength: 1, maxLength: 3 })
      .chain((keys) =>
        fc.tuple(...keys.map(([key, value]) => value.map((v) => ({ ...key, value: v })))),
      ),
  }),
  { minLength: 1, maxLength: 2 },
)

type Until = Extract<MethodStep, { step: "jump" }>["until"]
const untilOf = (list: { goto?: string | number; all: Asked[] }[]): Until =>
  list.map(({ goto, all }) => ({
    ...(goto === undefined ? {} : { goto }),
    ...Object.fromEntries(all.map(({ key, value }) => [key, value])),
  }))

const volts = numbers(-0.98, 4.98)
const signed = fc.tuple(fc.constantFrom(1, -1), numbers(2e-3, 50)).map(([sign, mA]) => sign * mA)
const limit = mayBe(numbers(2e-3, 50))
const steps = fc
  .tuple(entries, signed, volts, volts, limit, numbers(1e-6, 4000), fc.nat(5))
  .map(([list, current_mA, voltage_V, end_V, max_current_mA, scan_rate_mV_per_s, kind]) => {
    const until = untilOf(list)
    const kinds: MethodStep[] = [
      { step: "open_circuit_voltage", until },
      { step: "constant_current", current_mA, until },
      { step: "pulse", current_mA, until },
      { step: "constant_voltage", voltage_V, max_current_mA, until },
      { step: "constant_current_constant_voltage", current_mA, voltage_V, until },
      {
        step: "voltage_scan",
        start_voltage_V: voltage_V,
        end_voltage_V: Math.abs(end_V - voltage_V) < 1e-5 ? (voltage_V > 0 ? -0.5 : 0.5) : end_V,
        scan_rate_mV_per_s,
        max_current_mA,
        until,
      },
    ]
    return { list, step: kinds[kind] }
  })

function expectConditions(step: Step, list: { goto?: string | number; all: Asked[] }[]): void {
  expect(step.conditionCount).toBe(list.flatMap(({ all }) => all).length)
  let i = 0
  for (const { goto, all } of list)
    for (const [place, one] of all.entries()) {
      const isLast = place === all.length - 1
      expect([step.quantity[i], step.isAbove[i]]).toEqual([one.quantity, one.isAbove])
      expect(step.isLinked[i]).toBe(!isLast)
      if (isLast) expect(step.goTo[i]).toBe(goto === undefined ? 255 : goto === "end" ? 254 : 0)
      const error = Math.abs(step.value[i] - one.value * one.factor)
      expect(error).toBeLessThanOrEqual(one.error + Math.abs(one.value * one.factor) * 1e-15)
      i++
    }
}

test(`the board runs whatever the host compiles, to the table's last digit (seed ${SEED})`, () => {
  const methods = fc.array(steps, { minLength: 1, maxLength: 64 })
  fc.assert(
    fc.property(methods, (all) => {
      const input: Protocol = {
        safety: { max_voltage_V: 5, min_voltage_V: -1, max_current_mA: 50 },
        method: [{ step: "tag", tag: "start" }, ...all.map(({ step }) => step)],
      }
      const { methodIndex } = compileProtocol(input, disc, circuit)
      const { header, steps } = load(input, disc)
      expect(header.stepCount).toBe(all.length)
      expect(methodIndex).toEqual(all.map((_, i) => i + 1))
      all.forEach(({ list, step: want }, i) => {
        const got = steps[i]
        expectConditions(got, list)
        const near = (value: number, wanted: number, unit: number) =>
          expect(Math.abs(value - wanted)).toBeLessThan(unit * 0.51)
        if ("current_mA" in want) near(got.current_A, (want.current_mA ?? 0) / 1000, 1e-9)
        if ("max_current_mA" in want) near(got.current_A, (want.max_current_mA ?? 50) / 1000, 1e-9)
        if ("voltage_V" in want) near(got.voltage_V, want.voltage_V, 1e-6)
        if (want.step === "voltage_scan") {
          near(got.voltage_V, want.start_voltage_V, 1e-6)
          near(got.endVoltage_V, want.end_voltage_V, 1e-6)
          near(got.scanRate_V_per_s, want.scan_rate_mV_per_s / 1000, 1e-9)
        }
        expect(got.beginsCycle).toBe(i === 0)
      })
    }),
    { seed: SEED, numRuns: 200 },
  )
})

test("64 steps are a table", () => {
  const method = Array<MethodStep>(64).fill({ step: "open_circuit_voltage", until_time_s: 1 })
  const safety = { max_voltage_V: 1, min_voltage_V: 0, max_current_mA: 1 }
  expect(load({ safety, method }).steps).toHaveLength(64)
})

test(`loops find their beginning among tags, and keep their count (seed ${SEED})`, () => {
  const loops = fc.array(
    fc.record({
      rests: fc.integer({ min: 1, max: 5 }),
      back: fc.nat(20),
      count: fc.integer({ min: 1, max: 0xffffffff }),
      isTagged: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  )
  fc.assert(
    fc.property(loops, (all) => {
      const method: MethodStep[] = []
      const wanted: [entry: number, count: number][] = []
      for (const { rests, back, count, isTagged } of all) {
        const begin = method.length
        for (let i = 0; i < rests; i++) {
          if (isTagged) method.push({ step: "tag", tag: `${method.length}` })
          method.push({ step: "open_circuit_voltage", until_time_s: 1 })
        }
        const places = method.flatMap(({ step }, i) =>
          step === "open_circuit_voltage" && i >= begin ? [i] : [],
        )
        const entry = places[back % places.length]
        method.push({
          step: "loop",
          loop_to: isTagged ? `${entry - 1}` : entry + 1,
          cycle_count: count,
        })
        wanted.push([entry, count])
      }
      const input = { safety: { max_voltage_V: 1, min_voltage_V: 0, max_current_mA: 1 }, method }
      const { methodIndex } = compileProtocol(input, disc, circuit)
      const found = load(input, disc).steps.filter(({ type }) => type === 3)
      expect(found.map((step) => [methodIndex[step.loopTo], step.loopCount])).toEqual(wanted)
    }),
    { seed: SEED },
  )
})

test(`safety limits and record rules keep their digits (seed ${SEED})`, () => {
  const numbersOf = fc.record({
    limits: fc
      .tuple(numbers(-1, 5), numbers(-1, 5))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)])
      .filter(([low, high]) => high - low > 2e-6),
    max_current_mA: numbers(1e-5, 50),
    min_current_mA: mayBe(numbers(-50, -1e-5)),
    delay_s: numbers(0, 60),
    time_s: numbers(1e-3, 4e6),
    voltage_V: numbers(1e-6, 4000),
    current_mA: numbers(1e-6, 4000),
    burst_s: numbers(0, 4e6),
  })
  fc.assert(
    fc.property(numbersOf, ({ limits, time_s, voltage_V, current_mA, burst_s, ...over }) => {
      const safety = { ...over, max_voltage_V: limits[1], min_voltage_V: limits[0] }
      const rule = { time_s, voltage_V, current_mA, burst_s }
      const method: MethodStep[] = [{ step: "open_circuit_voltage", until_time_s: 1 }]
      const { header } = load({ safety, record: rule, method })
      const near = (value: number, wanted: number, unit: number) =>
        expect(Math.abs(value - wanted)).toBeLessThan(unit * 0.51)
      near(header.maxVoltage_V, safety.max_voltage_V, 1e-6)
      near(header.minVoltage_V, safety.min_voltage_V, 1e-6)
      const largest_mA = Math.max(safety.max_current_mA, -(safety.min_current_mA ?? 0))
      near(header.maxCurrent_A, largest_mA / 1000, 1e-9)
      near(header.delay_ms, safety.delay_s * 1000, 1)
      const [found_ms, found_V, found_A, foundBurst_ms] = header.rules
      near(found_ms, time_s * 1000, 1)
      near(found_V, voltage_V, 1e-6)
      near(found_A, current_mA / 1000, 1e-9)
      near(foundBurst_ms, burst_s * 1000, 1)
    }),
    { seed: SEED, numRuns: 300 },
  )
})
