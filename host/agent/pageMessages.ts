import { BOARD_CHANNEL } from "../../firmware/core/logFormat"
import { decodePage, type LogRecord } from "../log/decodePage"
import { pageHead } from "../log/page"
import type { PageNames } from "./pageNames"
import type { EventsPayload, RecordsPayload } from "./payloads"

/** What is to be published of a page; undefined where there is nothing of the kind. */
export interface PageMessages {
  channel: number
  records: RecordsPayload | undefined
  events: EventsPayload | undefined
}

/** Undefined for a torn or blank page, of which nothing is known, and for the board's own. */
export function pageMessages(bytes: Uint8Array, names: PageNames): PageMessages | undefined {
  const page = pageHead(bytes)
  if (page === undefined || page.channel === BOARD_CHANNEL) return undefined
  const { channel, sequence, boot } = page
  const head = {
    ...names.of(page),
    channel,
    test_number: page.test,
    log: names.log,
    page: sequence,
    boot,
  }
  const unix_s = ({ boardTime_ms }: LogRecord) => names.unix_s(boot, boardTime_ms)
  const { records } = decodePage(bytes)
  const points = records.filter((record) => record.kind === "point")
  const events = records.filter((record) => record.kind !== "point")
  return {
    channel,
    records: points.length === 0 ? undefined : { ...head, ...columnsOf(points, unix_s) },
    events:
      events.length === 0
        ? undefined
        : { ...head, events: events.map((event) => eventOf(event, unix_s(event))) },
  }
}

type Point = Extract<LogRecord, { kind: "point" }>

function columnsOf(points: readonly Point[], unix_s: (point: Point) => number | null) {
  const column = (of: (point: Point) => number) => points.map(of)
  return {
    time_s: column((one) => one.testTime_ms / 1000),
    unix_time_s: points.map(unix_s),
    cycle: column((one) => one.cycle),
    step_count: column((one) => one.stepCount),
    step_index: column((one) => one.stepIndex),
    voltage_V: column((one) => one.voltage_uV / 1e6),
    current_A: column((one) => one.current_nA / 1e9),
    step_charge_Ah: column((one) => one.stepCharge_nAh / 1e9),
    step_energy_Wh: column((one) => one.stepEnergy_nWh / 1e9),
  }
}

/** An event under its own keys, and where it stands in its test. */
function eventOf(record: LogRecord, unix_time_s: number | null) {
  const {
    testTime_ms,
    boardTime_ms,
    stepIndex: step_index,
    stepCount: step_count,
    stepType,
    isUncalibrated,
    temperature_degC,
    ...event
  } = record
  const time_s = testTime_ms / 1000
  return { ...event, time_s, unix_time_s, step_index, step_count, temperature_degC }
}
