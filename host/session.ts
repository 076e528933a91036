import packageJson from "../package.json" with { type: "json" }
import type { FirmwareMark } from "./board/firmware"
import { BoardPort } from "./board/port"
import { BoardClient } from "./boardClient"
import { calibrateSimulated } from "./calibrateSimulated"
import { BoardError, TesterError } from "./errors"
import type { Link } from "./transport/link"
import { openLink, parseAddress, portsToTry } from "./transport/open"
import { absence, PortError, wrongVersion } from "./transport/portErrors"
import { holdersOf } from "./transport/portHolders"
import { startSimulatedBoard, usualCells } from "./transport/simulated"

/** Which board a person means. */
export interface Where {
  /** `--port`: `/dev/ttyACM0`, `COM3`, `tcp:HOST:PORT`, `sim`, `sim:SEED`; undefined: all that there are. */
  port?: string
  /** `--board`: its name, or the beginning of its id; undefined: whichever there is. */
  board?: string
}

/** A board that is spoken to. */
export interface Session {
  link: Link
  board: BoardClient
  firmware: FirmwareMark
  isSimulated: boolean
  /** Lets the port go; the board and its tests do not mind. */
  close(): Promise<void>
}

/** The boards that answer, and the ports that could have had one, with what is wrong there. */
export interface Found {
  sessions: Session[]
  failures: TesterError[]
}

/** The board's key in devicescript.json when it is a simulated one. */
const SIMULATED = "sim"

/**
 * Opens all boards that answer, all ports at once.
 * @throws TesterError when none does
 */
export async function openBoards(where: Where): Promise<Session[]> {
  const { sessions, failures } = await findBoards(where)
  if (sessions.length > 0) return sessions
  throw failures.length === 1 ? failures[0] : new BoardError(noBoard(where, failures))
}

/**
 * Opens the one board that is meant.
 * @throws TesterError when there is none, or several: it lists them, and says how to choose
 */
export async function openBoard(where: Where): Promise<Session> {
  const sessions = await openBoards(where)
  if (sessions.length === 1) return sessions[0]
  await Promise.all(sessions.map((session) => session.close()))
  throw new BoardError(severalBoards(sessions))
}

/** Opens all boards that answer, and tells what is wrong at the other ports. */
export async function findBoards(where: Where): Promise<Found> {
  const addresses = where.port === undefined ? await portsToTry() : [where.port]
  const all = await Promise.all(addresses.map((address) => openPort(address, where.board)))
  return {
    sessions: all.flatMap((one) => one.sessions),
    failures: all.flatMap((one) => one.failures),
  }
}

/** Opens one port, and the boards at it. */
async function openPort(address: string, wanted: string | undefined): Promise<Found> {
  let link: Link | undefined
  try {
    link = await open(address)
    const found = await openBoardsOn(link, wanted)
    if (found.sessions.length === 0) await link.close()
    return found
  } catch (error) {
    await link?.close()
    if (!(error instanceof TesterError)) throw error
    return { sessions: [], failures: [error] }
  }
}

async function open(text: string): Promise<Link> {
  const address = parseAddress(text)
  if (address.kind !== "simulated") return openLink(address)
  const { link, bench } = await startSimulatedBoard({ seed: address.seed, cells: usualCells })
  await calibrateSimulated(link, bench)
  return link
}

async function openBoardsOn(link: Link, wanted: string | undefined): Promise<Found> {
  const found: Found = { sessions: [], failures: [] }
  const ids = await BoardPort.list(link)
  if (ids.length === 0) {
    const devices = link.bus.devices({ ignoreInfrastructure: true }).length
    const holders = holdersOf(link.address).map((one) => one.name)
    throw new PortError(link.address, absence({ devices, holders }))
  }
  // The port is let go with the last of its boards.
  let opened = 0
  const close = async () => {
    if (--opened === 0) await link.close()
  }
  for (const id of ids) {
    const board = await BoardClient.find(link, id)
    if (wanted !== undefined && !isMeant(board, wanted)) continue
    const firmware = await firmwareOf(board)
    if (firmware.version !== packageJson.version) {
      const problem = wrongVersion(firmware.version, packageJson.version, firmware.board)
      found.failures.push(new PortError(link.address, `board ${board.name}: ${problem}`))
      continue
    }
    const isSimulated = firmware.board === SIMULATED
    await setClock(link, board, isSimulated)
    found.sessions.push({ link, board, firmware, isSimulated, close: once(close) })
    opened++
  }
  return found
}

/** A board keeps no time while it is off; a simulated one may run faster than the wall, so it keeps its own. */
async function setClock(link: Link, board: BoardClient, isSimulated: boolean): Promise<void> {
  if (isSimulated && (await board.time()).unix_ms !== undefined) return
  await board.setTime(link.unixTime_ms)
}

/** The first firmware could not tell its version. */
async function firmwareOf(board: BoardClient): Promise<FirmwareMark> {
  try {
    return await board.firmware()
  } catch (error) {
    if (error instanceof BoardError && /'firmware'/.test(error.message))
      return { version: "before 0.1.0", board: "" }
    throw error
  }
}

function isMeant(board: BoardClient, wanted: string): boolean {
  return (
    board.name.toLowerCase() === wanted.toLowerCase() || board.id.startsWith(wanted.toLowerCase())
  )
}

function noBoard(where: Where, failures: TesterError[]): string {
  const which = where.board === undefined ? "No board answers" : `No board ${where.board} answers`
  const problems = failures.map((failure) => `\n  ${failure.message}`).join("")
  if (where.port !== undefined) return `${which} at ${where.port}.${problems}`
  return (
    `${which}. Is it plugged in and powered, and its cable one that carries data? Give --port for another ` +
    `port than a board's own USB, and --port sim for a simulated board.${problems}`
  )
}

function severalBoards(sessions: Session[]): string {
  const list = sessions.map(({ board, link }) => `\n  --board ${board.name}   at ${link.address}`)
  return `There are ${sessions.length} boards: say which one you mean.${list.join("")}`
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
