import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { currentPerCode } from "../../firmware/core/circuit"
import { NO_CAUSE } from "../../firmware/core/logFormat"
import * as states from "../../firmware/core/states"
import { Bench, capacitor, circuit, FINE_A, PERIOD_ms, resistor } from "./channelBench"
import * as method from "./methods"

const { above_V, after_s, and, below_V, charge_mAh, current, END, loop, rest, rules } = method

const SEED = 20_240_509
const part = (size: number) => fc.double({ min: -size, max: size, noNaN: true })
const signs = fc.constantFrom(1, -1)

describe("a test", () => {
  test("zeroes on the dummy, closes the relay at 0 A, runs its steps and opens it", () => {
    const bench = new Bench([rest(after_s(1)), current(1, after_s(2))], resistor, {
      rules: rules(),
    })
    bench.thermometer_degC = 23.25
    bench.start()
    let zeroing = 0
    while (bench.channel.state === states.STATE_ZEROING) {
      if (!bench.isRelayClosed) zeroing++
      bench.period()
    }
    expect(zeroing * PERIOD_ms).toBeLessThan(16_000)
    expect(bench.isRelayClosed).toBe(true)
    expect(Math.abs(bench.charge_C)).toBeLessThan(FINE_A * 0.2)
    const records = bench.finish()
    expect(bench.isRelayClosed).toBe(false)
    expect(bench.isAwake).toBe(false)
    expect(bench.channel.state).toBe(states.STATE_FINISHED)
    expect(records.entries.filter(({ kind }) => kind !== "temperature")).toMatchObject([
      { kind: "test", test: 7, date_s: 0, flags: 1, temperature_degC: 25 },
      { kind: "selfTest", testTime_ms: 0, offset_uV: 0 },
      { kind: "step", testTime_ms: 0, index: 0, type: 1, cycle: 1, cause: NO_CAUSE },
      { kind: "point", mark: "F", testTime_ms: 100 },
      { kind: "point", mark: "L", testTime_ms: 1000 },
      { kind: "step", testTime_ms: 1000, index: 1, type: 2, cycle: 1, cause: 0 },
      { kind: "point", mark: "F", testTime_ms: 1100 },
      { kind: "point", mark: "L", testTime_ms: 3000 },
      { kind: "event", testTime_ms: 3000, detail: states.END_OF_PROGRAM },
    ])
    expect(records.of("temperature").at(-1)?.temperature_degC).toBe(23.25)
    expect(records.flushes).toBe(1)
  })

  test("counts cycles and steps of loops, and says what ended a step", () => {
    const bench = new Bench(
      [
        method.beginsCycle(current(1, above_V(9.9e-1), after_s(1))),
        current(-1, after_s(1)),
        method.beginsCycle(loop(0, 3)),
      ],
      resistor,
    )
    bench.begin().finish()
    expect(
      bench.records.of("step").map(({ index, cycle, cause }) => [index, cycle, cause]),
    ).toEqual([
      [0, 1, NO_CAUSE],
      [1, 1, 1],
      [0, 2, 0],
      [1, 2, 1],
      [0, 3, 0],
      [1, 3, 1],
    ])
    expect(bench.channel.engine.stepCount).toBe(6)
  })

  test("a second one on the same channel begins with nothing of the first", () => {
    const bench = new Bench([current(1, after_s(5)), method.voltage(0.1, 5, after_s(5))], resistor)
    bench.begin().finish()
    const first = [...bench.records.points]
    bench.begin().finish()
    expect(bench.records.points.slice(first.length)).toEqual(first)
    expect(bench.channel.engine.stepCount).toBe(2)
  })

  test("a step's goto, and a condition's way to the end", () => {
    const steps = [
      current(1, after_s(5), above_V(0.05, 2)),
      current(2, after_s(5)),
      current(3, after_s(5), above_V(0.2, END)),
      current(4, after_s(5)),
    ]
    const { records, channel } = new Bench(steps, resistor).begin().run(1000)
    expect(records.of("step").map(({ index, cause }) => [index, cause])).toEqual([
      [0, NO_CAUSE],
      [2, 1],
    ])
    expect(channel.endReason).toBe(states.END_OF_PROGRAM)
    expect(records.testEnds).toEqual([states.END_OF_PROGRAM])
  })

  test("a program that never takes time, or whose step cannot be read, is a fault", () => {
    const always = method.jump(below_V(4, 1))
    const { channel, records } = new Bench([rest(after_s(1)), always], resistor).begin().run(20)
    expect(channel.fault).toBe(states.FAULT_PROGRAM_LOST)
    expect(records.faults).toEqual([states.FAULT_PROGRAM_LOST])
    const bench = new Bench([rest(after_s(1)), rest(after_s(1))], resistor).begin()
    bench.steps[1][40] ^= 1
    bench.run(20)
    expect(bench.channel.fault).toBe(states.FAULT_PROGRAM_LOST)
    expect(bench.isRelayClosed).toBe(false)
  })
})

