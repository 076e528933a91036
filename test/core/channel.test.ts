import fc from "fast-check"
import { describe, expect, test } from "vitest"
import manifest from "../../devicescript.json" with { type: "json" }
import { Calibration, NO_CORRECTION } from "../../firmware/core/calibration"
import * as channels from "../../firmware/core/channel"
import * as states from "../../firmware/core/states"
import { amperesPerFineStep, currentPerCode, voltagePerCode } from "../../firmware/core/circuit"
import type { Log } from "../../firmware/core/log"
import { LogPage } from "../../firmware/core/logPage"
import * as ports from "../../firmware/core/ports"
import { MAX_PROGRAM_BYTES, Program } from "../../firmware/core/program"
import { Recorder } from "../../firmware/core/recorder"
import { Tester } from "../../firmware/core/tester"
import { decodePage, type LogRecord } from "../../host/log/page"
import { compileProtocol } from "../../host/protocol/compile"
import type { MethodStep, Protocol } from "../../host/protocol/schema"

const SEED = 20_240_509
const circuit = manifest.frontEnd
const PERIOD_ms = manifest.control.period_ms
const FINE_A = amperesPerFineStep(circuit)

/** A resistor and a capacitor in series, in ohms and volts per coulomb. */
interface TestCell {
  resistance_ohm: number
  slope_V_per_C: number
  rest_V: number
}

/** One channel over a perfect analog circuit: what it reads of a period is what flowed all through it. */
class Bench implements ports.Converter, ports.SetpointDacs, ports.Outputs {
  currentCode = 0
  voltageCode = 0
  status = ports.READING_FRESH
  readonly fine = [2048]
  readonly coarse = [2048]
  isCoarseStale = false
  readonly relayClosed = [false]
  isStale = false

  now_ms = 1000
  charge_C = 0
  dacsAnswer = true
  outputsAnswer = true
  heartbeats = 0
  isAwake = false
  /** What the output stage can drive at most. */
  compliance_A = 0.1
  currentOffsetCode = 0
  voltageOffset_V = 0
  readonly channel: channels.Channel
  private readonly tester: Tester
  private readonly pages: LogRecord[] = []
  private range = 0
  private isShorted = false
  private drive_A = 0
  private relay = false

  constructor(
    method: MethodStep[],
    private readonly cell: TestCell,
    over: Partial<Protocol["record"]> & Partial<Protocol["safety"]> = {},
  ) {
    const { max_voltage_V = 5, min_voltage_V = -1, max_current_mA = 50 } = over
    const { time_s = 10, voltage_V = 1, burst_s = 0 } = over
    const log = {
      append: (page: LogPage) => {
        page.close(0, 0, this.now_ms)
        const bytes = Uint8Array.from(page.frame as Uint8Array)
        this.pages.push(...decodePage(bytes.subarray(ports.FLASH_COMMAND_BYTES)).records)
      },
      isQueued: () => false,
      service: () => {},
    } as unknown as Log
    const page = () => new LogPage(new Uint8Array(ports.FLASH_COMMAND_BYTES + ports.PAGE_BYTES))
    const recorder = new Recorder(0, log, page(), page())
    this.channel = new channels.Channel(
      0,
      circuit,
      PERIOD_ms,
      { converter: this, dacs: this, outputs: this },
      new Program(new Uint8Array(MAX_PROGRAM_BYTES)),
      new Calibration(NO_CORRECTION),
      recorder,
    )
    const converters = {
      startCurrents: () => {},
      takeCurrents: () => {},
      takeVoltages: () => this.convert(),
    }
    // The bench is DACs and outputs in one: `update` with an argument is the outputs'.
    this.tester = new Tester([this.channel], converters, this, this, log)
    const protocol: Protocol = {
      record: { time_s, voltage_V, burst_s },
      safety: { max_voltage_V, min_voltage_V, max_current_mA },
      method,
    }
    const { bytes } = compileProtocol(protocol, { name: "test" }, circuit)
    if (!this.channel.program.load(bytes, bytes.length, circuit)) throw new Error("bad program")
  }

  update(healthy?: boolean): boolean {
    if (healthy === undefined) {
      if (!this.dacsAnswer) return false
      const drive = (this.coarse[0] - 2048) * circuit.fineRatio + this.fine[0] - 2048
      this.drive_A = drive * FINE_A
      return true
    }
    if (!this.outputsAnswer) return false
    this.relay = this.relayClosed[0]
    if (healthy) this.heartbeats++
    return true
  }

