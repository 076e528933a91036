import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { stop } from "../../firmware/core/ending"
import * as ports from "../../firmware/core/ports"
import * as states from "../../firmware/core/states"
import { Bench, capacitor, FINE_A, resistor } from "./channelBench"
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
import type { HeaderEntry } from "./programs"

const SEED = 20_240_515
const long = after_s(10_000)

/** What a bench must show after a fault, now and when all that was wrong is well again. */
function expectFault(bench: Bench, fault: number): void {
  expect(bench.channel.fault).toBe(fault)
  expect(bench.channel.state).toBe(states.STATE_FAULT)
  expect(bench.relayClosed[0]).toBe(false)
  bench.outputsAnswer = bench.dacsAnswer = bench.fram.answers = true
  bench.run(5)
  expect(bench.isRelayClosed).toBe(false)
  expect(bench.isAwake).toBe(false)
  expect(bench.channel.state).toBe(states.STATE_FAULT)
  expect(bench.records.faults).toEqual([fault])
  expect(bench.records.testEnds).toEqual([])
}

/** Which fault, what goes wrong in mid-test, periods until the relay is open, and the program. */
type Case = [
  name: string,
  fault: number,
  periods: number,
  wrong: (bench: Bench) => void,
  steps?: Parameters<typeof current>,
  over?: Partial<HeaderEntry>,
]

const jump_V = (change_V: number) => (bench: Bench) => {
  bench.cell = { ...bench.cell, rest_V: bench.cell.rest_V + change_V }
}

const cases: Case[] = [
  ["over-voltage", states.FAULT_OVER_VOLTAGE, 1, jump_V(0.3), [1, long], { max_uV: 300_000 }],
  [
    "over-voltage by a leap",
    states.FAULT_OVER_VOLTAGE,
    2,
    jump_V(3),
    [1, long],
    { max_uV: 1_000_000 },
  ],
  ["under-voltage", states.FAULT_UNDER_VOLTAGE, 1, jump_V(-0.4), [1, long], { min_uV: -200_000 }],
  ["under-voltage by a leap", states.FAULT_UNDER_VOLTAGE, 2, jump_V(-2.1), [1, long]],
  [
    "over-voltage at 10 µA",
    states.FAULT_OVER_VOLTAGE,
    1,
    jump_V(0.4),
    [0.01, long],
    { max_uV: 300_000 },
  ],
  [
    "over-current",
    states.FAULT_OVER_CURRENT,
    1,
    (bench) => {
      bench.driveGain = 0.2
    },
    [10, long],
    { max_nA: 10_000_000 },
  ],
  [
    "a clipped current",
    states.FAULT_OVER_CURRENT,
    1,
    (bench) => {
      bench.currentOffsetCode = 9e6
    },
  ],
  [
    "a clipped voltage",
    states.FAULT_SATURATED,
    2,
    (bench) => {
      bench.voltageOffset_V = 6
    },
  ],
  [
    "a cell that comes off",
    states.FAULT_OPEN_CELL,
    2,
    (bench) => {
      bench.isOpen = true
    },
  ],
  [
    "one at a discharge",
    states.FAULT_OPEN_CELL,
    2,
    (bench) => {
      bench.isOpen = true
    },
    [-1, long],
  ],
  [
    "one at 10 µA",
    states.FAULT_OPEN_CELL,
    2,
    (bench) => {
      bench.isOpen = true
    },
    [-0.01, long],
  ],
  [
    "regulation lost",
    states.FAULT_REGULATION_LOST,
    2,
    (bench) => {
      bench.compliance_A = 0.98e-3
    },
  ],
  [
    "current that turns round",
    states.FAULT_REGULATION_LOST,
    2,
    (bench) => {
      bench.driveGain = -2
    },
    [0.5, long],
  ],
  [
    "stale readings",
    states.FAULT_STALE_READING,
    2,
    (bench) => {
      bench.statuses.push(1, 1, 1, 1)
    },
  ],
  [
    "a converter that is gone",
    states.FAULT_CHIP_LOST,
    2,
    (bench) => {
      bench.statuses.push(2, 2, 2, 2)
    },
  ],
  [
    "a DAC that is gone",
    states.FAULT_CHIP_LOST,
    1,
    (bench) => {
      bench.dacsAnswer = false
    },
  ],
  [
    "readings that jump about",
    states.FAULT_IMPLAUSIBLE,
    3,
    (bench) => {
      bench.spikes_V.push(2, 0, -2, 0, 2, 0)
    },
  ],
  [
    "a log that loses records",
    states.FAULT_LOG_LOST,
    3,
    (bench) => {
      bench.records.isLosing = true
      bench.channel.quietUntil_ms = 0
    },
  ],
]

