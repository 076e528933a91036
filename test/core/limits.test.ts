import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { stop } from "../../firmware/core/ending"
import * as ports from "../../firmware/core/ports"
import * as states from "../../firmware/core/states"
import { Bench, capacitor, FINE_A, resistor } from "./channelBench"
import { expectFault } from "./expectFault"
import {
  above_V,
  after_s,
  below_V,
  current,
  currentThenVoltage,
  END,
  rest,
  voltage,
} from "./methods"

const SEED = 20_240_515
const long = after_s(10_000)

describe("a limit is no cutoff, nor a cutoff a limit", () => {
  test("a cell beyond a limit faults in a rest, too", () => {
    const bench = new Bench([rest(long)], { ...resistor, rest_V: 4.4 }, { max_uV: 4_300_000 })
    bench.begin().run(2)
    expectFault(bench, states.FAULT_OVER_VOLTAGE)
  })

  test("the reading beyond is the last of the log", () => {
    const bench = new Bench([current(2, long)], capacitor, { max_uV: 100_000 })
    bench.begin().run(1000, () => !bench.channel.isBusy)
    const last = bench.records.points.at(-1)
    expect(last?.mark).toBe("L")
    expect(last?.voltage_V).toBeGreaterThanOrEqual(0.1)
    expect(last?.voltage_V).toBeLessThan(0.1003)
    expectFault(bench, states.FAULT_OVER_VOLTAGE)
  })

  test(`a cutoff on a limit ends its step, at any current (seed ${SEED})`, () => {
    const size = fc.integer({ min: 0, max: 1000 }).map((part) => 0.002 * 20_000 ** (part / 1000))
    fc.assert(
      fc.property(size, fc.constantFrom(1, -1), (current_mA, sign) => {
        const size_A = current_mA / 1000
        // 0.3 mV a period: the last reading is beyond.
        const cell = { resistance_ohm: 0.01 / size_A, slope_V_per_C: 3e-3 / size_A, rest_V: 0 }
        const cutoff = sign > 0 ? above_V(0.1) : below_V(-0.1)
        const steps = [current(sign * current_mA, cutoff), current(-sign * current_mA, after_s(3))]
        const bench = new Bench(steps, cell, { max_uV: 100_000, min_uV: -100_000 })
        bench.begin().finish()
        expect(bench.channel.fault).toBe(states.FAULT_NONE)
        expect(bench.records.testEnds).toEqual([states.END_OF_PROGRAM])
      }),
      { seed: SEED, numRuns: 100 },
    )
  })

  test("but the next step's first reading must be within", () => {
    const steps = [current(1, above_V(0.1)), rest(after_s(10))]
    const bench = new Bench(steps, { ...capacitor, resistance_ohm: 1 }, { max_uV: 100_000 })
    // The rest is 1 mV lower; beyond the limit all the same when the cell's voltage stays.
    bench.begin().run(10_000, () => !bench.channel.isBusy)
    expect(bench.channel.state).toBe(states.STATE_FINISHED)
    const stays = new Bench(steps, { ...capacitor, resistance_ohm: 0 }, { max_uV: 100_000 })
    stays.begin().run(10_000, () => !stays.channel.isBusy)
    expectFault(stays, states.FAULT_OVER_VOLTAGE)
  })

  test("a held voltage below the limit does not reach it", () => {
    const step = currentThenVoltage(4, 0.2, after_s(300))
    const bench = new Bench([step], { ...capacitor, slow_ohm: 10, slow_s: 5 }, { max_uV: 206_000 })
    expect(bench.begin().run(3100).channel.state).toBe(states.STATE_FINISHED)
  })
})

describe("the delay", () => {
  const beyond = (delay_ms: number) =>
    new Bench([current(1, long)], resistor, { max_uV: 200_000, delay_ms }).begin().run(25)

  test.each([0, 100, 500, 2000])("of %d ms is waited for, and no longer", (delay_ms) => {
    const bench = beyond(delay_ms)
    bench.cell = { ...resistor, rest_V: 0.15 }
    expect(bench.untilOpen()).toBe(1 + delay_ms / 100)
    expectFault(bench, states.FAULT_OVER_VOLTAGE)
  })

  test("begins anew when the limit is kept in between", () => {
    const bench = beyond(500)
    for (let i = 0; i < 5; i++) {
      bench.cell = { ...resistor, rest_V: 0.15 }
      bench.run(5)
      bench.cell = resistor
      bench.run(1 + i)
    }
    expect(bench.channel.isBusy).toBe(true)
  })

  test("is not for what cannot wait", () => {
    for (const wrong of [{ isOpen: true }, { currentOffsetCode: 9e6 }, { voltageOffset_V: 6 }]) {
      const bench = beyond(10_000)
      Object.assign(bench, wrong)
      expect(bench.untilOpen()).toBeLessThanOrEqual(2)
      expect(bench.channel.state).toBe(states.STATE_FAULT)
    }
  })
})

