import { expect } from "vitest"
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

export const SEED = 20_240_509
export const circuit = manifest.frontEnd
export const PERIOD_ms = manifest.control.period_ms
export const FINE_A = amperesPerFineStep(circuit)

/** A resistor and a capacitor in series, in ohms and volts per coulomb. */
export interface TestCell {
  resistance_ohm: number
  slope_V_per_C: number
  rest_V: number
}

/** One channel over a perfect analog circuit: what it reads of a period is what flowed all through it. */
export class Bench implements ports.Converter, ports.SetpointDacs, ports.Outputs {
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

export function clip(code: number): number {
  return Math.max(-8_388_608, Math.min(8_388_607, Math.round(code)))
}

export type Point = Extract<LogRecord, { kind: "point" }>
export const pointsOf = (records: LogRecord[]): Point[] =>
  records.filter((record): record is Point => record.kind === "point")
/** Last points of all steps. */
export const endsOf = (records: LogRecord[]) => pointsOf(records).filter((point) => point.isLast)

export const resistor: TestCell = { resistance_ohm: 100, slope_V_per_C: 0, rest_V: 0 }
export const capacitor: TestCell = { resistance_ohm: 10, slope_V_per_C: 1, rest_V: 0 }
export const rest = (until_time_s: number): MethodStep => ({
  step: "open_circuit_voltage",
  until_time_s,
})
export const current = (
  current_mA: number,
  until: Omit<Extract<MethodStep, { step: "constant_current" }>, "step" | "current_mA">,
): MethodStep => ({ step: "constant_current", current_mA, ...until })
