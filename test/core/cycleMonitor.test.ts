import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { CycleMonitor, MONITOR_BYTES, NO_STOP } from "../../firmware/core/cycleMonitor"
import type { CycleStops } from "../../firmware/core/program"
import * as states from "../../firmware/core/states"
import { NodeMemory } from "../../sim/memory"

const SEED = 20_260_744

/** One step: its net charge, at one voltage. Rests pass a stray charge too. */
interface TestStep {
  isRest: boolean
  charge_mAs: number
  voltage_V: number
  seconds: number
  /** The board restarts after so many seconds, if the step lasts that long. */
  restart_s: number | undefined
}

const NO_STOPS: CycleStops = {
  efficiencyBelow: 0,
  efficiencyAbove: Number.POSITIVE_INFINITY,
  efficiencyCycles: 1,
  isChargeOverDischarge: false,
  retentionBelow: 0,
  retentionCycle: 1,
  overpotentialCycle: 1,
  overpotentialGrowth: Number.POSITIVE_INFINITY,
  plateauDrop: 0,
  restVoltageBelow_V: 0,
}

/** All verdicts of a test, a step's before its cycle's, through `restart_s`. */
function monitored(stops: CycleStops, cycles: TestStep[][]): number[] {
  const verdicts: number[] = []
  const memory = new NodeMemory(MONITOR_BYTES + 5)
  let monitor = new CycleMonitor()
  monitor.begin(stops)
  for (const [index, steps] of cycles.entries()) {
    for (const step of steps) {
      monitor.stepBegins()
      monitor.save(memory, 3)
      for (let second = 0; second <= step.seconds; second++) {
        const charge_mAs = (step.charge_mAs * second) / step.seconds
        if (second === step.restart_s) {
          monitor = new CycleMonitor()
          monitor.begin(stops)
          monitor.load(memory, 3)
          if (second > 0) monitor.interrupted()
        }
        if (second > 0) monitor.sample(charge_mAs, charge_mAs * step.voltage_V)
      }
      const energy_mWs = step.charge_mAs * step.voltage_V
      verdicts.push(monitor.stepEnds(step.isRest, step.charge_mAs, energy_mWs, step.voltage_V))
    }
    verdicts.push(monitor.cycleEnds(index + 1))
  }
  expect([...memory.subarray(0, 3), ...memory.subarray(MONITOR_BYTES + 3)]).toEqual(
    Array(5).fill(0),
  )
  return verdicts
}

