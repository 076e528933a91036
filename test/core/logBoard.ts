import type { Memory } from "../../firmware/core/bytes"
import { LOG_POINTERS_AT, PAGE_MIRROR_AT, PAGE_MIRROR_BYTES } from "../../firmware/core/framMap"
import { Log } from "../../firmware/core/log"
import { BOARD_CHANNEL, MAX_RECORD_BYTES } from "../../firmware/core/logFormat"
import { LogPage } from "../../firmware/core/logPage"
import { LogRecovery } from "../../firmware/core/logRecovery"
import { LOG_POINTERS_BYTES } from "../../firmware/core/logRing"
import { type Flash, FLASH_COMMAND_BYTES, type Fram, PAGE_BYTES } from "../../firmware/core/ports"
import { Recorder } from "../../firmware/core/recorder"
import { decodePage, type LogPage as DecodedPage } from "../../host/log/decodePage"
import { isWhole } from "../../host/log/page"
import { pagesOf } from "../../host/log/pages"
import type { Random } from "../../sim/random"
import { NodeMemory } from "../../sim/memory"

export const SECTOR = 16
const FRAME_BYTES = FLASH_COMMAND_BYTES + PAGE_BYTES

/** What a power cut looks like from inside the firmware: nothing after it runs. */
export class PowerCut extends Error {}

/** All that keeps what it holds without power, and a moment's notice of every change to it. */
export class Chips {
  readonly fram = new Uint8Array(0x1e00)
  /** Flash: what it holds, and what it will once the operation under way is done. */
  flash: Uint8Array
  coming: Uint8Array | undefined
  /** Called before each byte that FRAM takes and each poll of the flash: the power may go there. */
  onMoment: () => void = () => {}

  constructor(readonly ringPages: number) {
    this.flash = new Uint8Array(ringPages * PAGE_BYTES).fill(0xff)
  }

  /** What is left when the power goes now: an operation under way has changed some of its bits. */
  cut(random: Random, progress: number): Chips {
    const left = new Chips(this.ringPages)
    left.fram.set(this.fram)
    left.flash.set(this.flash)
    const { coming } = this
    if (coming === undefined) return left
    for (let i = 0; i < coming.length; i++) {
      let changes = this.flash[i] ^ coming[i]
      for (let bit = 1; changes !== 0 && bit < 256; bit <<= 1)
        if ((changes & bit) !== 0 && random.uniform() >= progress) changes &= ~bit
      left.flash[i] = this.flash[i] ^ changes
    }
    return left
  }
}

/** FRAM: each byte is there at once. */
export class ChipsFram implements Fram {
  answers = true
  writes = 0
  bytesWritten = 0
  constructor(private readonly chips: Chips) {}

  read(address: number, bytes: Memory, offset: number, count: number): boolean {
    for (let i = 0; this.answers && i < count; i++) bytes[offset + i] = this.chips.fram[address + i]
    return this.answers
  }

  write(address: number, bytes: Memory, offset: number, count: number): boolean {
    this.writes++
    for (let i = 0; this.answers && i < count; i++) {
      this.chips.onMoment()
      this.bytesWritten++
      this.chips.fram[address + i] = bytes[offset + i]
    }
    return this.answers
  }
}

/** NOR flash: programming clears bits, erasing sets a sector's; busy, it answers to nothing else. */
export class ChipsFlash implements Flash {
  /** How many times in a row it says busy after an operation. */
  busyPolls = 1
  /** Places where a bit comes out wrong. */
  readonly worn = new Set<number>()
  reads = 0
  readonly erased: number[] = []
  onErase: (sector: number) => void = () => {}
  private polls = 0

  constructor(private readonly chips: Chips) {}

  isBusy(): boolean {
    this.chips.onMoment()
    if (this.polls > 0) {
      this.polls--
      return true
    }
    if (this.chips.coming !== undefined) this.chips.flash = this.chips.coming
    this.chips.coming = undefined
    return false
  }

  programPage(page: number, frame: Memory): void {
    const after = this.chips.flash.slice()
    const from = page * PAGE_BYTES
    for (let i = 0; i < PAGE_BYTES; i++) {
      if (after[from + i] !== 0xff) throw new Error(`page ${page} is programmed over old bytes`)
      after[from + i] = frame[FLASH_COMMAND_BYTES + i]
    }
    if (this.worn.has(page)) after[from + 250] = 0x7f
    this.start(after)
  }

