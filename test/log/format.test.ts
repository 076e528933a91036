import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import type { Log } from "../../firmware/core/log"
import { LogPage } from "../../firmware/core/logPage"
import { Recorder } from "../../firmware/core/recorder"
import { decodePage } from "../../host/log/page"

const document = readFileSync(new URL("../../firmware/LOG_FORMAT.md", import.meta.url), "utf8")

/** The document's example: half an hour at 1 mA, with three points. */
function examplePage(): Uint8Array {
  let bytes = new Uint8Array()
  const log = {
    append: (page: LogPage) => {
      page.close(1042, 3, 86_400_000)
      bytes = Uint8Array.from(page.frame as Uint8Array).slice(4)
    },
    isQueued: () => false,
  }
  const page = () => new LogPage(new Uint8Array(4 + 256))
  const recorder = new Recorder(1, log as unknown as Log, page(), page())
  recorder.testBegins(7, 1_700_000_000, 24.5)
  recorder.stepBegins(0, 2, 2, 1)
  const point = (
    flags: number,
    time_ms: number,
    uV: number,
    nA: number,
    nAh: number,
    nWh: number,
  ) => recorder.point(flags, time_ms, uV * 1e-6, nA * 1e-9, nAh * 3.6e-3, nWh * 3.6e-3)
  point(1, 100, 51_234, 999_877, 28, 1)
  point(0, 10_100, 51_250, 1_000_042, 2805, 144)
  point(2, 1_800_000, 52_001, 999_996, 500_000, 25_810)
  recorder.event(3, 1_800_000, 0)
  recorder.flush()
  return bytes
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
    expect(tabulated("### Its records")).toBe(hex(page.subarray(36, 36 + page[3])))
  })

  test("its example reads as the document says", () => {
    const page = decodePage(examplePage())
    expect(page).toMatchObject({ sequence: 1042, boot: 3, boardTime_ms: 86_400_000, channel: 1 })
    expect(page.records.at(-2)).toEqual({
      kind: "point",
      testTime_ms: 1_800_000,
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
