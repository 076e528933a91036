import { crc } from "jacdac-ts"
import * as service from "../../host/service"
import { circuit } from "../../host/manifest"
import { compileProtocol } from "../../host/protocol/compile"
import { encodeFrame } from "../../host/transport/jdusb"
import { SimulatedBoard } from "../../sim/board"
import { Resistor } from "../../sim/cells/resistor"
import { Random } from "../../sim/random"
import { UsbBridge } from "../../sim/server/usbBridge"
import { protocol } from "../scenario/harness"
import { ScriptedHost } from "../scenario/scriptedHost"

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
const BATCH = 2
const BATCH_ms = 20
/** Now and then so many at once. */
const BURST = 16
const BURSTS = 0.02
/** Share that goes over a serial line that spoils it. */
const GARBLED = 0.1

const PROGRAM = compileProtocol(
  protocol([{ step: "constant_current", current_mA: 5, until_time_s: 60 }]),
  { name: "A" },
  circuit,
).bytes

/** After a reset: until the board has read its memory, and its service answers. */
const START_ms = 4_000

/** What so many frames of nonsense left of a board. */
export interface Endured {
  frames: number
  /** Answers of its service: so many of the frames were understood. */
  answers: number
  /** Times that the runtime reset the MCU: it was told so, or it panicked. */
  resets: number
}

/**
 * Sends frames to an idle board, with a program loaded into each channel, that are nearly right: real commands with
 * wrong lengths and values, to any service of its two devices, several in a frame, cut short, with flipped bits, most
 * with a checksum that holds, some on a serial line that garbles them.
 * @throws when a cell is energised, the program fails, or the board does not answer any more
 */
export function sendNonsense(seed: number, frames: number, firmware: Uint8Array): Endured {
  const random = new Random(seed, "frames")
  const cells = [0, 1, 2, 3].map(() => new Resistor(50))
  const board = new SimulatedBoard({ seed, firmware, cells })
  const host = new ScriptedHost(board)
  const line = new UsbBridge()
  line.onFrame = (frame) => board.send(frame)
  const devices = new Devices()
  const hear = board.onFrame
  const panics: string[] = []
  let answers = 0
  let resets = 0
  board.onFrame = (frame) => {
    hear(frame)
    devices.hear(frame)
    if (devices.isAnswer(frame)) answers++
  }
  board.onLog = (line) => {
    if (/the MCU is reset|resets the MCU/i.test(line)) resets++
    if (/^panic/.test(line)) panics.push(line)
  }
  board.powerOn()
  cells.forEach((_, channel) => {
    host.load(6 + channel, channel, PROGRAM)
  })
  for (let sent = 0; sent < frames; ) {
    const before = resets
    const count = random.uniform() < BURSTS ? BURST : BATCH
    sent += count
    for (let i = 0; i < count; i++) {
      const frame = nonsense(random, devices.any(random))
      if (random.uniform() < GARBLED) line.receive(garbled(encodeFrame(frame), random))
      else board.send(frame)
    }
    board.advanceBy_ms(BATCH_ms)
    if (resets > before) board.advanceBy_ms(START_ms)
    const driven = cells.findIndex(({ charge_C }) => charge_C !== 0)
    if (driven >= 0) throw new Error(`channel ${driven} is energised after ${sent} frames`)
  }
  const before = answers
  board.advanceBy_ms(START_ms)
  for (let asked = 0; asked < 10; asked++) {
    host.send("status", [asked % 4])
    board.advanceBy_ms(100)
  }
  if (answers - before < 10) throw new Error("the board is silent")
  if (panics.length > 0) throw new Error(`the program fails: ${panics.join(", ")}`)
  return { frames, answers, resets }
}

/** Who is on the board's bus: its runtime, and the program with our service. */
class Devices {
  private readonly ids = new Map<string, Uint8Array>()
  private ours = ""

  hear(frame: Uint8Array): void {
    const bytes = Buffer.from(frame)
    if (bytes[13] !== 0 || bytes[12] < 8 || bytes.readUInt16LE(14) !== 0) return
    const id = bytes.subarray(4, 12)
    this.ids.set(id.toString("hex"), Uint8Array.from(id))
    if (bytes.readUInt32LE(20) === service.serviceClass()) this.ours = id.toString("hex")
  }

  isAnswer(frame: Uint8Array): boolean {
    return frame[13] === 1 && Buffer.from(frame.subarray(4, 12)).toString("hex") === this.ours
  }

  /** Mostly ours. */
  any(random: Random): Uint8Array {
    const all = [...this.ids.values()]
    const other = all[Math.floor(random.uniform(0, all.length))]
    return random.uniform() < 0.9 ? (this.ids.get(this.ours) ?? other) : other
  }
}

/** A line's bytes with some lost, doubled or changed. */
function garbled(bytes: Uint8Array, random: Random): Uint8Array {
  const at = Math.floor(random.uniform(0, bytes.length))
  const how = random.uniform()
  if (how < 0.3) return bytes.slice(0, at)
  if (how < 0.5) return Uint8Array.of(...bytes.slice(0, at), 0xfe, ...bytes.slice(at))
  if (how < 0.7) return Uint8Array.of(...bytes, ...bytes.slice(at))
  const changed = Uint8Array.from(bytes)
  changed[at] ^= 1 << Math.floor(random.uniform(0, 8))
  return changed
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
