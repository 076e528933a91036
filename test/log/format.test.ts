import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { decodePage } from "../../host/log/decodePage"
import { PageWriter } from "./pageWriter"

const document = readFileSync(new URL("../../firmware/LOG_FORMAT.md", import.meta.url), "utf8")

/** The document's example: half an hour at 1 mA, with three points. */
function examplePage(): Uint8Array {
  const log = new PageWriter()
  log.next = 1042
  log.boot = 3
  log.now_ms = 86_400_000
  const recorder = log.recorder(1)
  recorder.number = 2
  recorder.testBegins(7, 1_700_000_000, 0, 24.5)
  log.now_ms += 7000
  recorder.stepBegins(0, 2, 2, 1, 255)
  const point = (
    flags: number,
    time_ms: number,
    uV: number,
    nA: number,
    nAh: number,
    nWh: number,
  ) => {
    log.now_ms = 86_407_000 + time_ms
    recorder.point(flags, time_ms, uV * 1e-6, nA * 1e-9, nAh * 3.6e-3, nWh * 3.6e-3)
  }
  point(1, 100, 51_234, 999_877, 28, 1)
  point(0, 10_100, 51_250, 1_000_042, 2805, 144)
  log.now_ms = 86_407_000 + 15_000
  recorder.temperature(15_000, 24.61)
  point(0, 20_100, 51_246, 999_981, 5580, 285)
  point(2, 1_800_000, 52_001, 999_996, 500_000, 25_810)
  recorder.event(3, 1_800_000, 0)
  recorder.flush()
  return log.written[0]
}

const hex = (bytes: ArrayLike<number>) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ")

/** Lines of sixteen bytes, as `hexdump` prints them: a run of equal lines is its first and a star. */
function dump(bytes: Uint8Array): string {
  const lines: string[] = []
  let before = ""
  for (let at = 0; at < bytes.length; at += 16) {
    const line = hex(bytes.subarray(at, at + 16))
    if (line !== before) lines.push(`${at.toString(16).padStart(4, "0")}  ${line}`)
    else if (lines.at(-1) !== "*") lines.push("*")
    before = line
  }
  return lines.join("\n")
}

/** The bytes in the first column of the table under a heading. */
function tabulated(heading: string): string {
  const section = document.slice(document.indexOf(heading))
  const rows = [...section.matchAll(/^\| `([0-9a-f ]+)` +\|/gm)]
  return rows.map(([, bytes]) => bytes).join(" ")
}

describe("LOG_FORMAT.md", () => {
  test("its example is what the board writes", () => {
    expect(document).toContain(`\`\`\`\n${dump(examplePage())}\n\`\`\``)
  })

  test("its table takes the example's records apart, to the last byte", () => {
    const page = examplePage()
    expect(tabulated("### Its records")).toBe(hex(page.subarray(32, 32 + page[2])))
  })

  test("its example reads as the document says", () => {
    const page = decodePage(examplePage())
    expect(page).toMatchObject({
      sequence: 1042,
      boot: 3,
      boardTime_ms: 86_400_000,
      channel: 1,
      number: 2,
      test: 7,
    })
    expect(page.records.at(-2)).toEqual({
      kind: "point",
      testTime_ms: 1_800_000,
      boardTime_ms: 88_207_000,
      isUncalibrated: false,
      temperature_degC: 24.61,
      stepIndex: 2,
      stepType: 2,
      cycle: 1,
      stepCount: 1,
      isFirst: false,
      isLast: true,
      voltage_uV: 52_001,
      current_nA: 999_996,
      stepCharge_nAh: 500_000,
      stepEnergy_nWh: 25_810,
    })
  })
})
