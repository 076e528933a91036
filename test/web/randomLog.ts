import fc from "fast-check"
import { BOARD_CHANNEL } from "../../firmware/core/logFormat"
import type { Recorder } from "../../firmware/core/recorder"
import { BoardClock } from "../../host/log/clock"
import { pageHead } from "../../host/log/page"
import { TestReader } from "../../host/log/testReader"
import { TestIndex } from "../../host/web/data/index/testIndex"
import { PageWriter } from "../log/pageWriter"

/** What a test does, and what becomes of its pages. */
const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("points" as const),
      count: fc.integer({ min: 1, max: 120 }),
      every_ms: fc.constantFrom(100, 1000, 1000, 600_000),
      voltage_uV: fc.integer({ min: -1_000_000, max: 5_000_000 }),
      noise_uV: fc.constantFrom(0, 20, 20_000),
      current_nA: fc.integer({ min: -50_000_000, max: 50_000_000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("step" as const), isNext: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("pause" as const), long: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("fault" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("restart" as const),
      back_ms: fc.integer({ min: 0, max: 1000 }),
      isTold: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("temperature" as const),
      degC: fc.integer({ min: -20, max: 60 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("flush" as const) }) },
)
type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never

const damage = fc.oneof(
  { weight: 12, arbitrary: fc.constant("none" as const) },
  { weight: 1, arbitrary: fc.constantFrom("lost", "torn", "twice", "afterBlank") },
)

/** Of one test: pages of its channel in order, some torn, missing or there twice, and the clock of its board. */
export interface RandomLog {
  pages: Buffer[]
  clock: BoardClock
}

export const randomLog: fc.Arbitrary<RandomLog> = fc
  .record({
    happenings: fc.array(happening, { minLength: 1, maxLength: 40 }),
    damages: fc.array(damage, { minLength: 1, maxLength: 30 }),
    isUndamaged: fc.boolean(),
  })
  .map(({ happenings, damages, isUndamaged }) => {
    const writer = new PageWriter()
    new Writing(writer).all(happenings)
    const own = writer.written.filter((page) => pageHead(page)?.channel !== BOARD_CHANNEL)
    const pages = own.flatMap((page, i) =>
      isUndamaged ? [Buffer.from(page)] : damaged(page, damages[i % damages.length]),
    )
    return { pages, clock: BoardClock.of(writer.written) }
  })

/** What a `TestReader` and an index tell of it. */
export function bothOf({ pages, clock }: RandomLog) {
  const reader = new TestReader(pages, clock)
  const records = [...reader].flatMap(({ length, time_s, voltage_V, current_A, cycle }) =>
    Array.from({ length }, (_, i) => ({
      time_s: time_s[i],
      voltage_V: voltage_V[i],
      current_A: current_A[i],
      cycle,
    })),
  )
  const index = new TestIndex()
  for (const [sequence, page] of pages.entries()) index.add(page, sequence)
  return { records, about: reader.about, index, clock }
}

function damaged(page: Uint8Array, how: string): Buffer[] {
  const whole = Buffer.from(page)
  if (how === "lost") return []
  if (how === "twice") return [whole, whole]
  if (how === "afterBlank") return [Buffer.alloc(page.length, 0xff), whole]
  if (how === "torn") whole[40] ^= 1
  return [whole]
}

class Writing {
  private readonly start_ms = Date.UTC(2026, 0, 1)
  private recorder: Recorder
  private time_ms = 0
  private step = 0
  private cycle = 0
  private isFirst = true
  private drawn = 1

  constructor(private readonly log: PageWriter) {
    this.recorder = log.recorder(3)
    this.recorder.testBegins(7, 0, 0, 25)
    this.log.recorder(BOARD_CHANNEL).clock(this.start_ms, 0)
  }

  all(happenings: readonly Happening[]): void {
    this.begin(true)
    for (const one of happenings) this.do(one)
    this.recorder.flush()
  }

  private do(one: Happening): void {
    const { recorder } = this
    switch (one.kind) {
      case "points":
        for (let i = 0; i < one.count; i++) {
          this.pass(one.every_ms)
          const voltage_V = (one.voltage_uV + one.noise_uV * this.draw()) / 1e6
          const current_A = (one.current_nA + 150 * this.draw()) / 1e9
          recorder.point(this.isFirst ? 1 : 0, this.time_ms, voltage_V, current_A, i, i)
          this.isFirst = false
        }
        break
      case "step":
        this.begin(one.isNext)
        break
      case "pause":
        this.standStill(5, one.long ? 3_600_000 : 10)
        break
      case "fault":
        this.standStill(4, 60_000)
        break
      case "restart":
        this.restart(one.back_ms, one.isTold)
        break
      case "temperature":
        recorder.temperature(this.time_ms, one.degC)
        break
      case "flush":
        recorder.flush()
    }
  }

  private begin(isNextCycle: boolean): void {
    if (isNextCycle) this.cycle++
    this.recorder.stepBegins(this.time_ms, this.step, 1 + (this.step % 2), this.cycle, 255)
    this.step++
    this.isFirst = true
  }

  private standStill(event: number, wait_ms: number): void {
    this.recorder.event(event, this.time_ms, 1)
    this.log.now_ms += wait_ms
    this.recorder.event(6, this.time_ms, 0)
  }

  private restart(back_ms: number, isTold: boolean): void {
    this.recorder.flush()
    this.log.boot++
    this.log.now_ms = 0
    const before = this.recorder
    this.recorder = this.log.recorder(3)
    const { test, stepIndex, stepType, cycle, stepCount, flags } = before
    this.recorder.resume(test, stepIndex, stepType, cycle, stepCount, flags)
    this.time_ms = Math.max(0, this.time_ms - back_ms)
    if (isTold) this.log.recorder(BOARD_CHANNEL).clock(this.start_ms + 1e9 * this.log.boot, 0)
    this.recorder.restarted(this.time_ms, 100, 0.1, Number.NaN, 0, 0)
    this.pass(3000, false)
    this.recorder.event(6, this.time_ms, 0)
  }

  private pass(duration_ms: number, isTest = true): void {
    this.log.now_ms += duration_ms
    if (isTest) this.time_ms += duration_ms
  }

  /** −1 … 1, each time another. */
  private draw(): number {
    this.drawn = (this.drawn * 48_271) % 2_147_483_647
    return (2 * this.drawn) / 2_147_483_647 - 1
  }
}
