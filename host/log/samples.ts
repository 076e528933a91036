import { PAGES_PER_SECTOR } from "../../firmware/core/ports"
import { STEP_CONSTANT_CURRENT } from "../../firmware/core/program"
import type { Sample } from "../sample"
import { decodePage, isWhole, type LogPage, PAGE_BYTES } from "./page"

/** One test as the board logged it. */
export interface LoggedTest {
  channel: number
  test: number
  /** Unix time of the calibration in force, seconds; 0 when the board had none. */
  calibrationDate_s: number
  temperature_degC: number | undefined
  samples: Sample[]
  /** How it ended, if it did: the program's end, the host, or a fault's number. */
  end: { kind: "finished" | "stopped" | "fault"; fault: number; time_s: number } | undefined
}

/**
 * Splits a downloaded log into its pages. `unreadable` counts pages that were recorded and are lost; not
 * what a restart leaves of its sector, blank or torn by the power cut: see `lostBefore`.
 */
export function pagesOf(log: Uint8Array): { pages: LogPage[]; unreadable: number } {
  const pages: LogPage[] = []
  let unreadable = 0
  for (let at = 0; at + PAGE_BYTES <= log.length; at += PAGE_BYTES) {
    const bytes = log.subarray(at, at + PAGE_BYTES)
    if (!isWhole(bytes)) continue
    const page = decodePage(bytes)
    unreadable += lostBefore(page.sequence, pages.at(-1)?.sequence)
    pages.push(page)
  }
  return { pages, unreadable }
}

/** Pages missing before one that was read: the board writes on one by one, or from a sector's start. */
function lostBefore(sequence: number, previous: number | undefined): number {
  const inSector = sequence % PAGES_PER_SECTOR
  if (previous === undefined) return inSector
  const sectorStart = sequence - inSector
  if (previous >= sectorStart) return sequence - previous - 1
  return sequence - (Math.floor(previous / PAGES_PER_SECTOR) + 1) * PAGES_PER_SECTOR
}

/** The tests in a log, by channel and test number, in the order in which they began. */
export function testsOf(pages: LogPage[]): LoggedTest[] {
  const tests = new Map<string, LoggedTest>()
  for (const page of [...pages].sort((a, b) => a.sequence - b.sequence)) {
    const key = `${page.channel}/${page.test}`
    let test = tests.get(key)
    if (test === undefined) {
      test = {
        channel: page.channel,
        test: page.test,
        calibrationDate_s: 0,
        temperature_degC: undefined,
        samples: [],
        end: undefined,
      }
      tests.set(key, test)
    }
    addPage(test, page)
  }
  return [...tests.values()]
}

function addPage(test: LoggedTest, page: LogPage): void {
  for (const record of page.records) {
    const time_s = record.testTime_ms / 1000
    switch (record.kind) {
      case "point":
        test.samples.push({
          time_s,
          voltage_V: record.voltage_uV / 1e6,
          current_A: record.current_nA / 1e9,
          stepCharge_Ah: record.stepCharge_nAh / 1e9,
          stepEnergy_Wh: record.stepEnergy_nWh / 1e9,
          cycle: record.cycle,
          stepCount: record.stepCount,
          stepIndex: record.stepIndex,
          stepType: record.stepType === STEP_CONSTANT_CURRENT ? "constant_current" : "rest",
          isFirst: record.isFirst,
          isLast: record.isLast,
        })
        break
      case "testBegins":
        test.calibrationDate_s = record.calibrationDate_s
        test.temperature_degC = record.temperature_degC
        break
      case "testEnds":
        test.end = { kind: record.reason === 0 ? "finished" : "stopped", fault: 0, time_s }
        break
      case "fault":
        test.end = { kind: "fault", fault: record.fault, time_s }
        break
      case "stepBegins":
        break
    }
  }
}