/** The same by the definitions, from all cycles before. */
function expected(stops: CycleStops, cycles: TestStep[][]): number[] {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  const direction = (steps: TestStep[], sign: number) =>
    steps.filter((step) => !step.isRest && step.charge_mAs * sign > 0)
  const charge = (steps: TestStep[], sign: number) =>
    sum(direction(steps, sign).map((step) => Math.abs(step.charge_mAs)))
  const plateau_V = (steps: TestStep[], sign: number) => {
    const halves = direction(steps, sign)
    const most = Math.max(...halves.map((step) => Math.abs(step.charge_mAs)))
    const main = halves.find((step) => Math.abs(step.charge_mAs) === most)
    if (main === undefined || main.seconds < 7) return Number.NaN
    const { restart_s = 0 } = main
    return restart_s > 0 && restart_s <= main.seconds ? Number.NaN : main.voltage_V
  }
  const overpotentials_V = cycles.map((steps) => (plateau_V(steps, 1) - plateau_V(steps, -1)) / 2)
  const efficiencies = cycles.map((steps) =>
    stops.isChargeOverDischarge
      ? charge(steps, 1) / charge(steps, -1)
      : charge(steps, -1) / charge(steps, 1),
  )
  const discharges = cycles.map((steps) => charge(steps, -1))

  const verdict = (k: number): number => {
    if (Number.isFinite(efficiencies[k])) {
      const judged = efficiencies.slice(0, k + 1).filter(Number.isFinite)
      const last = judged.slice(-stops.efficiencyCycles)
      if (efficiencies[k] > stops.efficiencyAbove) return states.STOP_EFFICIENCY_HIGH
      if (
        last.length === stops.efficiencyCycles &&
        last.every((efficiency) => efficiency < stops.efficiencyBelow)
      )
        return states.STOP_EFFICIENCY_LOW
    }
    const eta_V = overpotentials_V[k]
    if (
      k > 0 &&
      stops.plateauDrop > 0 &&
      overpotentials_V[k - 1] > 0 &&
      eta_V < (1 - stops.plateauDrop) * overpotentials_V[k - 1]
    )
      return states.STOP_PLATEAU_DROP
    const reference = overpotentials_V.findIndex(
      (value_V, i) => i + 1 >= stops.overpotentialCycle && value_V > 0,
    )
    if (
      reference >= 0 &&
      reference < k &&
      eta_V / overpotentials_V[reference] > stops.overpotentialGrowth
    )
      return states.STOP_OVERPOTENTIAL
    const full = discharges.findIndex((value, i) => i + 1 >= stops.retentionCycle && value > 0)
    if (full >= 0 && full < k && discharges[k] / discharges[full] < stops.retentionBelow)
      return states.STOP_RETENTION
    return NO_STOP
  }
  return cycles.flatMap((steps, k) => [
    ...steps.map((step) =>
      step.isRest && Math.abs(step.voltage_V) < stops.restVoltageBelow_V
        ? states.STOP_REST_VOLTAGE
        : NO_STOP,
    ),
    verdict(k),
  ])
}

/** No ratio of the whole numbers used below meets a limit exactly. */
const limit = (min: number, max: number) =>
  fc.integer({ min, max }).map((thousandths) => (thousandths + 0.37) / 1000)
const orAbsent = (absent: number, arbitrary: fc.Arbitrary<number>) =>
  fc.oneof(fc.constant(absent), arbitrary)

const anyStops: fc.Arbitrary<CycleStops> = fc.record({
  efficiencyBelow: orAbsent(0, limit(500, 1100)),
  efficiencyAbove: orAbsent(Number.POSITIVE_INFINITY, limit(800, 1500)),
  efficiencyCycles: fc.integer({ min: 1, max: 4 }),
  isChargeOverDischarge: fc.boolean(),
  retentionBelow: orAbsent(0, limit(500, 1000)),
  retentionCycle: fc.integer({ min: 1, max: 4 }),
  overpotentialCycle: fc.integer({ min: 1, max: 4 }),
  overpotentialGrowth: orAbsent(Number.POSITIVE_INFINITY, limit(1100, 3000)),
  plateauDrop: orAbsent(0, limit(100, 800)),
  restVoltageBelow_V: orAbsent(0, fc.constant(1e-3)),
})

const restart_s = fc.option(fc.integer({ min: 0, max: 120 }), { nil: undefined, freq: 5 })
const halfCycle = (sign: number) =>
  fc.record({
    isRest: fc.constant(false),
    charge_mAs: fc.integer({ min: 80, max: 120 }).map((charge) => sign * charge),
    // At times of the wrong sign, as a channel's offset makes it; never one equal to one of the other.
    voltage_V: fc
      .oneof(
        { arbitrary: fc.integer({ min: 20, max: 90 }), weight: 9 },
        fc.integer({ min: -9, max: 2 }),
      )
      .map((mV) => (sign * mV + (sign > 0 ? 0.37 : 0)) / 1000),
    seconds: fc.integer({ min: 5, max: 120 }),
    restart_s,
  })
