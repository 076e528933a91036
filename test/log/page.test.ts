import { crc32 } from "node:zlib"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Recorder } from "../../firmware/core/recorder"
import { LogError } from "../../host/errors"
import type { LogEvent } from "../../host/log/event"
import { decodePage, type LogPoint, type LogRecord, type Place } from "../../host/log/decodePage"
import { isWhole, PAGE_BYTES } from "../../host/log/page"
import { PageWriter } from "./pageWriter"

const SEED = 20_240_510

// Offsets as LOG_FORMAT.md tells them.
const AT_USED = 2
const RECORDS_AT = 32
const CRC_AT = 252

const START = { test: 40_000, date_s: 2_500_000_000, temperature_cdegC: -1234 }
const CHANNEL = 2
/** Before each event test time stands still for so long. */
const STOOD_ms = 700

/** What a channel may ask its recorder to write, and the record that this makes. */
interface Action {
  after_ms: number
  write(recorder: Recorder, time_ms: number): void
  /** Changes the place, gives what is to be read; undefined for nothing. */
  expect(place: Place): LogPoint | LogEvent | undefined
}

type Making = Pick<Action, "write" | "expect">

const whole = (most: number) => fc.integer({ min: -most, max: most })
const byte = fc.nat(255)
const i32 = fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 })
/** What six bytes hold, and a double to the last digit after a product. */
const i47 = fc.integer({ min: -(2 ** 46), max: 2 ** 46 })

function point(uV: number, nA: number, sum: number): fc.Arbitrary<Making> {
  const numbers = fc.tuple(fc.nat(2), whole(uV), whole(nA), whole(sum), whole(sum))
  return numbers.map(([flags, voltage_uV, current_nA, stepCharge_nAh, stepEnergy_nWh]) => ({
    write: (recorder, time_ms) =>
      recorder.point(
        flags,
        time_ms,
        voltage_uV / 1e6,
        current_nA / 1e9,
        stepCharge_nAh * 3.6e-3,
        stepEnergy_nWh * 3.6e-3,
      ),
    expect: () => ({
      kind: "point",
      isFirst: flags === 1,
      isLast: flags === 2,
      voltage_uV,
      current_nA,
      stepCharge_nAh,
      stepEnergy_nWh,
    }),
  }))
}

const stepBegins: fc.Arbitrary<Making> = fc
  .tuple(byte, fc.nat(15), fc.nat(0xffffff), fc.option(fc.nat(7), { nil: undefined }))
  .map(([stepIndex, stepType, cycle, cause]) => ({
    write: (recorder, time_ms) =>
      recorder.stepBegins(time_ms, stepIndex, stepType, cycle, cause ?? 255),
    expect: (place) => {
      Object.assign(place, { stepIndex, stepType, cycle, stepCount: place.stepCount + 1 })
      return { kind: "stepBegins", cause }
    },
  }))

const KINDS = [
  [3, (reason: number): LogEvent => ({ kind: "testEnds", reason })],
  [4, (fault: number): LogEvent => ({ kind: "fault", fault })],
  [5, (reason: number): LogEvent => ({ kind: "paused", reason })],
  [6, (): LogEvent => ({ kind: "resumed" })],
] as const

const small: fc.Arbitrary<Making> = fc
  .tuple(fc.constantFrom(...KINDS), byte)
  .map(([[kind, eventOf], detail]) => ({
    write: (recorder, time_ms) => recorder.event(kind, time_ms, detail),
    expect: () => eventOf(detail),
  }))

const restarted: fc.Arbitrary<Making> = fc
  .tuple(fc.nat(0xffffffff), i32, fc.option(i32, { nil: undefined }), i47, i47)
  .map(([uncertain_nAh, checkpoint, openCircuit, stepCharge_nAh, stepEnergy_nWh]) => {
    const inRange = (uV: number | undefined) =>
      uV === undefined || Math.abs(uV) >= 2e9 ? undefined : uV
    return {
      write: (recorder, time_ms) =>
        recorder.restarted(
          time_ms,
          uncertain_nAh,
          checkpoint / 1e6,
          openCircuit === undefined ? Number.NaN : openCircuit / 1e6,
          stepCharge_nAh * 3.6e-3,
          stepEnergy_nWh * 3.6e-3,
        ),
      expect: () => ({
        kind: "restarted",
        uncertain_nAh,
        checkpoint_uV: inRange(checkpoint),
        openCircuit_uV: inRange(openCircuit),
        stepCharge_nAh,
        stepEnergy_nWh,
      }),
    }
  })

const selfTest: fc.Arbitrary<Making> = fc.tuple(i32, i32).map(([ratioError_ppm, offset_uV]) => ({
  write: (recorder, time_ms) => recorder.selfTest(time_ms, ratioError_ppm, offset_uV),
  expect: () => ({ kind: "selfTest", ratioError_ppm, offset_uV }),
}))

const temperature: fc.Arbitrary<Making> = fc.integer({ min: -55, max: 150 }).map((degC) => ({
  write: (recorder, time_ms) => recorder.temperature(time_ms, degC),
  expect: (place) => {
    place.temperature_degC = degC
    return undefined
  },
}))

