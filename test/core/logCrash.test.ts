import { describe, expect, test } from "vitest"
import * as format from "../../firmware/core/logFormat"
import { FLASH_COMMAND_BYTES, PAGE_BYTES } from "../../firmware/core/ports"
import { decodePage, type LogPage, type LogRecord } from "../../host/log/decodePage"
import { isWhole } from "../../host/log/page"
import type { NodeMemory } from "../../sim/memory"
import { Random } from "../../sim/random"
import { Chips, LogBoard, PowerCut, SECTOR } from "./logBoard"

const SEED = 20_240_601
const CHANNELS = 2

/**
 * What a board's life has recorded: each record in words, by channel, in order. A record counts from the
 * moment its call returned; the one whose call was cut off may be there or not.
 */
class Witness {
  readonly committed: string[][] = Array.from({ length: CHANNELS }, () => [])
  /** How many of them, from the first, lie in pages that a host has stored. */
  readonly stored: number[] = Array.from({ length: CHANNELS }, () => 0)
  pending: { channel: number; record: string } | undefined

  copy(): Witness {
    const copy = new Witness()
    for (let i = 0; i < CHANNELS; i++) {
      copy.committed[i].push(...this.committed[i])
      copy.stored[i] = this.stored[i]
    }
    copy.pending = this.pending
    return copy
  }

  /** The board as it is after a start has exactly what was committed. Takes the pending one as found. */
  check(found: string[][]): void {
    for (let channel = 0; channel < CHANNELS; channel++) {
      const expected = this.committed[channel]
      const { pending } = this
      if (pending?.channel === channel && found[channel].at(-1) === pending.record)
        expected.push(pending.record)
      // What was stored may be overwritten, from the oldest on; everything else is there once.
      const gone = expected.length - found[channel].length
      if (gone < 0 || gone > this.stored[channel])
        throw new Error(
          `channel ${channel}: ${found[channel].length} records of ${expected.length}, ` +
            `${this.stored[channel]} of them stored; last ${found[channel].at(-1)}, not ${expected.at(-1)}`,
        )
      for (let i = gone; i < expected.length; i++)
        if (found[channel][i - gone] !== expected[i])
          throw new Error(`channel ${channel}: ${found[channel][i - gone]}, not ${expected[i]}`)
    }
    this.pending = undefined
  }
}

/** A record in words; its place in the test included. */
function inWords(record: LogRecord): string {
  const { testTime_ms, stepCount, cycle } = record
  const place = `${testTime_ms} ms, step ${stepCount}, cycle ${cycle}`
  switch (record.kind) {
    case "point":
      return `${place}: ${record.voltage_uV} uV ${record.current_nA} nA ${record.stepCharge_nAh} nAh`
    case "testEnds":
      return `${place}: ends by ${record.reason}`
    default:
      return `${place}: ${record.kind}`
  }
}

const decoded = new Map<string, LogPage | undefined>()

/** Every page is decoded once, however often it is looked at. */
function decode(bytes: Uint8Array): LogPage | undefined {
  const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1")
  if (!decoded.has(key)) decoded.set(key, isWhole(bytes) ? decodePage(bytes) : undefined)
  return decoded.get(key)
}

/** The records that a board's log claims, in words, by channel. */
function recordsOf({ log, chips }: LogBoard, from = log.first, to = log.next): string[][] {
  const records: string[][] = Array.from({ length: CHANNELS }, () => [])
  for (let sequence = from; sequence < to; sequence++) {
    const at = (sequence % chips.ringPages) * PAGE_BYTES
    const page = decode(chips.flash.subarray(at, at + PAGE_BYTES))
    if (page === undefined || page.channel === format.BOARD_CHANNEL) continue
    if (page.sequence !== sequence) throw new Error(`page ${page.sequence} at ${sequence}`)
    records[page.channel].push(...page.records.map(inWords))
  }
  return records
}

/** And those that wait in FRAM, since the log is full. */
function allRecordsOf(board: LogBoard): string[][] {
  const records = recordsOf(board)
  for (const page of board.log.queue) {
    page.seal(0)
    const bytes = Uint8Array.from(page.frame as NodeMemory).subarray(FLASH_COMMAND_BYTES)
    const { channel, records: waiting } = decodePage(bytes)
    if (channel !== format.BOARD_CHANNEL) records[channel].push(...waiting.map(inWords))
  }
  return records
}

/** Lets a board record at random, witnessed. */
class Life {
  private readonly times_ms = [0, 0]
  private readonly steps = [0, 0]

  constructor(
    readonly board: LogBoard,
    readonly witness: Witness,
    private readonly random: Random,
  ) {
    board.flash.onErase = (sector) => this.mayErase(sector)
    for (let channel = 0; channel < CHANNELS; channel++) {
      // Each life goes on later than the one before, in a step of its own.
      this.times_ms[channel] = 1_000_000 * board.log.boot
      this.steps[channel] = 1000 * board.log.boot
      board.recorders[channel].resume(channel, 3, 2, 5, this.steps[channel], 0)
    }
  }