const rest = fc.record({
  isRest: fc.constant(true),
  charge_mAs: fc.constantFrom(0, 1e-4, -1e-4),
  voltage_V: fc.constantFrom(0.02, -0.02, 0.9e-3, -0.9e-3, Number.NaN),
  seconds: fc.integer({ min: 1, max: 20 }),
  restart_s,
})
/** Mostly one plating and one stripping, at times more of one, or none. */
const cycle = fc.oneof(
  { arbitrary: fc.tuple(halfCycle(1), halfCycle(-1)), weight: 3 },
  { arbitrary: fc.tuple(halfCycle(1), rest, halfCycle(-1)), weight: 3 },
  {
    arbitrary: fc.array(fc.oneof(halfCycle(1), halfCycle(-1), rest), { maxLength: 5 }),
    weight: 1,
  },
)

const half = (charge_mAs: number, voltage_V: number): TestStep => ({
  isRest: false,
  charge_mAs,
  voltage_V,
  seconds: 40,
  restart_s: undefined,
})
/** One cycle from what it plates and strips, and its η. */
const plain = (plated_mAs: number, stripped_mAs: number, overpotential_V = 0.05) => [
  half(plated_mAs, overpotential_V),
  half(-stripped_mAs, -overpotential_V),
]
const verdicts = (stops: Partial<CycleStops>, cycles: TestStep[][]) =>
  monitored({ ...NO_STOPS, ...stops }, cycles)
/** Of the cycles alone. */
const ofCycles = (stops: Partial<CycleStops>, cycles: TestStep[][]) =>
  verdicts(stops, cycles).filter((_, i) => i % 3 === 2)

