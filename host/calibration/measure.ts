import type { BoardClient } from "../boardClient"
import { CalibrationError } from "../errors"
import { circuit } from "../manifest"
import { compileProtocol } from "../protocol/compile"
import type { Link } from "../transport/link"
import { type CalibrationBench, readInstruction } from "./bench"
import type { Point } from "./solve"

/** A point's current flows for so long before it counts, and a person has so long to read the meter. */
const SETTLE_s = 3
const MOST_s = 1800
/** The board is read so often before the meter, and so often after it: every second control period. */
const READINGS = 10
const READING_EVERY_ms = 200
/** Zeroing takes seconds. */
const BEGIN_ms = 60_000
/** The meter and the board's two readings of the current may differ by this much, and no sound bench does. */
const MAX_DISAGREEMENT = 0.05
const MAX_DISAGREEMENT_V = 0.02
const MAX_DRIFT_V = 0.5e-3

/** The board's mean reading. */
interface Reading {
  board_V: number
  board_A: number
}

/** Measures one channel at one current after another, each as a run of its own on raw readings. */
export class Measurement {
  constructor(
    private readonly link: Link,
    private readonly board: BoardClient,
    private readonly bench: CalibrationBench,
    private readonly channel: number,
    /** Test number of the runs, in the log. */
    private readonly test: number,
  ) {}

  /**
   * The board and the meter at one current through `load_ohm`.
   * @throws CalibrationError when they are so far apart that something is connected wrongly
   */
  async point(current_mA: number, load_ohm: number): Promise<Point> {
    const { channel } = this
    const expected_V = (current_mA / 1000) * load_ohm
    await this.board.start(channel, this.test, programOf(current_mA))
    await this.begin()
    const before = await this.read()
    const meter_V = await this.bench.read_V(channel, readInstruction(channel, expected_V))
    const after = await this.read()
    await this.board.stop(channel)
    const reading = {
      board_V: (before.board_V + after.board_V) / 2,
      board_A: (before.board_A + after.board_A) / 2,
    }
    this.compare("voltmeter", meter_V, expected_V)
    this.compare("channel's own sense", reading.board_V, expected_V)
    if (Math.abs(before.board_V - after.board_V) > MAX_DRIFT_V)
      throw this.error("its voltage moved while the meter was read: is a lead loose?")
    return { ...reading, meter_V }
  }

  /** Waits until the current has flowed for a while. */
  private async begin(): Promise<void> {
    const until_ms = this.link.now_ms + BEGIN_ms
    for (;;) {
      const status = await this.board.status(this.channel)
      if (status.state === "Running" && status.stepTime_s >= SETTLE_s) return
      if (status.state !== "Running" && status.state !== "Zeroing") throw this.ended(status)
      if (this.link.now_ms > until_ms) throw this.error("its run did not begin in time.")
      await this.link.sleep_ms(500)
    }
  }

  private async read(): Promise<Reading> {
    let volts = 0
    let amperes = 0
    for (let i = 0; i < READINGS; i++) {
      const status = await this.board.status(this.channel)
      if (status.state !== "Running") throw this.ended(status)
      volts += status.voltage_V
      amperes += status.current_A
      await this.link.sleep_ms(READING_EVERY_ms)
    }
    return { board_V: volts / READINGS, board_A: amperes / READINGS }
  }

  private compare(what: string, read_V: number, expected_V: number): void {
    const most_V = Math.max(MAX_DISAGREEMENT_V, Math.abs(expected_V) * MAX_DISAGREEMENT)
    if (Math.abs(read_V - expected_V) <= most_V) return
    throw this.error(
      `the ${what} shows ${read_V.toPrecision(4)} V where about ${expected_V.toPrecision(3)} V are ` +
        "expected: are the leads where they should be, and the right way round?",
    )
  }

  private ended(status: { state: string; fault: string }): CalibrationError {
    const why = status.state === "Fault" ? `by the fault ${status.fault}` : "from outside"
    return this.error(`its run was ended ${why}: is what should be in the holder connected?`)
  }

  private error(problem: string): CalibrationError {
    return new CalibrationError(this.channel, problem)
  }
}

/** A constant current for as long as a person needs to read a meter. */
function programOf(current_mA: number): Uint8Array {
  const protocol = {
    record: { time_s: 1 },
    safety: { max_voltage_V: 4.5, min_voltage_V: -1, max_current_mA: 45 },
    raw: true,
    resume: "stop",
    method: [{ step: "constant_current", current_mA, until_time_s: MOST_s }],
  }
  return compileProtocol(protocol, { name: "standard" }, circuit).bytes
}
