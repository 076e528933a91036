import * as format from "../../../firmware/core/logFormat"
import { BoardClock } from "../../../host/log/clock"
import { PAGE_BYTES, type PageHead, pageHead } from "../../../host/log/page"
import { PageCount } from "../../../host/log/pageCount"
import { TestReader } from "../../../host/log/testReader"
import { PAGE_MIRROR_AT, PAGE_MIRROR_BYTES } from "../../../firmware/core/framMap"
import type { Job } from "./lab"

const RING_PAGES = 65_536
/** Two of each channel, two of the board's own. */
const SLOTS = 10
/** A place in the header by which a page is known: all but its sequence number and length. */
const KEY_FROM = format.AT_BOOT
/** Of the integral, and of connecting and zeroing. */
const INTEGRAL = 1e-3
const LITTLE_C = 2e-3
/** From the last sound reading until a fault has opened the relay. */
const FAULT_s = 0.5
/** A chip may lie for so long before that is found out. */
const CHIP_s = 5
const UNCERTAIN_s = 1.02
/** Between two records: what a test that a restart ends does not tell any more. */
const RECORD_s = 30.5

/** What a person knows of a test that was started. */
export interface Kept {
  channel: number
  test: number
  job: Job
  /** The charge that its cell took while the board held its relay closed; undefined while it goes on. */
  passed_C: number | undefined
  /** Faults of chips and stalls that came while it ran. */
  troubles: number
  /** How often a current that had flowed was cut short: by a cut, a reset or a stall. A witness. */
  spells: number
  /** The throughput of its cell when it was last looked whether a current had flowed. */
  throughput_C: number
  /** A person has seen it on the board. */
  hasBegun: boolean
}

/** Holds what a host downloads against what was committed, what passed through the cells, and itself. */
export class Audit {
  /** The host's copy. */
  readonly copy = new Uint8Array(RING_PAGES * PAGE_BYTES)
  pages = 0
  testsChecked = 0
  slotsChecked = 0
  worstCharge = 0
  private readonly counts = new Map<number, PageCount>()
  private readonly awaited = new Map<string, { bytes: Uint8Array; since: number }>()
  private readonly current = new Map<number, { test: number; pages: Uint8Array[] }>()
  readonly kept = new Map<string, Kept>()
  private downloads = 0
  /** The boot with which this leg began: what began before is none of its tests. */
  firstBoot = 0

  /** @param complain is told what is wrong */
  constructor(private readonly complain: (what: string) => void) {}

  take(sequence: number, bytes: Uint8Array): void {
    this.pages++
    this.copy.set(bytes, (sequence % RING_PAGES) * PAGE_BYTES)
    const head = pageHead(bytes)
    if (head === undefined) return
    if (head.sequence !== sequence)
      this.complain(`page ${sequence} says that it is page ${head.sequence}`)
    const count = this.counts.get(head.channel) ?? new PageCount()
    this.counts.set(head.channel, count)
    const missing = count.add(head)
    if (missing !== 0) this.complain(`page ${sequence}: ${missing} pages are missing before it`)
    this.settleSlot(head, bytes)
    if (head.channel === format.BOARD_CHANNEL) return
    const current = this.current.get(head.channel)
    if (current !== undefined && current.test === head.test && !head.beginsTest) {
      current.pages.push(bytes)
      return
    }
    if (current !== undefined) this.checkTest(head.channel, current.test, current.pages)
    this.current.set(head.channel, { test: head.test, pages: [bytes] })
  }

  /** The host has all that there is. */
  downloaded(): void {
    this.downloads++
    for (const [key, { since }] of this.awaited)
      if (this.downloads > since + 2) {
        this.awaited.delete(key)
        this.complain(`the page ${key} was committed, and is not in the log`)
      }
  }

  /** All tests are ended and downloaded: none is left that the log does not tell of. */
  close(): void {
    for (const [channel, { test, pages }] of this.current) this.checkTest(channel, test, pages)
    this.current.clear()
    for (const { channel, test, hasBegun } of this.kept.values())
      if (hasBegun) this.complain(`channel ${channel}: the log tells nothing of test ${test}`)
  }

  /** The power, or the microcontroller, failed: what FRAM holds is committed. */
  remember(fram: Uint8Array): void {
    for (let slot = 0; slot < SLOTS; slot++) {
      const at = PAGE_MIRROR_AT + slot * PAGE_MIRROR_BYTES
      const bytes = fram.slice(at, at + PAGE_MIRROR_BYTES)
      const used = bytes[format.AT_USED]
      if (bytes[format.AT_FORMAT] !== format.LOG_FORMAT || used === 0) continue
      this.awaited.set(keyOf(bytes), { bytes, since: this.downloads })
    }
  }