const flush: fc.Arbitrary<Making> = fc.constant({
  write: (recorder) => recorder.flush(),
  expect: () => undefined,
})

function actions(uV: number, nA: number, sum: number): fc.Arbitrary<Action[]> {
  const making = fc.oneof(
    { arbitrary: point(uV, nA, sum), weight: 20 },
    { arbitrary: stepBegins, weight: 3 },
    { arbitrary: small, weight: 2 },
    { arbitrary: restarted, weight: 1 },
    { arbitrary: selfTest, weight: 1 },
    { arbitrary: temperature, weight: 1 },
    { arbitrary: flush, weight: 1 },
  )
  const after_ms = fc.oneof(fc.constantFrom(0, 100, 10_000), fc.nat(2 ** 32))
  return fc.array(
    fc.record({ after_ms, making }).map(({ making, after_ms }) => ({ after_ms, ...making })),
    { maxLength: 200 },
  )
}

/** Writes actions through a recorder. Gives the pages as flash gets them, and what they must say. */
function record(list: Action[]): { pages: Uint8Array[]; expected: LogRecord[] } {
  const log = new PageWriter()
  log.boot = 70_003
  log.now_ms = 123_456
  const recorder = log.recorder(CHANNEL)
  recorder.testBegins(START.test, START.date_s, 1, START.temperature_cdegC / 100)
  const place: Place = {
    testTime_ms: 0,
    boardTime_ms: log.now_ms,
    stepIndex: 0,
    stepType: 0,
    cycle: 0,
    stepCount: 0,
    isUncalibrated: true,
    temperature_degC: START.temperature_cdegC / 100,
  }
  const expected: LogRecord[] = [{ ...place, kind: "testBegins", calibrationDate_s: START.date_s }]
  for (const action of list) {
    place.testTime_ms += action.after_ms
    log.now_ms += action.after_ms
    // A test's clock goes on with an event.
    const made = action.expect(place)
    if (made !== undefined && made.kind !== "point") log.now_ms += STOOD_ms
    action.write(recorder, place.testTime_ms)
    place.boardTime_ms = log.now_ms
    if (made !== undefined) expected.push({ ...place, ...made })
  }
  recorder.flush()
  expect(recorder.isLosing).toBe(false)
  return { pages: log.written, expected }
}

/** The records of a page, alone. Temperatures stand in the records that follow. */
const read = (page: Uint8Array) =>
  decodePage(page).records.filter(({ kind }) => kind !== "temperature")

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
            boot: 70_003,
            channel: CHANNEL,
            number: i % 16,
            test: START.test,
          })
        })
      }),
      { seed: SEED, numRuns: 60 },
    )
  })

  test(`never runs over, however long the numbers (seed ${SEED})`, () => {
    fc.assert(
      // Up to 16 V, 8 A and 70 kAh, over gaps of 49 days.
      fc.property(actions(2 ** 24, 2 ** 33, 2 ** 46), (list) => {
        const { pages, expected } = record(list)
        expect(pages.flatMap(read)).toEqual(expected)
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
    const [page] = record([]).pages
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

  test("an erased page is none, one of another format is named", () => {
    expect(() => decodePage(new Uint8Array(PAGE_BYTES).fill(0xff))).toThrow(/torn or empty/)
    const [page] = record([]).pages
    page[0] = 0xc3
    expect(() => decodePage(sealed(page))).toThrow(/begins with c3h; .* those with c2h/)
  })

  test("an unknown event is passed over, and so is what is new in a known one", () => {
    const log = new PageWriter()
    const recorder = log.recorder(CHANNEL)
    recorder.event(77, 100, 5)
    recorder.event(4, 200, 5)
    recorder.flush()
    const [page] = log.written
    expect(read(page)).toMatchObject([
      { kind: "unknown", number: 77, testTime_ms: 100 },
      { kind: "fault", fault: 5, testTime_ms: 200 },
    ])
    // The unknown one's byte becomes a second one of a fault.
    page.set([0x03, 4, 2, 9, 0xee], RECORDS_AT)
    page[AT_USED] = 5
    expect(read(sealed(page))).toMatchObject([{ kind: "fault", fault: 9 }])
    page.set([0x03, 4, 0], RECORDS_AT)
    page[AT_USED] = 3
    expect(() => read(sealed(page))).toThrow(/event 4 of 0 bytes, not 1/)
  })

  test("a record that runs on beyond the used bytes is an error", () => {
    for (const bytes of [
      [0x03, 4, 2, 9],
      [0x03, 4],
      [0x00, 0x80],
      [0x00, 1, 1],
      [0x00, 1, 1, 3],
    ]) {
      const [page] = record([]).pages
      page.set(bytes, RECORDS_AT)
      page[AT_USED] = bytes.length
      expect(() => read(sealed(page))).toThrow(/in the middle of a record/)
    }
  })
})

/** A page with its checksum made anew. */
function sealed(page: Uint8Array): Uint8Array {
  const bytes = page.slice()
  new DataView(bytes.buffer).setUint32(CRC_AT, crc32(bytes.subarray(0, CRC_AT)), true)
  return bytes
}
