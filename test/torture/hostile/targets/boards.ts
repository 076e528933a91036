import { mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import { readCalibration } from "../../../../host/calibrate"
import { BoardClient } from "../../../../host/boardClient"
import { TesterError } from "../../../../host/errors"
import { FollowedBoard } from "../../../../host/follow/followedBoard"
import * as service from "../../../../host/service"
import { planTest, startTests } from "../../../../host/start"
import { download } from "../../../../host/store/download"
import { Store } from "../../../../host/store/store"
import { BLANK, pageAt } from "../../../store/logOf"
import { encodedCalibration } from "../calibrated"
import {
  type Asked,
  announcement,
  DEVICE_ID,
  report,
  ScriptedBoard,
  withCrc,
} from "../scriptedBoard"
import { broken, type Target } from "../target"

const PAGES = 100
const GET_REGISTER = 0x1000
/** Of an input, as many bytes say what becomes of an answer. */
const LIE_BYTES = 4
const PROTOCOL = JSON.stringify({
  safety: { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 5 },
  allow_uncalibrated: true,
  method: [{ step: "constant_current", current_mA: 1, until_time_s: 60 }],
})
/** No conversation takes longer by the board's clock, whatever it answers. */
const MOST_ms = 600_000

/**
 * A board that lies: what it answers is cut, stretched, changed, left out, said twice, of another page or another
 * command. All that a host does with it comes to an end, in an error for a person at worst, and what it stores
 * it can read again.
 * @param root an empty folder
 */
export function lyingBoards(root: string): Target {
  return {
    name: "lying-boards",
    seeds: [0, 1, 2, 3, 4].map((kind) => Buffer.concat([Buffer.of(kind), Buffer.alloc(64)])),
    most: 400,
    async run(input) {
      const lies = new Lies(input.subarray(1))
      const board = new ScriptedBoard((asked) => lies.answers(asked))
      const link = await board.link()
      const folder = mkdtempSync(join(root, "lying-"))
      try {
        await converse(input[0] ?? 0, link, folder)
        if (board.now_ms > MOST_ms) broken(`a conversation of ${board.now_ms} ms`)
        readAgain(folder)
      } finally {
        await link.close()
        rmSync(folder, { recursive: true })
      }
    },
  }
}

/** Cut pages are stored as they came; what is whole can be read. */
function readAgain(folder: string): void {
  const log = Store.open(folder).board(DEVICE_ID)
  if ([...log.verify()].length > 0) broken("what was stored is damaged")
}

async function converse(
  kind: number,
  link: Awaited<ReturnType<ScriptedBoard["link"]>>,
  folder: string,
): Promise<void> {
  try {
    const client = await BoardClient.find(link, DEVICE_ID)
    const firmware = { version: "0.1.0", board: "pico" }
    const session = { link, board: client, firmware, isSimulated: true, close: async () => {} }
    const store = Store.open(folder)
    switch (kind % 5) {
      case 0:
        await download(session, store.board(client.id))
        return
      case 1: {
        const board = new FollowedBoard(client.id, client.name)
        await board.look(session)
        await board.look(session)
        return
      }
      case 2: {
        const protocol = { fileName: "a.json", text: PROTOCOL }
        await startTests(session, store, [
          planTest(0, protocol, { fileName: "c", text: "name: A" }),
        ])
        return
      }
      case 3:
        await readCalibration(client, 0)
        await client.writeCalibration(0, encodedCalibration())
        await client.firmware()
        await client.problem()
        return
      default:
        await client.pause(0)
        await client.resume(0)
        await client.stop(0)
        await client.setLogPolicy("Overwrite")
        await client.releaseLog(3)
    }
  } catch (error) {
    if (!(error instanceof TesterError)) throw error
  }
}

/** Answers as a board gives them, each changed as the input says. */
class Lies {
  private at = 0
  private readonly said: Uint8Array[] = []

  constructor(private readonly input: Buffer) {}

  answers(asked: Asked): Uint8Array[] {
    const name = nameOf(asked)
    if (name === undefined) return []
    const code = asked.isRegister ? GET_REGISTER | asked.code : asked.code
    const honest = honestAnswer(name, asked)
    const [how, amount, value, where] = [0, 1, 2, 3].map((i) => this.input[this.at + i] ?? 0)
    this.at += LIE_BYTES
    const frame = (data: Uint8Array) => report(code, data)
    const told = frame(honest)
    this.said.push(told)
    switch (how % 12) {
      case 1:
        return [frame(honest.subarray(0, amount % (honest.length + 1)))]
      case 2:
        return [frame(Buffer.concat([honest, Buffer.alloc(amount % 64, value)]).subarray(0, 236))]
      case 3:
        return []
      case 4:
        return [told, told]
      case 5: {
        const lie = Buffer.from(honest)
        if (lie.length > 0) lie[where % lie.length] = value
        return [frame(lie)]
      }
      case 6:
        return [frame(Buffer.alloc(amount % 237, value))]
      case 7:
        return [this.said[amount % this.said.length], told]
      case 8: {
        const lie = Buffer.from(told)
        lie[2 + (where % (lie.length - 2))] = value
        return lie.length < 12 + lie[2] ? [lie] : [withCrc(lie)]
      }
      case 9:
        return [report(GET_REGISTER | (0x180 + (amount % 8)), honest), told]
      case 10:
        // It restarts instead.
        return [announcement(amount % 16)]
      case 11: {
        const lie = Buffer.from(honest)
        for (let i = 0; i < lie.length; i++) if ((i + where) % 4 === 0) lie[i] = value
        return [frame(lie)]
      }
      default:
        return [told]
    }
  }
}

const NAMES = {
  commands: [
    "write_program",
    "start",
    "stop",
    "status",
    "read_log",
    "write_calibration",
    "read_calibration",
  ],
  more: ["pause", "resume", "set_time", "acknowledge_log", "release_log", "log_policy"],
  registers: [
    "channels",
    "boot_count",
    "problem",
    "log_range",
    "temperature_mdegc",
    "time",
    "firmware",
  ],
}

function nameOf({ code, isRegister }: Asked): string | undefined {
  if (isRegister) return NAMES.registers.find((name) => service.registerCode(name) === code)
  return [...NAMES.commands, ...NAMES.more].find((name) => service.commandCode(name) === code)
}

/** What a sound board says: little-endian, as `coincell.md` has it. */
function honestAnswer(name: string, { data }: Asked): Buffer {
  switch (name) {
    case "channels":
      return Buffer.of(4)
    case "boot_count":
      return Buffer.of(1, 0, 0, 0)
    case "firmware":
      return Buffer.from("0.1.0 pico")
    case "problem":
      return Buffer.alloc(0)
    case "log_range": {
      const range = Buffer.alloc(18)
      range.writeUInt32LE(PAGES, 4)
      return range
    }
    case "time":
      return Buffer.alloc(16, 1)
    case "temperature_mdegc":
      return Buffer.alloc(4)
    case "read_log":
      return Buffer.concat([data.subarray(0, 5), logBytes(data)])
    case "status": {
      const status = Buffer.alloc(38)
      status[32] = data[0] ?? 0
      status[37] = 255
      return status
    }
    case "write_program":
      return Buffer.concat([data.subarray(0, 3), Buffer.of(0)])
    case "start":
      return Buffer.concat([data, Buffer.alloc(3)])
    case "set_time":
      return Buffer.alloc(8)
    case "acknowledge_log":
    case "release_log":
      return Buffer.concat([data.subarray(0, 4), Buffer.of(0)])
    case "log_policy":
      return Buffer.of(0)
    case "read_calibration":
      return Buffer.concat([Buffer.of(data[0] ?? 0, 0), encodedCalibration()])
    default:
      return Buffer.of(data[0] ?? 0, 0)
  }
}

function logBytes(asked: Buffer): Buffer {
  if (asked.length < 6) return Buffer.alloc(0)
  const [page, offset, count] = [asked.readUInt32LE(0), asked[4], asked[5]]
  const pages = [page, page + 1].map((one) => (one < PAGES ? pageAt(one) : BLANK))
  return Buffer.concat(pages).subarray(offset, offset + count)
}