describe("CycleMonitor", () => {
  test(`judges any test as its definitions do, through restarts (seed ${SEED})`, () => {
    const seen = new Set<number>()
    fc.assert(
      fc.property(anyStops, fc.array(cycle, { maxLength: 9 }), (stops, cycles) => {
        const result = monitored(stops, cycles)
        expect(result).toEqual(expected(stops, cycles))
        for (const reason of result) seen.add(reason)
      }),
      { seed: SEED, numRuns: 1500 },
    )
    expect([...seen].sort((a, b) => a - b)).toEqual([0, 3, 4, 5, 6, 7, 8])
  })

  test("an efficiency too low has to be so for as many cycles in a row as asked", () => {
    const stops = { efficiencyBelow: 0.8, efficiencyCycles: 3 }
    const low = plain(100, 79)
    const sound = plain(100, 81)
    expect(ofCycles(stops, [low, low, sound, low, low, low])).toEqual([
      ...Array(5).fill(NO_STOP),
      states.STOP_EFFICIENCY_LOW,
    ])
  })

  test("an efficiency too high is a soft short at once", () => {
    const stops = { efficiencyAbove: 1.02, efficiencyBelow: 0.8 }
    expect(ofCycles(stops, [plain(100, 101), plain(100, 103)])).toEqual([
      NO_STOP,
      states.STOP_EFFICIENCY_HIGH,
    ])
    expect(ofCycles({ ...stops, isChargeOverDischarge: true }, [plain(100, 101)])).toEqual([0])
    expect(ofCycles({ ...stops, isChargeOverDischarge: true }, [plain(103, 100)])).toEqual([
      states.STOP_EFFICIENCY_HIGH,
    ])
  })

  test("a cycle that only strips has no efficiency, one that strips nothing has 0", () => {
    const stops = { efficiencyAbove: 1.02, efficiencyBelow: 0.8 }
    expect(verdicts(stops, [[half(-50, -0.05)]])).toEqual([NO_STOP, NO_STOP])
    expect(verdicts(stops, [[half(50, 0.05)]])).toEqual([NO_STOP, states.STOP_EFFICIENCY_LOW])
  })

  test("growth and retention are by the reference cycle, a drop by the cycle before", () => {
    const etas = [0.2, 0.05, 0.09, 0.101]
    const grown = etas.map((eta) => plain(100, 99, eta))
    expect(ofCycles({ overpotentialGrowth: 2, overpotentialCycle: 2 }, grown)).toEqual([0, 0, 0, 6])
    expect(ofCycles({ plateauDrop: 0.3 }, grown)).toEqual([0, states.STOP_PLATEAU_DROP, 0, 0])
    const shorted = [-1e-6, -2e-6].map((eta) => plain(100, 99, eta))
    expect(ofCycles({ plateauDrop: 0.3 }, shorted)).toEqual([0, 0])
    const faded = [120, 100, 81, 79].map((capacity) => plain(110, capacity))
    expect(ofCycles({ retentionBelow: 0.8, retentionCycle: 2 }, faded)).toEqual([0, 0, 0, 5])
  })

  test("a hysteresis is free of the voltage's offset", () => {
    const offset = [0.05, 0.034].map((eta) => [half(100, eta + 0.5), half(-99, 0.5 - eta)])
    expect(ofCycles({ plateauDrop: 0.3 }, offset)).toEqual([0, states.STOP_PLATEAU_DROP])
  })

  test("a plateau that a restart cut is not judged, its charges are", () => {
    const cut = { ...half(100, 0.01), restart_s: 20 }
    const stops = { plateauDrop: 0.3, efficiencyAbove: 1.02 }
    const whole = plain(100, 99)
    expect(ofCycles(stops, [whole, [cut, half(-99, -0.01)], whole])).toEqual([0, 0, 0])
    expect(ofCycles(stops, [whole, [cut, half(-103, -0.01)]])).toEqual([0, 4])
    // Before its first second nothing is lost.
    expect(ofCycles(stops, [whole, [{ ...cut, restart_s: 0 }, half(-99, -0.01)]])).toEqual([0, 7])
  })

  test("a reference cycle without η leaves the reference to the next", () => {
    const cut = [{ ...half(100, 0.05), restart_s: 20 }, half(-99, -0.05)]
    const stops = { overpotentialGrowth: 2, overpotentialCycle: 1 }
    const cycles = [cut, plain(100, 99, 0.05), plain(100, 99, 0.11)]
    expect(ofCycles(stops, cycles)).toEqual([0, 0, states.STOP_OVERPOTENTIAL])
  })

  test("a short pulse does not displace its cycle's plateau", () => {
    const pulsed = (eta: number) => [...plain(100, 99, eta), half(5, 0.5), half(-5, -0.5)]
    const result = verdicts({ plateauDrop: 0.3 }, [pulsed(0.05), pulsed(0.03)])
    expect(result.at(-1)).toBe(states.STOP_PLATEAU_DROP)
  })

  test("a test that begins remembers nothing of the one before", () => {
    const monitor = new CycleMonitor()
    const fresh = new NodeMemory(MONITOR_BYTES)
    monitor.begin(NO_STOPS)
    monitor.save(fresh, 0)
    const stops = { ...NO_STOPS, efficiencyBelow: 0.9, plateauDrop: 0.3 }
    monitor.begin(stops)
    for (const charge_mAs of [90, -50, 90]) {
      monitor.stepBegins()
      for (let i = 1; i <= 9; i++) monitor.sample((charge_mAs / 9) * i, 0.1 * i)
      monitor.stepEnds(false, charge_mAs, 0.9, 0.1)
      if (charge_mAs < 0) monitor.cycleEnds(1)
    }
    const used = new NodeMemory(MONITOR_BYTES)
    monitor.save(used, 0)
    // All that it keeps is known by now, but for a discharge of the second cycle.
    const numbers = Array.from({ length: 9 }, (_, i) => used.getAt(8 * i, "f64"))
    expect(numbers.map((n) => n > 0 || n < 0)).toEqual(
      [1, 0, 1, 0, 1, 0, 1, 1, 1].map((known) => known === 1),
    )
    expect(used.getAt(72, "u8")).toBe(1)
    expect([monitor.charge_mAs, monitor.discharge_mAs]).toEqual([90, 0])
    monitor.begin(NO_STOPS)
    monitor.save(used, 0)
    expect(used).toEqual(fresh)
  })
})