describe("readings", () => {
  test("a single one that leaps is not judged, nor does the heart beat for it", () => {
    const bench = new Bench([current(1, after_s(10), above_V(0.5, END))], resistor, {
      max_uV: 1_000_000,
    })
    bench.begin().run(20)
    const before = bench.heartbeats
    bench.spikes_V.push(2)
    bench.run(1)
    expect(bench.heartbeats).toBe(before)
    bench.run(1)
    // Back where it was: that is as far a leap.
    expect(bench.heartbeats).toBe(before)
    bench.run(1)
    expect(bench.heartbeats).toBe(before + 1)
    expect(bench.finish().testEnds).toEqual([states.END_OF_PROGRAM])
    expect(bench.records.points.every(({ voltage_V }) => voltage_V < 0.2)).toBe(true)
    expect(bench.records.ends[0].testTime_ms).toBe(10_000)
  })

  test("two that agree are believed, and a cell that runs away is", () => {
    const steps = [current(1, above_V(1)), rest(after_s(1))]
    for (const spikes_V of [
      [1.5, 1.5, 1.5],
      [0.6, 1.3, 1.9],
      [0.6, 1.2, 1.8, 2.4],
    ]) {
      const bench = new Bench(steps, resistor, { max_uV: 3_000_000 }).begin().run(20)
      bench.spikes_V.push(...spikes_V)
      bench.run(3)
      expect(bench.channel.engine.index).toBe(1)
      expect(bench.channel.fault).toBe(states.FAULT_NONE)
    }
  })

  test(`stale ones are never judged, whatever they say (seed ${SEED})`, () => {
    // One in two periods at most: two in a row are a fault.
    const gaps = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 5, maxLength: 30 })
    fc.assert(
      fc.property(
        gaps,
        fc.constantFrom(ports.READING_STALE, ports.READING_LOST),
        (fresh, status) => {
          const bench = new Bench([current(1, after_s(20), above_V(0.2, END))], resistor, {
            max_uV: 300_000,
          })
          bench.begin().run(5)
          const before = bench.heartbeats
          let missed = 0
          for (const count of fresh) {
            bench.statuses.push(status)
            // What lies in the converter meanwhile means nothing.
            bench.voltageCode = 8_000_000
            bench.currentCode = -8_000_000
            bench.run(1)
            missed++
            bench.run(count)
          }
          expect(bench.channel.isBusy).toBe(true)
          const periods = fresh.reduce((sum, count) => sum + count + 1, 0)
          expect(bench.heartbeats - before).toBe(periods - missed)
          expect(bench.finish().ends[0].testTime_ms).toBe(20_000)
          expect(bench.records.points.every(({ voltage_V }) => voltage_V < 0.11)).toBe(true)
        },
      ),
      { seed: SEED, numRuns: 50 },
    )
  })

  test("a current that misses its set-point for one period comes back", () => {
    const bench = new Bench([current(5, long)], resistor).begin().run(20)
    for (let i = 0; i < 5; i++) {
      bench.compliance_A = 4.9e-3
      bench.run(1)
      bench.compliance_A = 0.1
      bench.run(20)
      expect(Math.abs(bench.channel.current_A - 5e-3)).toBeLessThan(FINE_A * 2)
    }
    expect(bench.channel.state).toBe(states.STATE_RUNNING)
  })

  test("the first period of a step may be off by the DACs' gain", () => {
    for (const driveGain of [0.014, -0.014]) {
      const steps = [
        current(40, after_s(2)),
        current(-40, after_s(2)),
        voltage(0.1, 40, after_s(9)),
      ]
      const bench = new Bench(steps, { ...resistor, resistance_ohm: 5 })
      bench.driveGain = driveGain
      expect(bench.begin().run(300).channel.state).toBe(states.STATE_FINISHED)
    }
  })
})

describe("a person", () => {
  test("ends a test that a fault has stopped; its name goes, and the log keeps it", () => {
    const bench = new Bench([current(1, long)], resistor).begin().run(20)
    bench.statuses.push(1, 1)
    bench.run(3)
    stop(bench.channel, states.STOPPED_BY_HOST, bench.now_ms)
    expect(bench.channel).toMatchObject({
      state: states.STATE_FINISHED,
      fault: states.FAULT_NONE,
      endReason: states.STOPPED_BY_HOST,
    })
    stop(bench.channel, states.STOPPED_BY_HOST, bench.now_ms)
    expect(bench.records.faults).toEqual([states.FAULT_STALE_READING])
    expect(bench.records.testEnds).toEqual([states.STOPPED_BY_HOST])
  })
})
