import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Log } from "../../firmware/core/log"
import { LogPage } from "../../firmware/core/logPage"
import { FLASH_COMMAND_BYTES } from "../../firmware/core/ports"
import { Recorder } from "../../firmware/core/recorder"
import { LogError } from "../../host/errors"
import { decodePage, isWhole, type LogRecord, PAGE_BYTES } from "../../host/log/page"
import { Random } from "../../sim/random"

const SEED = 20_240_510

// Offsets as LOG_FORMAT.md tells them.
const AT_VERSION = 1
const AT_USED = 3
const RECORDS_AT = 36
const CRC_AT = 252

const newPage = () => new LogPage(new Uint8Array(FLASH_COMMAND_BYTES + PAGE_BYTES))
const bytesOf = (page: LogPage) => Uint8Array.from(page.frame as Uint8Array).subarray(4)

/** What a channel may ask its recorder to write. */
type Action = { after_ms: number } & (
  | {
      kind: "point"
      flags: number
      voltage_uV: number
      current_nA: number
      charge_nAh: number
      energy_nWh: number
    }
  | { kind: "stepBegins"; stepIndex: number; stepType: number; cycle: number }
  | { kind: "testEnds" | "fault"; detail: number }
  | { kind: "flush" }
)

const whole = (most: number) => fc.integer({ min: -most, max: most })
const byte = fc.nat(255)
const after_ms = fc.oneof(fc.constantFrom(0, 100, 10_000), fc.nat(2 ** 32))

function actions(
  mostVoltage: number,
  mostCurrent: number,
  mostSum: number,
): fc.Arbitrary<Action[]> {
  const point = fc.record({
    after_ms,
    kind: fc.constant("point" as const),
    flags: fc.nat(2),
    voltage_uV: whole(mostVoltage),
    current_nA: whole(mostCurrent),
    charge_nAh: whole(mostSum),
    energy_nWh: whole(mostSum),
  })
  const stepBegins = fc.record({
    after_ms,
    kind: fc.constant("stepBegins" as const),
    stepIndex: byte,
    stepType: byte,
    cycle: fc.nat(0xffffffff),
  })
  const event = fc.record({
    after_ms,
    kind: fc.constantFrom("testEnds" as const, "fault" as const),
    detail: byte,
  })
  const flush = fc.record({ after_ms: fc.constant(0), kind: fc.constant("flush" as const) })
  return fc.array(
    fc.oneof(
      { arbitrary: point, weight: 20 },
      { arbitrary: stepBegins, weight: 3 },
      { arbitrary: event, weight: 1 },
      { arbitrary: flush, weight: 1 },
    ),
    { maxLength: 200 },
  )
}

const START = { test: 40_000, channel: 2, date_s: 2_500_000_000, temperature_cK: -1234 }

/** Writes actions through a recorder. Gives the pages as flash gets them, and what they must say. */
function record(list: Action[]): { pages: Uint8Array[]; expected: LogRecord[] } {
  const pages: Uint8Array[] = []
  const log = {
    append: (page: LogPage) => {
      page.close(pages.length, 3, 123_456)
      pages.push(bytesOf(page))
    },
    isQueued: () => false,
  }
  const recorder = new Recorder(START.channel, log as unknown as Log, newPage(), newPage())
  recorder.testBegins(START.test, START.date_s, START.temperature_cK / 100)
  const place = { testTime_ms: 0, stepIndex: 0, stepType: 0, cycle: 0, stepCount: 0 }
  const expected: LogRecord[] = [
    {
      ...place,
      kind: "testBegins",
      calibrationDate_s: START.date_s,
      temperature_degC: START.temperature_cK / 100,
    },
  ]
  for (const action of list) {
    place.testTime_ms += action.after_ms
    const time_ms = place.testTime_ms
    switch (action.kind) {
      case "point": {
        const { flags, voltage_uV, current_nA, charge_nAh, energy_nWh } = action
        recorder.point(
          flags,
          time_ms,
          voltage_uV / 1e6,
          current_nA / 1e9,
          charge_nAh * 3.6e-3,
          energy_nWh * 3.6e-3,
        )
        expected.push({
          ...place,
          kind: "point",
          isFirst: flags === 1,
          isLast: flags === 2,
          voltage_uV,
          current_nA,
          stepCharge_nAh: charge_nAh,
          stepEnergy_nWh: energy_nWh,
        })
        break
      }
      case "stepBegins": {
        const { stepIndex, stepType, cycle } = action
        recorder.stepBegins(time_ms, stepIndex, stepType, cycle)
        Object.assign(place, { stepIndex, stepType, cycle, stepCount: place.stepCount + 1 })
        expected.push({ ...place, kind: "stepBegins" })
        break
      }
      case "testEnds":
        recorder.event(3, time_ms, action.detail)
        expected.push({ ...place, kind: "testEnds", reason: action.detail })
        break
      case "fault":
        recorder.event(4, time_ms, action.detail)
        expected.push({ ...place, kind: "fault", fault: action.detail })
        break
      case "flush":
        recorder.flush()
    }
  }
  recorder.flush()
  expect(recorder.isLosing).toBe(false)
  return { pages, expected }
}

