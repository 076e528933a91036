import manifest from "../../devicescript.json" with { type: "json" }
import type { Memory } from "../../firmware/core/bytes"
import { Calibration, NO_CORRECTION } from "../../firmware/core/calibration"
import { Channel } from "../../firmware/core/channel"
import {
  CHECKPOINT_BYTES,
  Checkpoints,
  STEP_CHECKPOINT_BYTES,
} from "../../firmware/core/checkpoint"
import { amperesPerFineStep, currentPerCode, voltagePerCode } from "../../firmware/core/circuit"
import { start } from "../../firmware/core/commands"
import { Cutoffs } from "../../firmware/core/cutoffs"
import type { Log } from "../../firmware/core/log"
import * as ports from "../../firmware/core/ports"
import { HEADER_BYTES, KEY_NONE, readHeader, STEP_BYTES } from "../../firmware/core/program"
import type { Recorder } from "../../firmware/core/recorder"
import { restart } from "../../firmware/core/restart"
import * as states from "../../firmware/core/states"
import { StepEngine } from "../../firmware/core/stepEngine"
import { Tester } from "../../firmware/core/tester"
import { NodeMemory } from "../../sim/memory"
import { FramModel } from "./framModel"
import { encodeHeader, encodeStep, type HeaderEntry, type StepEntry } from "./programs"
import { Records } from "./records"

export const circuit = manifest.frontEnd
export const PERIOD_ms = manifest.control.period_ms
export const FINE_A = amperesPerFineStep(circuit)
/** What the output stage reaches. */
const RAILS_V = [-3.76, 6.76]
/** Where in a period a cell is read: at its end, or right after it began. */
const READ_LATE = 0.82
const READ_FIRST = 0.13

/** A resistance, a slower one, and charge that counts; kinetics are the potentiostat's own tests'. */
export interface TestCell {
  resistance_ohm: number
  slope_V_per_C: number
  rest_V: number
  slow_ohm?: number
  slow_s?: number
}

/** One channel over a perfect analog circuit: what it reads of a period is what flowed all through it. */
export class Bench implements ports.Converter, ports.SetpointDacs, ports.Outputs {
  // The converter's, and the DACs' and relays' codes.
  currentCode = 0
  voltageCode = 0
  status = ports.READING_STALE
  isVoltageFirst = false
  readonly fine = [2048]
  readonly coarse = [2048]
  isCoarseStale = false
  readonly relayClosed = [false]
  drives = true
  isStale = false

  now_ms = 1000
  /** What the cell has taken up, really. */
  charge_C = 0
  energy_J = 0
  heartbeats = 0
  isAwake = false
  thermometer_degC = 25

  // What can be wrong.
  dacsAnswer = true
  outputsAnswer = true
  isOpen = false
  compliance_A = 0.1
  driveGain = 0
  dummy_ohm = circuit.dummy_ohm
  currentOffsetCode = 0
  voltageOffset_V = 0
  /** How the conversions of the coming periods end, one by one; fresh when there is none. */
  readonly statuses: number[] = []
  /** What is added to the coming readings of the voltage, one by one. */
  readonly spikes_V: number[] = []

  readonly fram = new FramModel()
  readonly records = new Records()
  readonly log = { now_ms: 0, isFull: false, hasWork: false, isMemoryLost: false }
  readonly calibration = new Calibration(NO_CORRECTION)
  readonly header: NodeMemory
  readonly steps: NodeMemory[]
  channel: Channel
  private tester: Tester
  private range = 0
  private isShorted = false
  /** What the DACs were last told, in fine steps. */
  private drive = 0
  private relay = false
  private slow_V = 0

  constructor(
    steps: StepEntry[],
    public cell: TestCell,
    over: Partial<HeaderEntry> = {},
  ) {
    this.header = encodeHeader({
      max_uV: 5e6,
      min_uV: -1e6,
      max_nA: 5e7,
      count: steps.length,
      ...over,
    })
    this.steps = steps.map(encodeStep)
    ;({ channel: this.channel, tester: this.tester } = this.boot())
    restart(this.channel, this, new NodeMemory(HEADER_BYTES), false, this.now_ms)
    this.load()
  }

  // What the channel's hardware is asked for.

  isDriving(): boolean {
    return this.drives
  }

  update(healthy?: boolean): boolean {
    // The bench is DACs and outputs in one: `update` with an argument is the outputs'.
    if (healthy === undefined) {
      if (!this.dacsAnswer) return false
      this.drive = (this.coarse[0] - 2048) * circuit.fineRatio + this.fine[0] - 2048
      return true
    }
    if (!this.outputsAnswer) return false
    this.relay = this.relayClosed[0]
    this.isStale = false
    if (healthy) this.heartbeats++
    return true
  }

  selectCurrent(range: number, isShorted: boolean): void {
    this.range = range
    this.isShorted = isShorted
  }

  wake(): void {
    this.isAwake = true
    this.status = ports.READING_STALE
  }

  sleep(): void {
    this.isAwake = false
  }

  readHeader(_channel: number, bytes: Memory): boolean {
    bytes.blitAt(0, this.header, 0, HEADER_BYTES)
    return true
  }

  readStep(_channel: number, index: number, bytes: Memory): boolean {
    if (index >= this.steps.length) return false
    bytes.blitAt(0, this.steps[index], 0, STEP_BYTES)
    return true
  }

  // What a test does.

  start(test = 7): this {
    start(this.channel, test, this.now_ms)
    return this
  }

  /** Starts the program and brings it to its first step, before the first reading of that. */
  begin(): this {
    this.start()
    return this.toRunning()
  }

  toRunning(): this {
    this.run(250, () => this.channel.state !== states.STATE_ZEROING)
    if (this.channel.state === states.STATE_RUNNING) return this
    throw new Error(`state ${this.channel.state}, fault ${this.channel.fault}`)
  }

