import fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as states from "../../firmware/core/states"
import { Bench, FINE_A, resistor } from "./channelBench"
import { expectFault } from "./expectFault"
import { after_s, current, rest } from "./methods"
import type { HeaderEntry } from "./programs"

const SEED = 20_240_519
const long = after_s(10_000)

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
      const bench = new Bench([current(1, long)], resistor, over)
      bench.thermometer_degC = degC > 25 ? 38 : 12
      bench.begin().run(33)
      bench.thermometer_degC = degC
      // The thermometer converts, and is read, once a second.
      expect(bench.untilOpen()).toBeLessThanOrEqual(10)
      expectFault(bench, fault)
    }
    const bench = new Bench([current(1, long)], resistor).begin().run(33)
    bench.thermometer_degC = 59
    expect(bench.run(30).channel.isBusy).toBe(true)
    expect(bench.channel.board.temperature_degC).toBe(59)
    bench.thermometer_degC = 60.5
    expect(bench.untilOpen()).toBeLessThanOrEqual(10)
    expectFault(bench, states.FAULT_OVER_TEMPERATURE)
  })

  test("one temperature that leaps is not believed, two that agree are", () => {
    const bench = new Bench([current(1, long)], resistor).begin().run(33)
    for (const degC of [90, 25, -60, 25, 140]) {
      bench.thermometer_degC = degC
      expect(bench.run(10).channel.isBusy).toBe(true)
    }
    expect(bench.run(10).channel.fault).toBe(states.FAULT_OVER_TEMPERATURE)
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
    const bench = new Bench([current(1, after_s(20))], resistor).begin().run(20)
    for (let i = 0; i < 10; i++) {
      bench.fram.answers = false
      bench.run(1)
      bench.fram.answers = true
      bench.run(10)
    }
    expect(bench.run(400).channel.state).toBe(states.STATE_FINISHED)
  })

  test("a log that FRAM does not take is a memory that is gone", () => {
    const bench = new Bench([current(1, long)], resistor).begin().run(25)
    bench.log.isMemoryLost = true
    // Looked at twice a second.
    expect(bench.untilOpen()).toBeLessThanOrEqual(5)
    expectFault(bench, states.FAULT_MEMORY_LOST)
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
    bench.statuses.push(1, 1, 1, 1)
    bench.run(8)
    expect(bench.channel.isBusy).toBe(true)
    bench.statuses.push(1, 1, 1, 1, 1)
    bench.run(5)
    expectFault(bench, states.FAULT_STALE_READING)
  })
})
