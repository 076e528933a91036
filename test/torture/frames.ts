import { crc } from "jacdac-ts"
import * as service from "../../host/service"
import { SimulatedBoard } from "../../sim/board"
import { Resistor } from "../../sim/cells/resistor"
import { Random } from "../../sim/random"

const COMMANDS = [
  "write_program",
  "start",
  "stop",
  "status",
  "read_log",
  "write_calibration",
  "read_calibration",
  "pause",
  "resume",
  "set_time",
  "acknowledge_log",
  "release_log",
  "log_policy",
]
const MOST_DATA = 236
/** Frames between two looks at the board. */
const BATCH = 8
const BATCH_ms = 20

/** What a million frames of nonsense left of a board. */
export interface Endured {
  frames: number
  answers: number
  /** Times that the runtime reset the MCU: it was told so, or it panicked. */
  resets: number
}

/**
 * Sends frames to an idle board that are nearly right: real commands with wrong lengths and values, to any service,
 * several in a frame, cut short, with flipped bits, most with a checksum that holds.
 * @throws when a cell is energised, or the board does not answer any more
 */
export function sendNonsense(seed: number, frames: number, firmware: Uint8Array): Endured {
  const random = new Random(seed, "frames")
  const cells = [0, 1, 2, 3].map(() => new Resistor(50))
  const board = new SimulatedBoard({ seed, firmware, cells })
  let deviceId: Uint8Array | undefined
  let answers = 0
  let resets = 0
  board.onFrame = (frame) => {
    answers++
    if (frame[13] === 0 && frame[12] >= 8) deviceId ??= frame.slice(4, 12)
  }
  board.onLog = (line) => {
    if (/resets the MCU/.test(line)) resets++
  }
  board.powerOn()
  board.runUntil_ms(5_000)
  if (deviceId === undefined) throw new Error("no board has announced itself")
  for (let sent = 0; sent < frames; sent += BATCH) {
    for (let i = 0; i < BATCH; i++) board.send(nonsense(random, deviceId))
    board.advanceBy_ms(BATCH_ms)
    const driven = cells.findIndex(({ charge_C }) => charge_C !== 0)
    if (driven >= 0) throw new Error(`channel ${driven} is energised after ${sent + BATCH} frames`)
  }
  const before = answers
  board.advanceBy_ms(10_000)
  if (answers - before < 10) throw new Error("the board is silent")
  return { frames, answers, resets }
}

function nonsense(random: Random, deviceId: Uint8Array): Uint8Array {
  const below = (most: number) => Math.floor(random.uniform(0, most))
  const packets: number[] = []
  for (let n = 1 + below(random.uniform() < 0.8 ? 1 : 6); n > 0; n--) packets.push(...packet(below))
  const size = Math.min(packets.length, 240)
  const frame = new Uint8Array(12 + size)
  frame[2] = size
  frame[3] = random.uniform() < 0.8 ? 1 : below(256)
  frame.set(deviceId, 4)
  frame.set(packets.slice(0, size), 12)
  for (let flips = random.uniform() < 0.5 ? 0 : below(4); flips > 0; flips--)
    frame[below(frame.length)] ^= 1 << below(8)
  if (random.uniform() < 0.95) {
    const check = crc(frame.subarray(2, 12 + frame[2]))
    frame[0] = check & 0xff
    frame[1] = check >> 8
  }
  return random.uniform() < 0.98 ? frame : frame.slice(0, below(frame.length + 1))
}

function packet(below: (most: number) => number): number[] {
  const name = COMMANDS[below(COMMANDS.length)]
  const size = below(4) === 0 ? below(MOST_DATA) : below(24)
  const data = Array.from({ length: size }, () => [0, 1, 255, below(256)][below(4)])
  const command = below(8) === 0 ? below(65536) : service.commandCode(name)
  const index = below(8) === 0 ? below(64) : 1
  const bytes = [below(16) === 0 ? below(256) : size, index, command & 0xff, command >> 8, ...data]
  while (bytes.length % 4 !== 0) bytes.push(0)
  return bytes
}