  period(): void {
    this.now_ms += PERIOD_ms
    this.tester.endPeriod(this.now_ms)
    this.tester.beat(this.now_ms)
    this.tester.keep()
  }

  /** Lets periods pass: so many, or until something is so. */
  run(periods: number, until: () => boolean = () => false): this {
    for (let i = 0; i < periods && !until(); i++) this.period()
    return this
  }

  /** Runs to the end of the test, be it what it may. */
  finish(periods = 40_000): Records {
    this.run(periods, () => !this.channel.isBusy)
    if (this.channel.isBusy) throw new Error(`still busy after ${periods} periods`)
    return this.records
  }

  /** Runs until the relay is open. @returns periods that it took; NaN when it has not opened in 100 */
  untilOpen(): number {
    for (let i = 1; i <= 100; i++) {
      this.period()
      if (!this.relay) return i
    }
    return Number.NaN
  }

  get isRelayClosed(): boolean {
    return this.relay
  }

  /** The power fails: what is not in FRAM is gone, the cell is let go. */
  cutPower(off_ms = 10_000): this {
    this.relay = this.relayClosed[0] = false
    this.rest(off_ms)
    this.now_ms = 1500
    ;({ channel: this.channel, tester: this.tester } = this.boot())
    return this
  }

  /** And comes back: the board starts. */
  powerUp(keptPower = false): this {
    restart(this.channel, this, new NodeMemory(HEADER_BYTES), keptPower, this.now_ms)
    return this
  }

  /** Time without any current passes for the cell. */
  rest(time_ms: number): void {
    this.pass(0, time_ms)
  }

  get openCircuit_V(): number {
    return this.cell.rest_V + this.charge_C * this.cell.slope_V_per_C + this.slow_V
  }

  /** Firmware as it is right after a reset, over the same chips. */
  private boot(): { channel: Channel; tester: Tester } {
    Object.assign(this, { isAwake: false, drive: 0, isVoltageFirst: false, isCoarseStale: false })
    this.coarse[0] = this.fine[0] = 2048
    const log = this.log as unknown as Log
    const board = {
      circuit,
      period_ms: PERIOD_ms,
      dacs: this,
      outputs: this,
      checkpoints: new Checkpoints(
        this.fram,
        new NodeMemory(CHECKPOINT_BYTES),
        new NodeMemory(STEP_CHECKPOINT_BYTES),
      ),
      cutoffs: new Cutoffs(),
      log,
      nominal: new Calibration(NO_CORRECTION),
      temperature_degC: this.thermometer_degC,
    }
    const engine = new StepEngine(0, this, new NodeMemory(STEP_BYTES))
    const recorder = this.records as unknown as Recorder
    const channel = new Channel(0, board, this, engine, this.calibration, recorder)
    const converters = {
      startFirst: () => {},
      takeFirst: () => {},
      takeSecond: () => this.convert(),
    }
    const thermometer = { temperature_degC: () => this.thermometer_degC }
    return { channel, tester: new Tester([channel], converters, board, thermometer, log) }
  }

  /** The program's header is the channel's from the moment on that the host has it checked. */
  private load(): void {
    const key = readHeader(this.header, this.channel.program, circuit)
    if (key !== KEY_NONE) throw new Error(`the header's key ${key} is refused`)
  }

  /** One period goes by in the circuit, and its readings are taken. */
  convert(): void {
    const limit_A = this.isOpen && this.relay ? 0 : this.compliance_A
    const drive_A = this.drive * FINE_A * (1 + this.driveGain)
    const current_A = Math.max(-limit_A, Math.min(limit_A, drive_A))
    const part = this.isVoltageFirst ? READ_FIRST : READ_LATE
    const flows_A = this.relay ? current_A : 0
    this.pass(flows_A, part * PERIOD_ms)
    const voltage_V = this.sensed_V(current_A)
    this.pass(flows_A, (1 - part) * PERIOD_ms)
    const status = this.statuses.shift() ?? ports.READING_FRESH
    this.status = this.isAwake ? status : ports.READING_STALE
    if (this.status !== ports.READING_FRESH) return
    const range = circuit.currentRanges[this.range]
    const seen_A = this.isShorted ? 0 : current_A
    this.currentCode = clip(seen_A / currentPerCode(circuit, range) + this.currentOffsetCode)
    const seen_V = voltage_V + this.voltageOffset_V + (this.spikes_V.shift() ?? 0)
    this.voltageCode = clip(seen_V / voltagePerCode(circuit))
  }

  private sensed_V(current_A: number): number {
    if (!this.relay) return current_A * this.dummy_ohm
    if (this.isOpen) return RAILS_V[this.drive < 0 ? 0 : 1]
    return this.openCircuit_V + current_A * this.cell.resistance_ohm
  }

  private pass(current_A: number, time_ms: number): void {
    const { slow_ohm = 0, slow_s = 1 } = this.cell
    const kept = Math.exp(-time_ms / 1000 / slow_s)
    const before_V = this.openCircuit_V
    this.slow_V = this.slow_V * kept + current_A * slow_ohm * (1 - kept)
    this.charge_C += (current_A * time_ms) / 1000
    const mean_V = (before_V + this.openCircuit_V) / 2 + current_A * this.cell.resistance_ohm
    this.energy_J += (mean_V * current_A * time_ms) / 1000
  }
}

export function clip(code: number): number {
  return Math.max(-8_388_608, Math.min(8_388_607, Math.round(code)))
}

export const resistor: TestCell = { resistance_ohm: 100, slope_V_per_C: 0, rest_V: 0 }
export const capacitor: TestCell = { resistance_ohm: 10, slope_V_per_C: 1, rest_V: 0 }
