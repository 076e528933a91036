import * as format from "../../firmware/core/logFormat"
import { putCrc } from "../../host/crc"
import { PAGE_BYTES } from "../../host/log/page"
import { blankMemories, type Memories } from "../../sim/board"
import { act, begin, script } from "./life"

const RING = 65_536
/** A life writes fewer pages. */
export const WINDOW = 256

/** What is on a board before the life that is cut. */
export interface Scenario {
  name: ScenarioName
  before: Memories
  /** The log's next page then. */
  first: number
}

export const SCENARIOS = ["fresh", "later", "wrap"] as const
export type ScenarioName = (typeof SCENARIOS)[number]

/**
 * A new board; one with another life behind it, whose log goes on in the middle of a sector; and one whose log is
 * some pages from the ring's end and overwrites its oldest pages during this life.
 */
export function scenario(
  name: ScenarioName,
  seed: number,
  firmware: Uint8Array | "native",
): Scenario {
  const before = blankMemories()
  if (name === "fresh") return { name, before, first: 0 }
  if (name === "wrap") return { name, before, first: fill(before.flash, RING - 20) }
  const life = begin(seed + 1, firmware, before)
  act(life, script())
  life.board.powerOff()
  let first = 0
  while (before.flash[first * PAGE_BYTES] !== 0xff) first++
  return { name, before, first }
}

/** Whole pages of an earlier boot. @returns the page to come */
function fill(flash: Uint8Array, pages: number): number {
  for (let page = 0; page < pages; page++) {
    const bytes = flash.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES)
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    bytes[format.AT_FORMAT] = format.LOG_FORMAT
    bytes[format.AT_CHANNEL] = format.BOARD_CHANNEL + (page % format.PAGE_NUMBERS) * 16
    bytes.fill(0, format.AT_USED, format.RECORDS_AT)
    view.setUint32(format.AT_SEQUENCE, page, true)
    bytes[format.AT_BOOT] = 1
    view.setInt16(format.AT_TEMPERATURE, format.NO_TEMPERATURE, true)
    putCrc(bytes, 0, format.CRC_AT)
  }
  return pages
}

/** A copy of a scenario's memories that is worn by one life after another, and made new in between. */
export class Worn {
  readonly memories: Memories

  constructor(private readonly scenario: Scenario) {
    const { flash, fram } = scenario.before
    this.memories = { flash: flash.slice(), fram: fram.slice() }
  }

  /** As before any life. */
  renew(): Memories {
    const { before, first } = this.scenario
    const { flash, fram } = this.memories
    for (let i = 0; i < WINDOW; i++) {
      const at = ((first + i) % RING) * PAGE_BYTES
      flash.set(before.flash.subarray(at, at + PAGE_BYTES), at)
    }
    fram.set(before.fram)
    return this.memories
  }

  /** Whether lives left alone what was not theirs. */
  isKept(): boolean {
    this.renew()
    return Buffer.from(this.memories.flash.buffer).equals(this.scenario.before.flash)
  }
}
