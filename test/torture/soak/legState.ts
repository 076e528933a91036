import { createHash } from "node:crypto"
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync, gzipSync } from "node:zlib"
import type { Memories } from "../../../sim/board"

const FLASH_BYTES = 16 * 1024 * 1024
const FRAM_BYTES = 32 * 1024
const EEPROM_BYTES = 8
const PAGE_BYTES = 256

/**
 * All that goes on from one leg to the next: what the board keeps without power, and what the lab knows. Between two
 * legs the lab is put in order: all tests are ended and looked through, no cell is in a holder, the host is a new one.
 */
export interface LegState {
  memories: Required<Memories>
  lab: Lab
}

export interface Lab {
  /** The lab's clock, ms. */
  now_ms: number
  /** The number that the next test is given. */
  nextTest: number
  /** By test, in the order in which they were ended: the charge that its cell took, C, as the cell itself knows. */
  charges: [channel: number, test: number, charge_C: number][]
  /** Of what the host has stored. */
  stored: string
}

/** What a leg ended with, part by part: two engines that did the same end with the same in each. */
export type Digest = Record<"flash" | "fram" | "eeproms" | "charges" | "host" | "clock", string>

export function digestOf({ memories, lab }: LegState): Digest {
  const { flash, fram, eeproms } = memories
  return {
    flash: hash(flash),
    fram: hash(fram),
    eeproms: hash(...eeproms),
    charges: hash(JSON.stringify([lab.nextTest, lab.charges.map(toPicocoulombs)])),
    host: lab.stored,
    clock: String(lab.now_ms),
  }
}

/** A cell adds up what it takes, in pieces that are not cut at the same instants: the last digit tells of them. */
function toPicocoulombs([channel, test, charge_C]: Lab["charges"][number]): number[] {
  return [channel, test, Math.round(charge_C * 1e12)]
}

export function hash(...parts: (Uint8Array | string)[]): string {
  const sum = createHash("sha256")
  for (const part of parts) sum.update(part)
  return sum.digest("hex")
}

/** One hash of all parts. */
export function markOf(digest: Digest): string {
  return hash(JSON.stringify(digest))
}

/** In which parts two ends differ, and where those begin to. */
export function differences(one: LegState, other: LegState): string[] {
  const [mine, yours] = [digestOf(one), digestOf(other)]
  const parts = (Object.keys(mine) as (keyof Digest)[]).filter((key) => mine[key] !== yours[key])
  return parts.map((part) => {
    if (part === "flash" || part === "fram") {
      const bytes = other.memories[part]
      const at = one.memories[part].findIndex((byte, i) => byte !== bytes[i])
      const place = part === "flash" ? `page ${Math.floor(at / PAGE_BYTES)}, ` : ""
      return `${part} from ${place}byte ${part === "flash" ? at % PAGE_BYTES : at} on`
    }
    return part
  })
}

function pathOf(folder: string, leg: number): string {
  return join(folder, leg === 0 ? "start.gz" : `leg-${leg}.gz`)
}

/** Whether a leg has left what the next one begins with. */
export function hasState(folder: string, leg: number): boolean {
  return existsSync(pathOf(folder, leg))
}

/** Whole or not at all. */
export function writeState(folder: string, leg: number, { memories, lab }: LegState): void {
  const { flash, fram, eeproms } = memories
  const bytes = gzipSync(Buffer.concat([flash, fram, ...eeproms, Buffer.from(JSON.stringify(lab))]))
  const path = pathOf(folder, leg)
  writeFileSync(`${path}.part`, bytes)
  renameSync(`${path}.part`, path)
}

export function readState(folder: string, leg: number): LegState {
  // No Buffer, whose slices are no copies.
  const bytes = Uint8Array.from(gunzipSync(readFileSync(pathOf(folder, leg))))
  const framAt = FLASH_BYTES
  const eepromsAt = framAt + FRAM_BYTES
  const labAt = eepromsAt + 2 * EEPROM_BYTES
  const flash = bytes.subarray(0, framAt)
  const fram = bytes.subarray(framAt, eepromsAt)
  const eeproms = [0, 1].map((dac) => {
    const at = eepromsAt + dac * EEPROM_BYTES
    return bytes.subarray(at, at + EEPROM_BYTES)
  })
  const lab = JSON.parse(Buffer.from(bytes.subarray(labAt)).toString()) as Lab
  return { memories: { flash, fram, eeproms }, lab }
}
