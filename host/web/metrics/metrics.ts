import { collectDefaultMetrics, Gauge, Registry } from "prom-client"
import { CALIBRATION_TEST } from "../../calibrate"
import { logFill } from "../../doctor/logFill"
import { manifest } from "../../manifest"
import type { LiveBoard, LiveChannel } from "../api"
import type { Lab } from "../../live/lab"

/** The states of `firmware/services/coincell.md`. */
const STATES = ["Idle", "Zeroing", "Running", "Finished", "Fault", "Paused"]

const BOARD = ["board_id", "board"] as const
const CHANNEL = [...BOARD, "channel"] as const

type Labels = Record<string, string | number>

/** What of a lab is measured. */
export type Measured = Pick<Lab, "boards" | "problems" | "now_unix_s" | "told" | "store">

/** Numbers of a lab and of this process for Prometheus, in its text format. */
export class Metrics {
  readonly registry = new Registry()
  private readonly gauges: Gauge[] = []

  private readonly up = this.gauge(
    "board_up",
    "Whether the board answers: 1, or 0 while it is away.",
    BOARD,
  )
  private readonly info = this.gauge(
    "board_info",
    "1; the labels tell the firmware's version, the hardware, and whether the board is simulated.",
    [...BOARD, "version", "hardware", "simulated"],
  )
  private readonly problem = this.gauge(
    "board_problem",
    "1 while something keeps the board from testing, else 0.",
    BOARD,
  )
  private readonly temperature = this.gauge(
    "board_temperature_celsius",
    "Temperature of the board in degrees Celsius, as last told.",
    BOARD,
  )
  private readonly freePages = this.gauge(
    "board_log_free_pages",
    "Pages of 256 bytes that the board can log before its tests pause.",
    BOARD,
  )
  private readonly waitingPages = this.gauge(
    "board_log_waiting_pages",
    "Pages of the board's log that no host has stored yet.",
    BOARD,
  )
  private readonly storedPages = this.gauge(
    "stored_pages",
    "Sequence number of the next page of the board's log to be stored in the data folder.",
    BOARD,
  )
  private readonly state = this.gauge(
    "channel_state",
    "1 for the state in which the channel is, 0 for the others.",
    [...CHANNEL, "state"],
  )
  private readonly fault = this.gauge(
    "channel_fault",
    "1 while a fault stands on the channel; the label tells which. Absent otherwise.",
    [...CHANNEL, "fault"],
  )
  private readonly waits = this.gauge(
    "channel_waits_for_person",
    "1 while the channel's test goes on only when a person says so, else 0.",
    CHANNEL,
  )
  private readonly test = this.gauge(
    "channel_test_info",
    "1; the labels tell which test is on the channel, or was last, and of which cell.",
    [...CHANNEL, "test", "cell"],
  )
  private readonly voltage = this.gauge(
    "channel_voltage_volts",
    "Voltage of the cell in volts. Absent while the channel does not run.",
    CHANNEL,
  )
  private readonly current = this.gauge(
    "channel_current_amperes",
    "Current through the cell in amperes; positive charges it. Absent while the channel does not run.",
    CHANNEL,
  )
  private readonly cycle = this.gauge(
    "channel_cycle",
    "Cycle of the channel's test, from 1.",
    CHANNEL,
  )
  private readonly testTime = this.gauge(
    "channel_test_time_seconds",
    "Time for which the channel's test has run, in seconds; it stands still while the test does.",
    CHANNEL,
  )
  private readonly readingAge = this.gauge(
    "channel_reading_age_seconds",
    "Time since the channel's last reading was taken, in seconds. It grows while the channel does not run.",
    CHANNEL,
  )
  private readonly problems = this.gauge(
    "problems",
    "Troubles with ports, boards or the data folder that stand now; the page tells them.",
    [],
  )

  constructor(private readonly lab: Measured) {
    collectDefaultMetrics({ register: this.registry })
  }

  /** All numbers as they are now. */
  text(): Promise<string> {
    for (const gauge of this.gauges) gauge.reset()
    for (const board of this.lab.boards) this.board(board)
    this.problems.set(this.lab.problems.length)
    return this.registry.metrics()
  }

  private board(board: LiveBoard): void {
    const { id, name, isThere, firmware, isSimulated, channels } = board
    const labels = { board_id: id, board: name }
    this.up.set(labels, isThere ? 1 : 0)
    if (firmware !== undefined) {
      const { version, board: hardware } = firmware
      this.info.set({ ...labels, version, hardware, simulated: String(isSimulated) }, 1)
    }
    const told = this.lab.told(id)
    if (told !== undefined) {
      const { freePages, notDownloaded } = logFill(told.range, manifest.chips.flash.pages)
      this.freePages.set(labels, freePages)
      this.waitingPages.set(labels, notDownloaded)
      this.problem.set(labels, told.problem === "" ? 0 : 1)
    }
    this.storedPages.set(labels, this.lab.store.board(id).next)
    const warm = channels.find(({ temperature_degC }) => temperature_degC !== undefined)
    if (warm?.temperature_degC !== undefined) this.temperature.set(labels, warm.temperature_degC)
    for (const channel of channels) this.channel({ ...labels, channel: channel.channel }, channel)
  }

  private channel(labels: Labels, channel: LiveChannel): void {
    const { state, test } = channel
    for (const one of STATES) this.state.set({ ...labels, state: one }, one === state ? 1 : 0)
    this.waits.set(labels, channel.waitsForPerson ? 1 : 0)
    if (channel.fault !== undefined) this.fault.set({ ...labels, fault: channel.fault }, 1)
    if (state === "Running" || state === "Zeroing") {
      this.voltage.set(labels, channel.voltage_V)
      this.current.set(labels, channel.current_A)
    }
    if (test === undefined || test.number === CALIBRATION_TEST) return
    this.test.set({ ...labels, test: test.id ?? String(test.number), cell: test.cell ?? "" }, 1)
    this.cycle.set(labels, channel.cycle)
    this.testTime.set(labels, channel.testTime_s)
    this.readingAge.set(labels, this.lab.now_unix_s - channel.reading_unix_s)
  }

  private gauge(name: string, help: string, labelNames: readonly string[]): Gauge {
    const gauge = new Gauge({
      name: `coincell_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
    })
    this.gauges.push(gauge)
    return gauge
  }
}