describe("a step ends at the period nearest to its cutoff", () => {
  test(`time (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 5000 }), (time_ms) => {
        const [end] = new Bench([rest(after_s(time_ms / 1000))], resistor).begin().finish().ends
        expect(Math.abs(end.testTime_ms - time_ms)).toBeLessThanOrEqual(PERIOD_ms / 2)
      }),
      { seed: SEED, numRuns: 40 },
    )
  })

  test(`charge, whose record is what passed through the cell (seed ${SEED})`, () => {
    const cases = fc.record({
      current_mA: fc.tuple(fc.double({ min: 0.05, max: 45, noNaN: true }), signs),
      time_s: fc.double({ min: 3, max: 20, noNaN: true }),
      // Up to 8 µA in the widest range.
      currentOffsetCode: fc.integer({ min: -1000, max: 1000 }),
      voltageOffset_V: part(0.01),
      driveGain: part(0.014),
    })
    fc.assert(
      fc.property(cases, ({ current_mA: [size_mA, sign], time_s, ...errors }) => {
        const capacity_mAh = (size_mA * time_s) / 3600
        const bench = new Bench([current(size_mA * sign, charge_mAh(capacity_mAh))], {
          ...resistor,
          resistance_ohm: 10,
        })
        Object.assign(bench, errors)
        bench.begin()
        const before_C = bench.charge_C
        const before_J = bench.energy_J
        const [end] = bench.finish().ends
        const charge_mAh_ = end.charge_mAs / 3600
        const perPeriod_mAh = (size_mA * PERIOD_ms) / 3.6e6
        // The table has whole nAh.
        expect(Math.abs(Math.abs(charge_mAh_) - capacity_mAh)).toBeLessThan(
          perPeriod_mAh * 0.51 + 0.5e-6,
        )
        // Half a code of the range: 3 nA in the widest.
        const code_A = 0.5 * currentPerCode(circuit, circuit.currentRanges[0])
        const passed_s = time_s + 1
        expect(Math.abs(end.charge_mAs / 1000 - (bench.charge_C - before_C))).toBeLessThan(
          code_A * passed_s,
        )
        // The voltage is read near the end of a period and taken for all of it.
        expect(end.energy_mWs / 1000 / (bench.energy_J - before_J)).toBeCloseTo(1, 2)
      }),
      { seed: SEED, numRuns: 40 },
    )
  })

  test(`voltage, rising and falling: the first reading there (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 900 }), signs, (size_mV, sign) => {
        const until_V = (sign * size_mV) / 1000
        const cutoff = sign > 0 ? above_V(until_V) : below_V(until_V)
        // 1 mV a period.
        const cell = { ...capacitor, slope_V_per_C: 5 }
        const bench = new Bench([current(2 * sign, cutoff)], cell)
        const [end] = bench.begin().finish().ends
        const beyond_mV = sign * end.voltage_V * 1000 - size_mV
        expect(beyond_mV).toBeGreaterThanOrEqual(-0.001)
        expect(beyond_mV).toBeLessThan(1.1)
        expect(bench.channel.state).toBe(states.STATE_FINISHED)
      }),
      { seed: SEED, numRuns: 30 },
    )
  })

  test("a 0 V cutoff ends a discharge at 0 V", () => {
    const bench = new Bench([current(-1, below_V(0))], { ...capacitor, rest_V: 0.05 })
    const [end] = bench.begin().finish().ends
    expect(end.voltage_V).toBeLessThanOrEqual(0)
    expect(end.voltage_V).toBeGreaterThan(-2e-4)
    expect(end.charge_mAs).toBeCloseTo(-40, 0)
  })

  test("energy, current, the cycle, the temperature and a voltage that stands still", () => {
    const energy = new Bench([current(10, method.energy_mWh(0.01))], resistor).begin().finish()
    // 1 V × 10 mA.
    expect(energy.ends[0].testTime_ms).toBeCloseTo(3600, -2)
    const warm = new Bench([rest(method.above_degC(30))], resistor).begin().run(30)
    expect(warm.channel.isBusy).toBe(true)
    warm.thermometer_degC = 30.5
    expect(warm.run(30).channel.state).toBe(states.STATE_FINISHED)
    const cell = { ...resistor, slow_ohm: 100, slow_s: 60 }
    const still = new Bench([current(1, method.slope_below_uV_per_s(10))], cell).begin().finish()
    // dV/dt = 0.1 V/60 s × e^(−t/60 s) is 10 µV/s after 307 s; means of 30 s tell it within 60 s.
    expect(still.ends[0].testTime_ms).toBeGreaterThan(307_000)
    expect(still.ends[0].testTime_ms).toBeLessThan(400_000)
    const sinks = new Bench(
      [method.currentThenVoltage(1, 0.2, method.current_below_mA(0.1))],
      capacitor,
    )
    expect(Math.abs(sinks.begin().finish().ends[0].current_A - 1e-4)).toBeLessThan(5e-6)
    const cycles = new Bench(
      [
        method.beginsCycle(current(1, after_s(1), method.fromCycle(3, END))),
        method.beginsCycle(loop(0, 9)),
      ],
      resistor,
    )
    cycles.begin().finish()
    expect(cycles.records.of("step").map(({ cycle }) => cycle)).toEqual([1, 2, 3])
  })

  test("the first of several, and of linked ones all", () => {
    const end = (...conditions: Parameters<typeof current>[1][]) =>
      new Bench([current(1, ...conditions)], capacitor).begin().finish().ends[0]
    expect(end(after_s(3), above_V(4), charge_mAh(10)).testTime_ms).toBe(3000)
    // 10 mV at once, and 1 mV a second.
    expect(end(and(after_s(3)), above_V(0.02), after_s(100)).voltage_V).toBeCloseTo(0.02, 3)
    expect(end(and(after_s(30)), above_V(0.02), after_s(100)).testTime_ms).toBe(30_000)
  })
})