  selectCurrent(range: number, isShorted: boolean): void {
    this.range = range
    this.isShorted = isShorted
  }

  wake(): void {
    this.isAwake = true
  }

  sleep(): void {
    this.isAwake = false
  }

  /** Starts the program and brings it to the first period of its first step. */
  begin(): this {
    this.channel.start(7, this.now_ms, 25)
    this.run(100, () => this.channel.state === states.STATE_RUNNING)
    expect(this.channel.state).toBe(states.STATE_RUNNING)
    return this
  }

  period(): void {
    this.now_ms += PERIOD_ms
    this.tester.endPeriod(this.now_ms)
  }

  /** Lets periods pass: so many, or until something is so. */
  run(periods: number, until: () => boolean = () => false): this {
    for (let i = 0; i < periods && !until(); i++) this.period()
    return this
  }

  /** Runs to the end of the test and gives its records. */
  finish(periods = 20_000): LogRecord[] {
    this.run(periods, () => !this.channel.isBusy)
    return this.records()
  }

  /** All records so far. */
  records(): LogRecord[] {
    this.channel.recorder.flush()
    return this.pages
  }

  get isRelayClosed(): boolean {
    return this.relay
  }

  /** One period goes by in the circuit, and its readings are taken. */
  private convert(): void {
    const limit_A = this.compliance_A
    const current_A = Math.max(-limit_A, Math.min(limit_A, this.drive_A))
    if (this.relay) this.charge_C += (current_A * PERIOD_ms) / 1000
    const range = circuit.currentRanges[this.range]
    const seen_A = this.isShorted ? 0 : current_A
    const { resistance_ohm, slope_V_per_C, rest_V } = this.cell
    const voltage_V = this.relay
      ? rest_V + this.charge_C * slope_V_per_C + current_A * resistance_ohm
      : current_A * circuit.dummy_ohm
    this.currentCode = clip(seen_A / currentPerCode(circuit, range) + this.currentOffsetCode)
    this.voltageCode = clip((voltage_V + this.voltageOffset_V) / voltagePerCode(circuit))
  }
}

function clip(code: number): number {
  return Math.max(-8_388_608, Math.min(8_388_607, Math.round(code)))
}

type Point = Extract<LogRecord, { kind: "point" }>
const pointsOf = (records: LogRecord[]): Point[] =>
  records.filter((record): record is Point => record.kind === "point")
/** Last points of all steps. */
const endsOf = (records: LogRecord[]) => pointsOf(records).filter((point) => point.isLast)

const resistor: TestCell = { resistance_ohm: 100, slope_V_per_C: 0, rest_V: 0 }
const capacitor: TestCell = { resistance_ohm: 10, slope_V_per_C: 1, rest_V: 0 }
const rest = (until_time_s: number): MethodStep => ({ step: "open_circuit_voltage", until_time_s })
const current = (
  current_mA: number,
  until: Omit<Extract<MethodStep, { step: "constant_current" }>, "step" | "current_mA">,
): MethodStep => ({ step: "constant_current", current_mA, ...until })