  eraseSector(sector: number): void {
    this.onErase(sector)
    this.erased.push(sector)
    const bytes = SECTOR * PAGE_BYTES
    const after = this.chips.flash.slice().fill(0xff, sector * bytes, (sector + 1) * bytes)
    this.start(after)
  }

  read(address: number, frame: Memory): void {
    this.mustRest()
    this.reads++
    for (let i = 0; i < PAGE_BYTES; i++)
      frame[FLASH_COMMAND_BYTES + i] = this.chips.flash[address + i]
  }

  private start(after: Uint8Array): void {
    this.mustRest()
    this.chips.coming = after
    this.polls = this.busyPolls
    this.chips.onMoment()
  }

  private mustRest(): void {
    if (this.chips.coming !== undefined) throw new Error("the flash is busy")
  }
}

/** The part of a board that logs: some channels' recorders and the board's own, over chips. */
export class LogBoard {
  readonly fram: ChipsFram
  readonly flash: ChipsFlash
  readonly log: Log
  readonly recorders: Recorder[] = []
  readonly own: Recorder
  readonly recovery: LogRecovery
  now_ms = 0

  constructor(
    readonly chips: Chips,
    channels: number,
    boot = 1,
  ) {
    this.fram = new ChipsFram(chips)
    this.flash = new ChipsFlash(chips)
    this.log = new Log(
      this.flash,
      chips.ringPages,
      this.fram,
      new NodeMemory(LOG_POINTERS_BYTES),
      new NodeMemory(FRAME_BYTES),
      new NodeMemory(MAX_RECORD_BYTES),
    )
    this.log.boot = boot
    for (let i = 0; i < channels; i++) this.recorders.push(this.recorder(i, i))
    this.own = this.recorder(BOARD_CHANNEL, channels)
    this.recovery = new LogRecovery(this.log)
  }

  /** Does what a start does, and what the periods after it do, to the end. */
  recover(): this {
    for (let steps = 0; !this.recovery.step(this.now_ms); steps++) {
      this.now_ms++
      if (steps > 2000) throw new Error("the recovery does not end")
    }
    for (let i = 0; i < 1000 && this.log.hasWork && !this.log.isBlocked; i++) this.run(1)
    return this
  }

  /** Control periods, without records. */
  run(periods: number): void {
    for (let i = 0; i < periods; i++) {
      this.now_ms += 100
      this.log.now_ms = this.now_ms
      if (this.log.hasWork) this.log.service()
    }
  }

  /** Until the flash has all pages that were handed over. */
  settle(): void {
    for (let i = 0; this.log.queue.length > 0; i++) {
      if (i > 1000) throw new Error("the log does not come to rest")
      this.run(1)
    }
  }

  /** What a host downloads. */
  download(): Uint8Array {
    const { first, next } = this.log
    const bytes = new Uint8Array((next - first) * PAGE_BYTES)
    for (let page = first; page < next; page++) {
      const from = (page % this.chips.ringPages) * PAGE_BYTES
      bytes.set(this.chips.flash.subarray(from, from + PAGE_BYTES), (page - first) * PAGE_BYTES)
    }
    return bytes
  }

  pages(): DecodedPage[] {
    return pagesOf(this.download()).pages.map(({ bytes }) => decodePage(bytes))
  }

  private recorder(channel: number, slots: number): Recorder {
    const at = PAGE_MIRROR_AT + 2 * slots * PAGE_MIRROR_BYTES
    const page = (slot: number) =>
      new LogPage(new NodeMemory(FRAME_BYTES), this.fram, at + slot * PAGE_BYTES)
    return new Recorder(channel, this.log, page(0), page(1))
  }
}

/** Whole pages by their sequence numbers, wherever they lie. Throws where one is out of its place. */
export function wholePages(chips: Chips): Map<number, DecodedPage> {
  const pages = new Map<number, DecodedPage>()
  for (let place = 0; place < chips.ringPages; place++) {
    const bytes = chips.flash.subarray(place * PAGE_BYTES, (place + 1) * PAGE_BYTES)
    if (!isWhole(bytes)) continue
    const page = decodePage(bytes)
    if (page.sequence % chips.ringPages !== place)
      throw new Error(`page ${page.sequence} lies at ${place}`)
    pages.set(page.sequence, page)
  }
  return pages
}

/** The pointers in FRAM are gone. */
export function forgetPointers(chips: Chips): void {
  chips.fram.fill(0x55, LOG_POINTERS_AT, LOG_POINTERS_AT + 2 * LOG_POINTERS_BYTES)
}