describe("what a period is worth", () => {
  test("in quiet, nothing but the current: a channel looks at its readings once a second", () => {
    const bench = new Bench([current(1, after_s(1000))], resistor, {
      rules: rules({ time_s: 1000 }),
    }).begin()
    bench.run(50)
    let looks = 0
    let until_ms = bench.channel.quietUntil_ms
    bench.run(600, () => {
      if (bench.channel.quietUntil_ms !== until_ms) looks++
      until_ms = bench.channel.quietUntil_ms
      return false
    })
    expect(looks).toBeLessThanOrEqual(62)
    expect(looks).toBeGreaterThanOrEqual(59)
    expect(Math.abs(bench.channel.current_A - 1e-3)).toBeLessThan(FINE_A)
  })

  test(`a look at every reading would find nothing more (seed ${SEED})`, () => {
    const cases = fc.record({
      size_mA: fc.double({ min: 0.05, max: 20, noNaN: true }),
      resistance_ohm: fc.integer({ min: 1, max: 100 }),
      slope_V_per_C: fc.double({ min: 0, max: 2, noNaN: true }),
      until_V: fc.double({ min: 0.01, max: 1.5, noNaN: true }),
      charge_mAh: fc.double({ min: 0.001, max: 0.1, noNaN: true }),
      every_mV: fc.integer({ min: 1, max: 100 }),
      every_s: fc.integer({ min: 1, max: 30 }),
    })
    fc.assert(
      fc.property(cases, (of) => {
        const steps = [
          rest(after_s(2)),
          current(of.size_mA, above_V(of.until_V), charge_mAh(of.charge_mAh), after_s(60)),
          current(-of.size_mA, and(charge_mAh(of.charge_mAh)), below_V(0), after_s(60)),
          method.pulse(of.size_mA, after_s(1)),
          rest(after_s(15)),
        ]
        const { resistance_ohm, slope_V_per_C } = of
        const run = (looks: boolean) => {
          const bench = new Bench(
            steps,
            { resistance_ohm, slope_V_per_C, rest_V: 0 },
            { rules: rules({ time_s: of.every_s, voltage_V: of.every_mV / 1000 }) },
          ).begin()
          bench.run(3000, () => {
            if (looks) bench.channel.quietUntil_ms = 0
            return !bench.channel.isBusy
          })
          return bench.records.entries
        }
        expect(run(false)).toEqual(run(true))
      }),
      { seed: SEED, numRuns: 60 },
    )
  })

  test("the first voltage of a step is the one right after its beginning", () => {
    const bench = new Bench([rest(after_s(1)), current(1, after_s(2)), rest(after_s(1))], {
      ...resistor,
      slow_ohm: 100,
      slow_s: 0.05,
    })
    const first = bench
      .begin()
      .finish()
      .points.filter(({ mark }) => mark === "F")
    // 0.1 V at once, and of the other 0.1 V what comes within 13 ms.
    expect(first[1].voltage_V).toBeCloseTo(0.1 + 0.1 * (1 - Math.exp(-0.013 / 0.05)), 3)
    expect(first[2].voltage_V).toBeCloseTo(0.1 * Math.exp(-0.013 / 0.05), 3)
    expect(Math.abs(first[1].current_A - 1e-3)).toBeLessThan(20e-6)
  })

  test(`a calibration is in force, with its common mode, unless readings are raw (seed ${SEED})`, () => {
    const errors = fc.tuple(part(0.004), part(0.003), part(0.004), part(10e-6), part(0.01))
    fc.assert(
      fc.property(
        errors,
        fc.boolean(),
        fc.constantFrom(1.2, 2.4, 20),
        ([gain, offset_V, currentGain, offset_A, ohm], isRaw, target_mA) => {
          const bench = new Bench([current(target_mA, after_s(5))], resistor, {
            flags: isRaw ? 3 : 1,
          })
          Object.assign(bench.calibration, {
            isMeasured: true,
            date_s: 1e9,
            voltageGain: gain,
            voltageOffset_V: offset_V,
            commonMode_ohm: ohm,
            currentGain: [currentGain, currentGain, currentGain],
            currentOffset_A: [offset_A, offset_A, offset_A],
          })
          const [end] = bench.begin().finish().ends
          // The bench is nominal, so what is read is what the calibration makes of it.
          const raw_A = isRaw ? target_mA / 1000 : (target_mA / 1000 - offset_A) / (1 + currentGain)
          expect(end.current_A).toBeCloseTo(target_mA / 1000, 6)
          const raw_V = raw_A * resistor.resistance_ohm
          const shown_V = isRaw ? raw_V : raw_V * (1 + gain) + offset_V + ohm * (target_mA / 1000)
          expect(Math.abs(end.voltage_V - shown_V)).toBeLessThan(FINE_A * 150)
          expect(bench.records.of("test")[0]).toMatchObject(
            isRaw ? { flags: 1, date_s: 0 } : { flags: 0, date_s: 1e9 },
          )
        },
      ),
      { seed: SEED, numRuns: 50 },
    )
  })
})