  /** One thing that may happen to a board. */
  act(flushes: number): void {
    const { board, random } = this
    const roll = random.uniform()
    if (roll < 0.03) this.board.own.clock(1e12 + board.now_ms, board.now_ms)
    else if (roll < 0.04) this.store()
    else if (roll < 0.04 + flushes) board.recorders[this.channel()].flush()
    else if (roll < 0.75) this.record()
    board.run(1)
  }

  private record(): void {
    const { board, random, witness } = this
    const channel = this.channel()
    const recorder = board.recorders[channel]
    this.times_ms[channel] += random.uint32() % 20_000
    const time_ms = this.times_ms[channel]
    const kind = random.uniform()
    const next = kind < 0.1 ? this.steps[channel] + 1 : this.steps[channel]
    const place = `${time_ms} ms, step ${next}, cycle 5`
    const uV = Math.round(random.normal(1e6))
    const nA = Math.round(random.normal(1e6))
    let words = `${place}: ${uV} uV ${nA} nA ${nA} nAh`
    if (kind < 0.1) words = `${place}: stepBegins`
    else if (kind < 0.2) words = `${place}: ends by ${uV & 255}`
    const free = board.log.queue.length
    witness.pending = { channel, record: words }
    if (kind < 0.1) recorder.stepBegins(time_ms, 3, 2, 5, 0)
    else if (kind < 0.2) recorder.event(format.EVENT_TEST_ENDS, time_ms, uV & 255)
    else recorder.point(0, time_ms, uV / 1e6, nA / 1e9, nA * 3.6e-3, 0)
    witness.pending = undefined
    this.steps[channel] = next
    if (recorder.isLosing) {
      // The board says so, and the channel would stop: nothing was committed.
      recorder.isLosing = false
      expect(free).toBeGreaterThan(0)
    } else witness.committed[channel].push(words)
  }

  /** A host stores all that is in flash. */
  private store(): void {
    const { board, witness } = this
    const { next } = board.log
    const unstored = recordsOf(board, board.log.downloaded, next)
    board.log.acknowledge(next)
    unstored.forEach((records, channel) => {
      witness.stored[channel] += records.length
    })
  }

  private mayErase(sector: number): void {
    const { log, chips } = this.board
    for (let i = 0; i < SECTOR; i++) {
      const at = (sector * SECTOR + i) * PAGE_BYTES
      const page = decode(chips.flash.subarray(at, at + PAGE_BYTES))
      if (page !== undefined && page.sequence >= Math.max(log.downloaded, log.released))
        throw new Error(`page ${page.sequence} is erased before it was stored`)
    }
  }

  private channel(): number {
    return this.random.uint32() % CHANNELS
  }
}

/** Starts what a cut left. What a host had stored before stays stored. */
function reopen(chips: Chips, witness: Witness, boot: number): LogBoard {
  const board = new LogBoard(chips, CHANNELS, boot)
  board.recover()
  // Acknowledged, but cut off before FRAM had it: those pages are kept after all.
  witness.check(allRecordsOf(board))
  return board
}

/** How far a flash operation had come when the power went. */
const PROGRESS = [0, 0.02, 0.5, 0.98, 1]

describe("a power cut", () => {
  test(`at any byte of a log round the ring leaves every record there once (seed ${SEED})`, () => {
    const random = new Random(SEED)
    const chips = new Chips(4 * SECTOR)
    const witness = new Witness()
    const board = new LogBoard(chips, CHANNELS).recover()
    const life = new Life(board, witness, random)
    let moments = 0
    let again = 0
    chips.onMoment = () => {
      moments++
      const left = chips.cut(random, PROGRESS[moments % PROGRESS.length])
      const seen = witness.copy()
      if (moments % 40 !== 0) {
        reopen(left, seen, 2)
        return
      }
      // The power goes again, at every byte of this recovery.
      left.onMoment = () => {
        again++
        reopen(left.cut(random, PROGRESS[again % PROGRESS.length]), seen.copy(), 3)
      }
      reopen(left, seen, 2)
    }
    while (board.log.next < 6 * SECTOR) life.act(0.4)
    expect(moments).toBeGreaterThan(5000)
    expect(again).toBeGreaterThan(500)
  })

  test(`any number of them, with records between, lose none (seed ${SEED + 1})`, () => {
    for (let run = 0; run < 40; run++) {
      const random = new Random(SEED + 1 + run)
      let chips = new Chips(SECTOR * 2 ** (1 + (run % 3)))
      const witness = new Witness()
      for (let boot = 1; boot <= 12; boot++) {
        let left = random.uniform() < 0.3 ? random.uint32() % 60 : random.uint32() % 6000
        chips.onMoment = () => {
          if (left-- <= 0) throw new PowerCut()
        }
        try {
          const board = new LogBoard(chips, CHANNELS, boot)
          board.flash.busyPolls = 1 + (random.uint32() % 4)
          board.recover()
          witness.check(allRecordsOf(board))
          const life = new Life(board, witness, random)
          for (;;) life.act(0.02 + 0.2 * (run % 2))
        } catch (error) {
          if (!(error instanceof PowerCut)) throw error
        }
        chips = chips.cut(random, random.uniform())
      }
      reopen(chips, witness, 13)
    }
  })
})