describe("a fault opens the relay within three periods, is latched by name, and waits", () => {
  test.each(cases)("%s", (_, fault, periods, wrong, step = [1, long], over = {}) => {
    const bench = new Bench([current(...step)], resistor, over).begin().run(25)
    expect(bench.channel.state).toBe(states.STATE_RUNNING)
    wrong(bench)
    const taken = bench.untilOpen()
    expect(taken).toBeLessThanOrEqual(periods)
    expect(taken).toBeLessThanOrEqual(3)
    expectFault(bench, fault)
  })

  test(`the same, whenever in a test it happens (seed ${SEED})`, () => {
    const which = fc.integer({ min: 0, max: cases.length - 1 })
    fc.assert(
      fc.property(which, fc.integer({ min: 8, max: 60 }), (index, at) => {
        const [, fault, , wrong, step = [1, long], over = {}] = cases[index]
        const bench = new Bench([current(...step)], resistor, over).begin().run(at)
        wrong(bench)
        expect(bench.untilOpen()).toBeLessThanOrEqual(3)
        expectFault(bench, fault)
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  test("an expander that does not answer: its heartbeat stops, and the relay is open when it is back", () => {
    const bench = new Bench([rest(long)], resistor).begin().run(10)
    bench.outputsAnswer = false
    const before = bench.heartbeats
    bench.run(1)
    expect(bench.heartbeats).toBe(before)
    expectFault(bench, states.FAULT_CHIP_LOST)
  })

  test("the temperature, in the second in which it is read, and one of the board's own", () => {
    const over = { max_cdegC: 4000, min_cdegC: 1000 }
    for (const [degC, fault] of [
      [40.1, states.FAULT_OVER_TEMPERATURE],
      [9.9, states.FAULT_UNDER_TEMPERATURE],
    ]) {
      const bench = new Bench([current(1, long)], resistor, over).begin().run(33)
      bench.thermometer_degC = degC
      // The thermometer converts, and is read, once a second.
      expect(bench.untilOpen()).toBeLessThanOrEqual(10)
      expectFault(bench, fault)
    }
    const bench = new Bench([current(1, long)], resistor).begin().run(33)
    bench.thermometer_degC = 59
    expect(bench.run(30).channel.isBusy).toBe(true)
    bench.thermometer_degC = 60.5
    expect(bench.untilOpen()).toBeLessThanOrEqual(10)
    expectFault(bench, states.FAULT_OVER_TEMPERATURE)
  })

  test("a temperature that is not known forbids nothing", () => {
    const bench = new Bench([current(1, after_s(10))], resistor, { max_cdegC: 4000 }).begin()
    bench.thermometer_degC = Number.NaN
    expect(bench.run(200).channel.state).toBe(states.STATE_FINISHED)
  })

  test("a hard short at constant current, after its first minute, where it is asked for", () => {
    for (const flags of [8, 0]) {
      const bench = new Bench([current(2, long)], resistor, { flags }).begin().run(700)
      bench.cell = { ...resistor, resistance_ohm: 20 }
      if (flags === 0) expect(bench.run(100).channel.isBusy).toBe(true)
      else {
        expect(bench.untilOpen()).toBeLessThanOrEqual(3)
        expectFault(bench, states.FAULT_HARD_SHORT)
      }
    }
  })

  test("a memory that is gone: three periods after the first write that it did not take", () => {
    const bench = new Bench([current(1, long)], resistor).begin().run(25)
    bench.fram.answers = false
    // The next checkpoint is due within a second.
    expect(bench.untilOpen()).toBeLessThanOrEqual(13)
    expectFault(bench, states.FAULT_MEMORY_LOST)
    const gap = new Bench([current(1, long)], resistor).begin().run(25)
    gap.fram.answers = false
    gap.run(10, () => gap.channel.board.checkpoints.isLost)
    expect(gap.untilOpen()).toBeLessThanOrEqual(2)
  })

  test("a memory that misses a write is no fault", () => {
    const bench = new Bench([current(1, after_s(20))], resistor).begin()
    for (let i = 0; i < 8; i++) {
      bench.fram.answers = false
      bench.run(3 + i)
      if (bench.channel.state === states.STATE_FAULT) break
      bench.fram.answers = true
      bench.run(11)
    }
    // 300 ms without an answer are borne, and no more than a few of them.
    expect(bench.records.faults.every((fault) => fault === states.FAULT_MEMORY_LOST)).toBe(true)
    const once = new Bench([current(1, after_s(20))], resistor).begin().run(20)
    once.fram.answers = false
    once.run(1)
    once.fram.answers = true
    expect(once.run(400).channel.state).toBe(states.STATE_FINISHED)
  })
})

describe("before the first current", () => {
  test.each<[string, number, Partial<Bench>]>([
    ["a voltage path that is off", states.FAULT_ZEROING_FAILED, { voltageOffset_V: 0.03 }],
    ["a dummy that is off", states.FAULT_SELF_TEST_FAILED, { dummy_ohm: 102 }],
    ["a holder without a cell", states.FAULT_OPEN_CELL, { isOpen: true }],
  ])("%s", (_, fault, wrong) => {
    const bench = new Bench([current(1, long)], resistor)
    Object.assign(bench, wrong)
    bench.start().run(300, () => !bench.channel.isBusy)
    expect(Math.abs(bench.charge_C)).toBeLessThan(FINE_A)
    expectFault(bench, fault)
    if (fault === states.FAULT_SELF_TEST_FAILED)
      expect(bench.records.of("selfTest")[0].error_ppm).toBeCloseTo(20_000, -1)
  })

  test("stale readings while zeroing", () => {
    const bench = new Bench([rest(long)], resistor).start().run(10)
    bench.statuses.push(1)
    bench.run(5)
    expect(bench.channel.isBusy).toBe(true)
    bench.statuses.push(1, 1)
    bench.run(2)
    expectFault(bench, states.FAULT_STALE_READING)
  })
})

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
