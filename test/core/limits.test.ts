import { describe, expect, test } from "vitest"
import * as states from "../../firmware/core/states"
import * as ports from "../../firmware/core/ports"
import { FINE_A, Bench, pointsOf, resistor, capacitor, rest, current } from "./channelBench"

describe("a fault opens the relay, is logged, and waits for a person", () => {
  /** What a bench must show after a fault. */
  function expectFault(bench: Bench, fault: number): void {
    expect(bench.channel.fault).toBe(fault)
    expect(bench.channel.state).toBe(states.STATE_FAULT)
    expect(bench.relayClosed[0]).toBe(false)
    bench.outputsAnswer = bench.dacsAnswer = true
    bench.run(5)
    expect(bench.isRelayClosed).toBe(false)
    expect(bench.channel.state).toBe(states.STATE_FAULT)
    expect(bench.records().at(-1)).toMatchObject({ kind: "fault", fault })
    expect(bench.records().filter(({ kind }) => kind === "testEnds")).toEqual([])
  }

  test("over-voltage, at the first reading beyond the limit, with the reading kept", () => {
    const bench = new Bench([current(2, { until_time_s: 100 })], capacitor, { max_voltage_V: 0.1 })
    bench.begin().run(1000, () => !bench.channel.isBusy)
    expect(bench.isRelayClosed).toBe(false) // in the same period
    const last = pointsOf(bench.records()).at(-1)
    expect(last?.isLast).toBe(true)
    expect(last?.voltage_uV).toBeGreaterThanOrEqual(100_000)
    expect(last?.voltage_uV).toBeLessThan(100_300)
    expectFault(bench, states.FAULT_OVER_VOLTAGE)
  })

  test("under-voltage", () => {
    const bench = new Bench([current(-2, { until_time_s: 100 })], capacitor, {
      min_voltage_V: -0.1,
    })
    bench.begin().run(1000, () => !bench.channel.isBusy)
    expectFault(bench, states.FAULT_UNDER_VOLTAGE)
  })

  test("a limit is no cutoff: a cell beyond it faults in a rest, too", () => {
    const bench = new Bench([rest(100)], { ...resistor, rest_V: 4.4 }, { max_voltage_V: 4.3 })
    bench.begin().run(2)
    expectFault(bench, states.FAULT_OVER_VOLTAGE)
  })

  test("three periods without a fresh reading, not two", () => {
    const bench = new Bench([rest(1000)], resistor).begin().run(10)
    for (let i = 0; i < 20; i++) {
      bench.status = ports.READING_STALE
      bench.run(2)
      bench.status = ports.READING_FRESH
      bench.run(1)
    }
    expect(bench.channel.state).toBe(states.STATE_RUNNING)
    bench.status = ports.READING_STALE
    bench.run(2)
    expect(bench.channel.isBusy).toBe(true)
    bench.run(1)
    expect(bench.isRelayClosed).toBe(false)
    expectFault(bench, states.FAULT_STALE_READING)
  })

  test("a converter that does not answer for three periods", () => {
    const bench = new Bench([rest(1000)], resistor).begin().run(10)
    bench.status = ports.READING_LOST
    bench.run(3)
    expectFault(bench, states.FAULT_CHIP_LOST)
  })

  test("stale readings while zeroing", () => {
    const bench = new Bench([rest(1000)], resistor)
    bench.channel.start(1, bench.now_ms, 25)
    bench.run(10)
    bench.status = ports.READING_STALE
    bench.run(3)
    expectFault(bench, states.FAULT_STALE_READING)
  })

  test("no heartbeat in a period without fresh readings", () => {
    const bench = new Bench([rest(1000)], resistor).begin().run(10)
    const before = bench.heartbeats
    bench.status = ports.READING_STALE
    bench.run(1)
    expect(bench.heartbeats).toBe(before)
    bench.status = ports.READING_FRESH
    bench.run(1)
    expect(bench.heartbeats).toBe(before + 1)
  })

  test("regulation lost: a current that misses its set-point for a second", () => {
    const bench = new Bench([current(5, { until_time_s: 1000 })], resistor).begin().run(20)
    bench.compliance_A = 4.9e-3
    bench.run(9)
    expect(bench.channel.state).toBe(states.STATE_RUNNING)
    bench.run(1)
    expectFault(bench, states.FAULT_REGULATION_LOST)
  })

  test("a current that misses its set-point for three periods comes back", () => {
    const bench = new Bench([current(5, { until_time_s: 1000 })], resistor).begin().run(20)
    for (let i = 0; i < 5; i++) {
      bench.compliance_A = 4.9e-3
      bench.run(3)
      bench.compliance_A = 0.1
      bench.run(20)
      expect(Math.abs(bench.channel.current_A() - 5e-3)).toBeLessThan(FINE_A)
    }
  })

  test("a clipped current reading", () => {
    const bench = new Bench([current(1, { until_time_s: 1000 })], resistor).begin().run(20)
    bench.currentOffsetCode = 8_000_000
    bench.run(1)
    expectFault(bench, states.FAULT_OVER_CURRENT)
  })

  test("a clipped voltage reading", () => {
    const bench = new Bench([rest(1000)], resistor).begin().run(20)
    bench.voltageOffset_V = 6
    bench.run(1)
    expectFault(bench, states.FAULT_SATURATED)
  })

  test("a zero that cannot be", () => {
    const bench = new Bench([rest(1)], resistor)
    bench.voltageOffset_V = 0.03
    bench.channel.start(1, bench.now_ms, 25)
    bench.run(100, () => !bench.channel.isBusy)
    expect(bench.charge_C).toBe(0)
    expectFault(bench, states.FAULT_ZEROING_FAILED)
  })

  test("DACs or relays that do not answer", () => {
    for (const part of ["dacsAnswer", "outputsAnswer"] as const) {
      const bench = new Bench([rest(1000)], resistor).begin().run(10)
      bench[part] = false
      bench.run(1)
      expectFault(bench, states.FAULT_CHIP_LOST)
    }
  })
})