  private settleSlot(head: PageHead, bytes: Uint8Array): void {
    const key = keyOf(bytes)
    const awaited = this.awaited.get(key)
    if (awaited === undefined) return
    this.awaited.delete(key)
    this.slotsChecked++
    const end = format.RECORDS_AT + awaited.bytes[format.AT_USED]
    for (let at = format.RECORDS_AT; at < end; at++)
      if (bytes[at] !== awaited.bytes[at]) {
        this.complain(`page ${head.sequence}: byte ${at} is not what was committed`)
        return
      }
    if (bytes[format.AT_USED] < awaited.bytes[format.AT_USED])
      this.complain(`page ${head.sequence} holds less than was committed`)
  }

  private checkTest(channel: number, test: number, pages: Uint8Array[]): void {
    const kept = this.kept.get(`${channel} ${test}`)
    const head = pageHead(pages[0])
    // It goes on from a leg before, whose pages a host has.
    const goesOn = kept === undefined && head?.beginsTest === false
    if (goesOn || (head?.boot ?? 0) < this.firstBoot) return
    if (kept === undefined) {
      this.complain(`channel ${channel}: nobody started test ${test}`)
      return
    }
    this.kept.delete(`${channel} ${test}`)
    const reader = new TestReader(pages, BoardClock.of([]))
    const charges_Ah = new Map<number, number>()
    let throughput_C = 0
    let last_s = 0
    let last = -1
    for (const { stepCount, length, time_s, stepCharge_Ah } of reader) {
      if (stepCount < last)
        this.complain(`channel ${channel}, test ${test}: step ${stepCount} came twice`)
      last = stepCount
      charges_Ah.set(stepCount, stepCharge_Ah[length - 1])
      if (time_s[0] < last_s) this.complain(`channel ${channel}, test ${test}: time went back`)
      last_s = time_s[length - 1]
    }
    let counted_C = 0
    for (const charge_Ah of charges_Ah.values()) {
      counted_C += 3600 * charge_Ah
      throughput_C += Math.abs(3600 * charge_Ah)
    }
    const { gaps, events, end, lostPages } = reader.about
    const name = `channel ${channel}, test ${test}`
    if (lostPages > 0) this.complain(`${name}: ${lostPages} pages are lost`)
    const { most_A, policy } = kept.job
    let uncertain_C = 0
    let restarts = 0
    for (const event of events)
      if (event.kind === "restarted") {
        restarts++
        const one_C = (3600 * event.uncertain_nAh) / 1e9
        if (one_C > UNCERTAIN_s * most_A * 1.1)
          this.complain(`${name}: ${one_C} C are called uncertain`)
        uncertain_C += one_C
      }
    const faults = events.filter(({ kind }) => kind === "fault").length
    const isCutShort = end?.reason === "the board restarted" || (restarts > 0 && faults > 0)
    // However many cuts there are in a row: where no current flowed since the last one, none can be uncertain.
    const spells = kept.spells + kept.troubles
    if (uncertain_C > UNCERTAIN_s * most_A * 1.1 * spells)
      this.complain(
        `${name}: ${uncertain_C} C are called uncertain, and its current was cut short ${spells} times`,
      )
    const { passed_C } = kept
    if (passed_C !== undefined) {
      const off_C = Math.abs(passed_C - counted_C)
      const bound_C =
        uncertain_C +
        INTEGRAL * throughput_C +
        LITTLE_C +
        faults * FAULT_s * most_A +
        kept.troubles * CHIP_s * most_A +
        (isCutShort ? RECORD_s * most_A : 0)
      if (off_C > bound_C)
        this.complain(
          `${name}: ${off_C} C are not accounted for, of ${throughput_C}; at most ${bound_C}; ` +
            `${restarts} restarts, ${faults} faults, ${kept.troubles} troubles, ${end?.kind} ${end?.reason}`,
        )
      if (throughput_C > 10)
        this.worstCharge = Math.max(this.worstCharge, (off_C - uncertain_C) / throughput_C)
    }
    if (policy === "stop" && gaps.some(({ kind }) => kind === "restart") && end === undefined)
      this.complain(`${name}: it was to stop at a restart`)
    this.testsChecked++
  }
}

function keyOf(bytes: Uint8Array): string {
  const header = bytes.subarray(KEY_FROM, format.RECORDS_AT)
  return `${bytes[format.AT_CHANNEL]} ${Buffer.from(header).toString("hex")}`
}
