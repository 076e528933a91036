import { TesterError } from "../errors"
import { bootDrives, unmountedDrive } from "../flash/drives"
import { findBoards, type Session } from "../session"
import { Store } from "../store/store"
import { PortError } from "../transport/portErrors"
import { boardFacts } from "./boardFacts"
import { checkBoard } from "./boards"
import { checkComputer } from "./computer"
import { computerFacts } from "./computerFacts"
import { checkData } from "./data"
import { dataFacts } from "./dataFacts"
import { checkDrives } from "./drives"
import { type Finding, fromMessage, problem } from "./finding"
import { portFacts } from "./portFacts"
import { checkPorts } from "./ports"

/** Where to look. */
export interface Examined {
  port?: string
  board?: string
  /** The data folder. */
  data: string
}

/** Looks at this PC, its ports, the boards and the data folder. Disturbs no test. */
export async function examine(where: Examined): Promise<Finding[]> {
  const { sessions, failures } = await findBoards(where)
  try {
    const boards: Finding[] = []
    for (const session of sessions) boards.push(...(await examineBoard(session)))
    return [
      ...checkComputer(computerFacts()),
      ...(await examinePorts(where, sessions, failures)),
      ...boards,
      ...checkData(dataFacts(Store.open(where.data))),
    ]
  } finally {
    await Promise.all(sessions.map((session) => session.close()))
  }
}

/** This PC's ports, and why others that were asked for gave no board. */
async function examinePorts(
  { port }: Examined,
  sessions: Session[],
  failures: TesterError[],
): Promise<Finding[]> {
  const ports = port === undefined ? await portFacts() : []
  const messages = new Map(failures.map((one) => [addressOf(one), withoutAddress(one)]))
  const found = ports.map((one) => ({
    ...one,
    hasBoard: sessions.some(({ link }) => link.address === one.path),
    failure: messages.get(one.path),
  }))
  for (const { path } of ports) messages.delete(path)
  return [
    ...(port === undefined ? checkPorts(found) : []),
    ...(port === undefined
      ? checkDrives(bootDrives(process.platform), unmountedDrive(process.platform))
      : []),
    ...[...messages].map(([about, message]) => fromMessage(about, message)),
  ]
}

function addressOf(failure: TesterError): string {
  return failure instanceof PortError ? failure.address : "boards"
}

function withoutAddress(failure: TesterError): string {
  return failure.message.replace(`${addressOf(failure)}: `, "")
}

async function examineBoard(session: Session): Promise<Finding[]> {
  const about = `board ${session.board.name}`
  try {
    return checkBoard(await boardFacts(session))
  } catch (error) {
    if (!(error instanceof TesterError)) throw error
    return [problem(about, error.message, "unplug it and plug it in again, then look again")]
  }
}