describe("a test", () => {
  test("zeroes on the dummy, closes the relay at 0 A, runs its steps and opens it", () => {
    const bench = new Bench([rest(1), current(1, { until_time_s: 2 })], resistor)
    bench.channel.start(7, bench.now_ms, 23.25)
    let zeroing = 0
    while (bench.channel.state === states.STATE_ZEROING) {
      if (!bench.isRelayClosed) zeroing++
      bench.period()
    }
    expect(zeroing * PERIOD_ms).toBeLessThan(5000)
    expect(bench.isRelayClosed).toBe(true)
    expect(Math.abs(bench.charge_C)).toBeLessThan(FINE_A * 0.2)
    const records = bench.finish()
    expect(bench.isRelayClosed).toBe(false)
    expect(bench.isAwake).toBe(false)
    expect(bench.channel.state).toBe(states.STATE_FINISHED)
    expect(records.map((record) => record.kind)).toEqual([
      "testBegins",
      "stepBegins",
      "point",
      "point",
      "stepBegins",
      "point",
      "point",
      "testEnds",
    ])
    expect(records[0]).toMatchObject({ calibrationDate_s: 0, temperature_degC: 23.25 })
    expect(records.at(-1)).toMatchObject({ reason: states.END_OF_PROGRAM, testTime_ms: 3000 })
  })

  test("counts cycles and steps of loops", () => {
    const bench = new Bench(
      [
        { step: "tag", tag: "a" },
        current(1, { until_time_s: 1 }),
        current(-1, { until_time_s: 1 }),
        { step: "loop", loop_to: "a", cycle_count: 3 },
      ],
      resistor,
    )
    const steps = bench
      .begin()
      .finish()
      .filter(({ kind }) => kind === "stepBegins")
    expect(steps.map(({ stepIndex, cycle, stepCount }) => [stepIndex, cycle, stepCount])).toEqual([
      [0, 1, 1],
      [1, 1, 2],
      [0, 2, 3],
      [1, 2, 4],
      [0, 3, 5],
      [1, 3, 6],
    ])
  })

  test("stopped by the host", () => {
    const bench = new Bench([rest(100)], resistor).begin().run(10)
    bench.channel.stop(states.STOPPED_BY_HOST, bench.now_ms)
    bench.period()
    expect(bench.isRelayClosed).toBe(false)
    expect(bench.records().at(-1)).toMatchObject({ kind: "testEnds", reason: 1 })
    bench.channel.stop(states.STOPPED_BY_HOST, bench.now_ms)
    expect(bench.records().filter(({ kind }) => kind === "testEnds")).toHaveLength(1)
  })

  test("a second test on the same channel begins with nothing of the first", () => {
    const bench = new Bench([current(1, { until_time_s: 5 })], resistor)
    const first = pointsOf(bench.begin().finish())
    const before = bench.records().length
    const second = pointsOf(bench.begin().finish().slice(before))
    expect(second).toEqual(first)
  })
})

