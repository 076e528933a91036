// A log as long as tests get: 6000 h of plating and stripping in turn, an hour each, with a point every second.
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs"
import { join } from "node:path"
import { crc32 } from "node:zlib"
import type { Log } from "../../firmware/core/log"
import { BOARD_CHANNEL, MAX_RECORD_BYTES } from "../../firmware/core/logFormat"
import { LogPage } from "../../firmware/core/logPage"
import { FLASH_COMMAND_BYTES, type Fram, PAGE_BYTES } from "../../firmware/core/ports"
import { Recorder } from "../../firmware/core/recorder"
import { NodeMemory } from "../../sim/memory"
import { Random } from "../../sim/random"

export const BOARD = "00000000c0ffee01"
export const CHANNEL = 0
export const TEST = 1
const SEED = 6000
const HALF_CYCLE_s = 3600
const CURRENT_A = 1.539e-3
/** Noise of one reading, rms. */
const NOISE_V = 20e-6
const NOISE_A = 150e-9
/** How often a host told the board the time. */
const TOLD_EVERY_s = 6 * 3600
const BEGAN_ms = Date.UTC(2026, 0, 1)

/** u32 sequence, the page, u32 CRC-32 of both. */
export const ENTRY_BYTES = 4 + PAGE_BYTES + 4

const fram: Fram = { read: () => false, write: () => true }

/** Stands for the board's log: pages go to a file in the store's format. */
class PageFile {
  readonly pages: LogPage[] = []
  readonly record = new NodeMemory(MAX_RECORD_BYTES)
  readonly boot = 1
  readonly isFull = false
  isMemoryLost = false
  now_ms = 0
  private next = 0
  private readonly chunk = Buffer.alloc(16_384 * ENTRY_BYTES)
  private at = 0

  constructor(private readonly file: number) {}

  recorder(channel: number): Recorder {
    const page = () => new LogPage(new NodeMemory(FLASH_COMMAND_BYTES + PAGE_BYTES), fram, 0)
    return new Recorder(channel, this as unknown as Log, page(), page())
  }

  append(page: LogPage): void {
    const { chunk, at } = this
    page.isOpen = false
    page.seal(this.next)
    chunk.writeUInt32LE(this.next++, at)
    chunk.set((page.frame as unknown as Uint8Array).subarray(FLASH_COMMAND_BYTES), at + 4)
    const checked = ENTRY_BYTES - 4
    chunk.writeUInt32LE(crc32(chunk.subarray(at, at + checked)), at + checked)
    this.at += ENTRY_BYTES
    if (this.at === chunk.length) this.flush()
  }

  flush(): void {
    writeSync(this.file, this.chunk, 0, this.at)
    this.at = 0
  }
}

/**
 * Writes `boards/<id>/pages-0000000000.log` into a store's folder, unless it is there: one test of `hours`
 * half-cycles, written by the firmware's own recorder.
 * @returns the file
 */
export function writeLongLog(folder: string, hours = 6000): string {
  const board = join(folder, "boards", BOARD)
  const path = join(board, "pages-0000000000.log")
  if (existsSync(path)) return path
  mkdirSync(board, { recursive: true })
  const file = openSync(`${path}.part`, "w")
  record(new PageFile(file), hours)
  closeSync(file)
  renameSync(`${path}.part`, path)
  return path
}

function record(log: PageFile, hours: number): void {
  const noise = normals()
  const clock = log.recorder(BOARD_CHANNEL)
  const recorder = log.recorder(CHANNEL)
  clock.booted(0)
  recorder.testBegins(TEST, 1_700_000_000, 0, 24)
  let drawn = 0
  for (let half = 0; half < hours; half++) {
    const begun_ms = half * HALF_CYCLE_s * 1000
    const sign = half % 2 === 0 ? 1 : -1
    log.now_ms = begun_ms
    if ((half * HALF_CYCLE_s) % TOLD_EVERY_s === 0) clock.clock(BEGAN_ms + begun_ms, begun_ms)
    recorder.stepBegins(begun_ms, half % 2, 2, 1 + (half >> 1), half === 0 ? 255 : 0)
    let charge_mAs = 0
    let energy_mWs = 0
    for (let t = 1; t <= HALF_CYCLE_s; t++) {
      log.now_ms = begun_ms + t * 1000
      const current_A = sign * CURRENT_A + NOISE_A * noise[drawn++ & 0xffff]
      const magnitude_V = 0.04 + half * 1e-6 + 0.05 * Math.exp(-t / 36)
      const voltage_V = sign * magnitude_V + NOISE_V * noise[drawn++ & 0xffff]
      charge_mAs += current_A * 1000
      energy_mWs += current_A * voltage_V * 1000
      const flags = t === HALF_CYCLE_s ? 2 : t === 1 ? 1 : 0
      recorder.point(flags, log.now_ms, voltage_V, current_A, charge_mAs, energy_mWs)
    }
  }
  recorder.event(3, log.now_ms, 0)
  recorder.flush()
  log.flush()
}

/** So many that they fall on other times in every half-cycle. */
function normals(): Float64Array {
  const random = new Random(SEED)
  return Float64Array.from({ length: 65_536 }, () => random.normal())
}