/** The records of a page, alone. */
const read = (page: Uint8Array) => decodePage(page).records

describe("a page, written and read", () => {
  test(`gives back any sequence of records, each page alone (seed ${SEED})`, () => {
    fc.assert(
      fc.property(actions(6_000_000, 60_000_000, 2 ** 40), (list) => {
        const { pages, expected } = record(list)
        // From the last page to the first: none leans on another.
        const records = [...pages].reverse().map(read).reverse()
        expect(records.flat()).toEqual(expected)
        pages.forEach((page, i) => {
          expect(decodePage(page)).toMatchObject({
            sequence: i,
            boot: 3,
            boardTime_ms: 123_456,
            channel: START.channel,
            test: START.test,
          })
        })
      }),
      { seed: SEED, numRuns: 60 },
    )
  })

  test(`never runs over, however long the numbers (seed ${SEED})`, () => {
    fc.assert(
      fc.property(actions(2 ** 49, 2 ** 49, 2 ** 49), (list) => {
        const { pages, expected } = record(list)
        expect(pages.flatMap(read)).toHaveLength(expected.length)
        for (const page of pages) {
          const end = RECORDS_AT + page[AT_USED]
          expect(end).toBeLessThanOrEqual(CRC_AT)
          expect(page.subarray(end, CRC_AT).every((erased) => erased === 0xff)).toBe(true)
        }
      }),
      { seed: SEED, numRuns: 60 },
    )
  })

  test(`is refused with any bit changed (seed ${SEED})`, () => {
    const [page] = record([{ kind: "fault", after_ms: 5, detail: 1 }]).pages
    fc.assert(
      fc.property(fc.nat(8 * PAGE_BYTES - 1), (bit) => {
        const bytes = page.slice()
        bytes[bit >> 3] ^= 1 << (bit & 7)
        expect(isWhole(bytes)).toBe(false)
        expect(() => decodePage(bytes)).toThrow(LogError)
      }),
      { seed: SEED },
    )
  })

  test("an erased page is none, one of a later format is named", () => {
    expect(() => decodePage(new Uint8Array(PAGE_BYTES).fill(0xff))).toThrow(/torn or empty/)
    const page = newPage()
    page.open(0, 1, 0, 0, 0, 0, 0)
    page.frame[FLASH_COMMAND_BYTES + AT_VERSION] = 2
    page.close(0, 0, 0)
    expect(() => decodePage(bytesOf(page))).toThrow(/format 2; this program reads 1/)
  })

  test("an unknown event is an error, not a guess", () => {
    const page = newPage()
    page.open(0, 1, 0, 0, 0, 0, 0)
    page.event(9, 0)
    page.close(0, 0, 0)
    expect(() => decodePage(bytesOf(page))).toThrow(/unknown kind 9/)
  })
})

test(`ordinary points take less than 8 bytes each (seed ${SEED})`, () => {
  // 1 mA into 100 mV and rising slowly; a reading each 100 ms, a record each 10 s.
  const random = new Random(SEED)
  const page = newPage()
  let time_ms = 3_600_000
  let charge_mAs = 3600
  let energy_mWs = 360
  const point = () => {
    let voltage_V = 0
    let current_A = 0
    for (let reading = 0; reading < 100; reading++) {
      time_ms += 100
      voltage_V = 0.1 + time_ms * 1e-9 + random.normal(20e-6)
      current_A = 1e-3 + random.normal(150e-9)
      charge_mAs += current_A * 100
      energy_mWs += current_A * voltage_V * 100
    }
    page.point(0, time_ms, voltage_V, current_A, charge_mAs, energy_mWs)
  }
  const pages = 50
  let records = 0
  let bytes = 0
  let firsts = 0
  for (let i = 0; i < pages; i++) {
    page.open(0, 1, time_ms, 3, 2, 17, 51)
    for (let n = 0; page.hasRoom(); n++) {
      point()
      records++
      // A page's first point is whole, and longer.
      if (n === 0) firsts += usedBytes(page)
    }
    bytes += usedBytes(page)
  }
  expect((bytes - firsts) / (records - pages)).toBeLessThan(8)
  expect(firsts / pages).toBeLessThan(18)
  expect(bytes / records).toBeLessThan(8.5)
  // What LOG_FORMAT.md says of the flash's size.
  expect(records / pages).toBeGreaterThan(20)
})

/** Bytes of records in a page that is still open. */
function usedBytes(page: LogPage): number {
  const bytes = bytesOf(page)
  let end = CRC_AT
  while (end > RECORDS_AT && bytes[end - 1] === 0xff) end--
  return end - RECORDS_AT
}