describe("a step ends at the period nearest to its cutoff", () => {
  test(`time (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 5000 }), (time_ms) => {
        const bench = new Bench([rest(time_ms / 1000)], resistor)
        const [end] = endsOf(bench.begin().finish())
        expect(Math.abs(end.testTime_ms - time_ms)).toBeLessThanOrEqual(PERIOD_ms / 2)
      }),
      { seed: SEED, numRuns: 40 },
    )
  })

  test(`charge, whose record is what passed through the cell (seed ${SEED})`, () => {
    const cases = fc.record({
      current_mA: fc
        .tuple(fc.double({ min: 0.05, max: 45, noNaN: true }), fc.constantFrom(1, -1))
        .map(([size, sign]) => size * sign),
      time_s: fc.double({ min: 3, max: 20, noNaN: true }),
      currentOffsetCode: fc.integer({ min: -5000, max: 5000 }),
      voltageOffset_V: fc.double({ min: -0.01, max: 0.01, noNaN: true }),
    })
    fc.assert(
      fc.property(cases, ({ current_mA, time_s, currentOffsetCode, voltageOffset_V }) => {
        const capacity_mAh = (Math.abs(current_mA) * time_s) / 3600
        const bench = new Bench([current(current_mA, { until_capacity_mAh: capacity_mAh })], {
          ...resistor,
          resistance_ohm: 10,
        })
        Object.assign(bench, { currentOffsetCode, voltageOffset_V })
        bench.begin()
        const before_C = bench.charge_C
        const [end] = endsOf(bench.finish())
        expect(Math.abs(end.stepCharge_nAh)).toBeGreaterThan(0)
        const miss_nAh = Math.abs(end.stepCharge_nAh) - capacity_mAh * 1e6
        const perPeriod_nAh = (Math.abs(current_mA) * PERIOD_ms) / 3.6
        expect(Math.abs(miss_nAh)).toBeLessThan(perPeriod_nAh * 0.51 + 1)
        const passed_nAh = (bench.charge_C - before_C) / 3.6e-6
        // One code of the widest range is 6 nA, and the log keeps whole nAh.
        expect(Math.abs(end.stepCharge_nAh - passed_nAh)).toBeLessThan(1)
      }),
      { seed: SEED, numRuns: 40 },
    )
  })

  test(`voltage, rising and falling: the first reading there (seed ${SEED})`, () => {
    const cutoffs = fc.tuple(fc.integer({ min: 30, max: 900 }), fc.constantFrom(1, -1))
    fc.assert(
      fc.property(cutoffs, ([size_mV, sign]) => {
        const until_voltage_V = (sign * size_mV) / 1000
        const bench = new Bench([current(2 * sign, { until_voltage_V })], {
          ...capacitor,
          slope_V_per_C: 5, // 1 mV a period
        })
        const [end] = endsOf(bench.begin().finish())
        const beyond_uV = sign * end.voltage_uV - size_mV * 1000
        expect(beyond_uV).toBeGreaterThanOrEqual(0)
        expect(beyond_uV).toBeLessThan(1100)
        expect(bench.channel.state).toBe(states.STATE_FINISHED)
      }),
      { seed: SEED, numRuns: 30 },
    )
  })

  test("a 0 V cutoff ends a discharge at 0 V", () => {
    const bench = new Bench([current(-1, { until_voltage_V: 0 })], { ...capacitor, rest_V: 0.05 })
    const [end] = endsOf(bench.begin().finish())
    expect(end.voltage_uV).toBeLessThanOrEqual(0)
    expect(end.voltage_uV).toBeGreaterThan(-200)
    expect(end.stepCharge_nAh * 3.6e-6).toBeCloseTo(-0.04, 3)
  })

  test("the first of several cutoffs", () => {
    const until = { until_time_s: 3, until_voltage_V: 4, until_capacity_mAh: 10 }
    const [end] = endsOf(new Bench([current(1, until)], capacitor).begin().finish())
    expect(end.testTime_ms).toBe(3000)
  })
})

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

describe("recording", () => {
  test("the first and the last reading of each step, and one each interval between", () => {
    const bench = new Bench([rest(35), current(1, { until_time_s: 25 })], resistor)
    const points = pointsOf(bench.begin().finish())
    expect(points.map(({ testTime_ms }) => testTime_ms)).toEqual([
      100, 10_100, 20_100, 30_100, 35_000, 35_100, 45_100, 55_100, 60_000,
    ])
    const marks = points.map(({ isFirst, isLast }) => (isFirst ? "F" : isLast ? "L" : "."))
    expect(marks.join("")).toBe("F...LF..L")
  })

  test("whenever the voltage has moved by ΔV since the last record", () => {
    // 1 mV a period, and a record every 10 mV.
    const bench = new Bench(
      [current(2, { until_voltage_V: 0.3 })],
      { ...capacitor, slope_V_per_C: 5 },
      { voltage_V: 0.01, time_s: 1000 },
    )
    const points = pointsOf(bench.begin().finish())
    expect(points.length).toBeGreaterThan(25)
    for (let i = 1; i < points.length - 1; i++) {
      const moved_uV = points[i].voltage_uV - points[i - 1].voltage_uV
      expect(moved_uV).toBeGreaterThanOrEqual(9_999)
      expect(moved_uV).toBeLessThan(11_100)
    }
  })

  test("every reading in a step's first burst_s", () => {
    const bench = new Bench([rest(5), rest(5)], resistor, { burst_s: 1 })
    const points = pointsOf(bench.begin().finish())
    const ofStep = (stepIndex: number) =>
      points.filter((point) => point.stepIndex === stepIndex).map(({ testTime_ms }) => testTime_ms)
    const burst = Array.from({ length: 10 }, (_, i) => 100 * (i + 1))
    expect(ofStep(0)).toEqual([...burst, 5000])
    expect(ofStep(1)).toEqual([...burst.map((time_ms) => time_ms + 5000), 10_000])
  })

  test("what is recorded is what the cell did", () => {
    const bench = new Bench([current(0.5, { until_time_s: 30 })], resistor, { time_s: 1 })
    for (const point of pointsOf(bench.begin().finish()).slice(4)) {
      const time_h = point.testTime_ms / 3.6e6
      expect(Math.abs(point.current_nA - 500_000)).toBeLessThan(400)
      expect(Math.abs(point.voltage_uV - 50_000)).toBeLessThan(50)
      expect(Math.abs(point.stepCharge_nAh - 500_000 * time_h)).toBeLessThan(2)
      expect(Math.abs(point.stepEnergy_nWh - 25_000 * time_h)).toBeLessThan(2)
    }
  })
})
