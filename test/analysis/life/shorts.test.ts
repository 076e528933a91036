import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { dischargeOverCharge } from "../../../host/analysis/coulombicEfficiency"
import { hardShorts } from "../../../host/analysis/life/hardShort"
import { efficienciesAbove, flatRests, plateauDrops } from "../../../host/analysis/life/softShorts"
import type { Sample } from "../../../host/sample"
import { FaultyCell } from "../../../sim/cells/faultyCell"
import { LithiumSymmetric } from "../../../sim/cells/lithiumSymmetric"
import { kneadedLithiumAlN_1 } from "../../../sim/cells/parameters/Ma2024"
import { Random } from "../../../sim/random"
import { Cycler } from "../cycler"
import { recordsOf } from "../recordsOf"
import { boardTimes_s, record, spike } from "../synthetic"
import { aging, rowsOf } from "./aging"

const seed = 20230601
const short = (samples: Sample[]) => [...hardShorts(recordsOf(samples))]

/** An hour at 1 mA as the board records, at some voltage. */
const hour = (voltage_V: (t: number) => number, current_A = 1e-3) =>
  record([{ current_A, duration_s: 3600, voltage_V, cycle: 7 }])

describe("a hard short", () => {
  it("is seen at the record at which |V| falls below half of what it was, in either direction", () => {
    for (const sign of [1, -1]) {
      const [found, ...more] = short(hour((t) => sign * (t < 2000 ? 0.05 : 0.002), sign * 1e-3))
      expect(found).toMatchObject({ kind: "hardShort", cycle: 7, time_s: 2000 })
      expect(found.value).toBeCloseTo(0.002, 12)
      expect(found.limit).toBeCloseTo(0.025, 12)
      expect(more).toEqual([])
    }
  })

  it("is not a fall to just above half, nor a slow one, nor one within the first 60 s", () => {
    expect(short(hour((t) => (t < 2000 ? 0.05 : 0.0251)))).toEqual([])
    expect(short(hour((t) => (t < 2000 ? 0.05 : 0.0249)))).toHaveLength(1)
    expect(short(hour((t) => 0.5 * Math.exp(-t / 60) + 0.002))).toEqual([])
    expect(short(hour((t) => (t < 50 ? 0.05 : 0.002)))).toEqual([])
  })

  it("is not the fall through 0 V of what gives energy, nor the noise of next to nothing", () => {
    expect(short(hour((t) => (t < 2000 ? 2 : 0.002), -1e-3))).toEqual([])
    expect(short(hour((t) => (t < 300 ? -2 : t < 340 ? 0.1 : 0.04)))).toEqual([])
    const random = new Random(seed)
    expect(short(hour(() => random.normal(20e-6)))).toEqual([])
    expect(short(hour((t) => (t < 2000 ? 0.9e-3 : 0.1e-3)))).toEqual([])
    expect(short(hour((t) => (t < 2000 ? 1.1e-3 : 0.1e-3)))).toHaveLength(1)
  })

  it("is sought at constant current only", () => {
    const scan = hour((t) => (t < 2000 ? 0.05 : 0.002))
    for (const stepType of ["scan", "constant_voltage", "cccv", "pulse"] as const)
      expect(short(scan.map((s) => ({ ...s, stepType })))).toEqual([])
  })

  it(`is no nucleation spike, of whatever height and decay, seed ${seed}`, () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.002, max: 0.1, noNaN: true }),
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        fc.double({ min: 25, max: 600, noNaN: true }),
        (plateau_V, height_V, decay_s) => {
          expect(short(hour(spike(plateau_V, height_V, decay_s)))).toEqual([])
        },
      ),
      { seed, numRuns: 100 },
    )
  })

  it(`is found whenever it comes, through noise, seed ${seed}`, () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.45, noNaN: true }),
        fc.double({ min: 100, max: 3500, noNaN: true }),
        (before_V, left, at_s) => {
          const random = new Random(seed)
          const V = (t: number) => (t < at_s ? 1 : left) * before_V + random.normal(20e-6)
          const at = boardTimes_s(3600).find((t) => t >= at_s)
          expect(short(hour(V)).map((one) => one.time_s)).toEqual([at])
        },
      ),
      { seed, numRuns: 60 },
    )
  })

  it("of a cell that a dendrite bridges with 2 Ω", () => {
    const symmetric = new LithiumSymmetric({ ...kneadedLithiumAlN_1, doubleLayer_uF_per_cm2: 0 })
    const plan = { kind: "shorted", resistance_ohm: 2, at_s: 9000 } as const
    const cycler = new Cycler(new FaultyCell(symmetric, [plan]))
    for (const [cycle, current_A] of [
      [1, 1.539e-3],
      [1, -1.539e-3],
      [2, 1.539e-3],
    ])
      cycler.current(cycle, current_A, { after_s: 3600 }, 10)
    const found = short(cycler.samples)
    expect(found).toHaveLength(1)
    expect(found[0].cycle).toBe(2)
    expect(Math.abs(found[0].time_s - 9000)).toBeLessThanOrEqual(10)
  })
})

describe("soft shorts", () => {
  const drops = (...all_mV: number[]) =>
    plateauDrops(rowsOf(aging(all_mV.map((mV) => ({ eta_V: mV / 1000 })))))

  it("a plateau that drops by more than 30 % from one cycle to the next", () => {
    const [found, ...more] = drops(20, 19, 13, 12)
    expect(found).toMatchObject({ kind: "plateauDrop", cycle: 3, time_s: 1800 + 2 * 7800 })
    expect(found.value).toBeCloseTo(0.026, 12)
    expect(found.limit).toBeCloseTo(0.7 * 0.038, 12)
    expect(more).toEqual([])
    expect(drops(20, 14.1, 20)).toEqual([])
  })

  it("not where the current was lowered, nor across a missing cycle", () => {
    const lowered = aging([{ eta_V: 0.02 }, { eta_V: 0.01, current_A: 0.5e-3 }])
    expect(plateauDrops(rowsOf(lowered))).toEqual([])
    const samples = aging([{ eta_V: 0.03 }, { eta_V: 0.025 }, { eta_V: 0.012 }])
    expect(plateauDrops(rowsOf(samples))).toHaveLength(1)
    expect(plateauDrops(rowsOf(samples.filter((s) => s.cycle !== 2)))).toEqual([])
  })

  it("a rest that ends below 1 mV, once a current has flowed", () => {
    const rests = (rest_V: number) => [...flatRests(recordsOf(aging([{}, {}], rest_V)))]
    expect(rests(0.0011)).toEqual([])
    expect(rests(-0.0009)).toEqual([
      { kind: "flatRest", cycle: 1, time_s: 9600, value: 0.0009, limit: 0.001 },
      { kind: "flatRest", cycle: 2, time_s: 17400, value: 0.0009, limit: 0.001 },
    ])
  })

  it("an efficiency above 102 %", () => {
    const rows = rowsOf(aging([{ efficiency: 1.019 }, { efficiency: 1.03 }]))
    const found = efficienciesAbove(rows, dischargeOverCharge(rows))
    expect(found).toMatchObject([{ kind: "efficiencyAbove", cycle: 2, limit: 1.02 }])
    expect(found[0].value).toBeCloseTo(1.03, 9)
    expect(found[0].time_s).toBe(rows[1].start_s)
  })
})
