import { rmSync } from "node:fs"
import { basename } from "node:path"
import { otherBuild } from "./board/builtFirmware"
import type { BoardClient } from "./boardClient"
import { readCalibration } from "./calibrate"
import { type Cell, readCell } from "./cell"
import { BoardError, TesterError } from "./errors"
import { hasTest } from "./follow/changes"
import { faultText } from "./follow/faultText"
import { checkProtocol, type Finding, type Plan } from "./protocol/check"
import { atLine } from "./protocol/read"
import type { Session } from "./session"
import { download } from "./store/download"
import type { Store } from "./store/store"
import { StoreError } from "./store/storeError"
import type { StoredTest } from "./store/storedTest"

/** A file as a person wrote it. */
export interface TextFile {
  fileName: string
  text: string
}

/** A test that could be started. */
export interface PlannedTest {
  channel: number
  cell: Cell
  cellFile: TextFile
  protocolFile: TextFile
  plan: Plan
  /** What is worth knowing before it runs, with its place. */
  warnings: string[]
}

/**
 * Reads and checks a protocol for a cell.
 * @throws TesterError naming all that is wrong, and where
 */
export function planTest(channel: number, protocolFile: TextFile, cellFile: TextFile): PlannedTest {
  const cell = readCell(cellFile.text, cellFile.fileName)
  const { findings, plan } = checkProtocol(protocolFile.text, protocolFile.fileName, cell)
  const say = ({ path, line, message }: Finding) =>
    `${atLine(protocolFile.fileName, line)}: ${path}: ${message}`
  const of = (severity: Finding["severity"]) =>
    findings.filter((one) => one.severity === severity).map(say)
  if (plan === undefined) throw new TesterError(of("error").join("\n"))
  return { channel, cell, cellFile, protocolFile, plan, warnings: of("warning") }
}

/**
 * Finds out whether a board can run all of these tests now. Nothing is energised, nothing changed.
 * @throws BoardError naming all that keeps it from that
 */
export async function checkBoard(board: BoardClient, tests: readonly PlannedTest[]): Promise<void> {
  const problem = await board.problem()
  if (problem !== "") throw new BoardError(`Board ${board.name} cannot test: ${problem}.`)
  const problems: string[] = []
  if ((await board.logRange()).isFull)
    problems.push("its log is full: 'coincell download' makes room.")
  const count = await board.channels()
  for (const test of tests) {
    const { channel } = test
    if (channel >= count)
      problems.push(`it has no channel ${channel}: its channels are 0 to ${count - 1}.`)
    else problems.push(...(await channelProblems(board, test)))
  }
  if (problems.length > 0)
    throw new BoardError(problems.map((one) => `Board ${board.name}: ${one}`).join("\n"))
}

async function channelProblems(
  board: BoardClient,
  { channel, plan }: PlannedTest,
): Promise<string[]> {
  const problems: string[] = []
  const status = await board.status(channel)
  if (status.state === "Fault") {
    const { what } = faultText(status.fault)
    problems.push(
      `a fault waits on channel ${channel}: ${what}. Look at the cell, then 'coincell stop --channel ${channel}'.`,
    )
  } else if (hasTest(status))
    problems.push(
      `test ${status.test} is on channel ${channel}, in cycle ${status.cycle}. Let it end, or ` +
        `'coincell stop --channel ${channel}'.`,
    )
  const { allow_uncalibrated } = plan.protocol
  if (!allow_uncalibrated && (await board.readCalibration(channel)) === undefined)
    problems.push(
      `channel ${channel} is not calibrated: 'coincell calibrate --channel ${channel}', or write ` +
        "'allow_uncalibrated: true' into the protocol.",
    )
  return problems
}

/** @throws BoardError when the board's firmware is another build than this host's */
function checkFirmware({ board, firmware }: Session): void {
  const why = otherBuild(firmware)
  if (why !== undefined)
    throw new BoardError(
      `Board ${board.name} starts no new test: ${why}. Let its tests end, then 'coincell flash --board ${firmware.board}'.`,
    )
}

/** Longest that a start is held up by fetching what the board had logged before, ms. */
const CATCH_UP_ms = 10_000

/**
 * Starts tests on one board, all of them checked before the first.
 * @throws BoardError naming all that keeps the board from running them, before any is started; and of one that it
 * refuses then, naming those that run
 * @param onStarted hears of each one that runs, also when another is refused then
 */
export async function startTests(
  session: Session,
  store: Store,
  tests: readonly PlannedTest[],
  onStarted: (test: StoredTest) => void = () => {},
): Promise<StoredTest[]> {
  checkFirmware(session)
  await checkBoard(session.board, tests)
  await catchUp(session, store)
  const started: StoredTest[] = []
  for (const test of tests)
    try {
      started.push(await startTest(session, store, test))
      onStarted(started[started.length - 1])
    } catch (error) {
      if (!(error instanceof TesterError) || started.length === 0) throw error
      const running = started.map(({ id }) => id).join(", ")
      throw new BoardError(`${error.message}\n${running} had been started before, and runs.`)
    }
  return started
}

/** The store learns which numbers the board's log has, and which log that is, if its flash was replaced. */
async function catchUp(session: Session, store: Store): Promise<void> {
  const signal = AbortSignal.timeout(CATCH_UP_ms)
  try {
    await download(session, store.board(session.board.id), { signal })
  } catch (error) {
    // Another process downloads it; or the disk is full, which the test's folder then shows.
    if (!(error instanceof StoreError)) throw error
  }
}

/**
 * Starts a test that was checked: its folder is written before the board is told, so that nothing runs of which
 * nobody knows what it is.
 * @throws ProgramRefusedError or BoardError when the board does not take it; then the folder is gone again, unless
 * the board cannot say whether the test runs
 */
export async function startTest(
  { board, link, firmware, isSimulated }: Session,
  store: Store,
  { channel, plan, cellFile, protocolFile }: PlannedTest,
): Promise<StoredTest> {
  const test = await freeNumber(board, store, channel)
  const program = plan.compiled.bytes
  const stored = store.createTest({
    board: { id: board.id, name: board.name },
    firmware,
    isSimulated,
    channel,
    test,
    boot: await board.bootCount(),
    boardTime_ms: (await board.time()).board_ms,
    unixTime_ms: link.unixTime_ms,
    calibrationStandard: (await readCalibration(board, channel))?.standard,
    cell: cellFile.text,
    protocol: { fileName: basename(protocolFile.fileName), text: protocolFile.text },
    program,
  })
  try {
    await board.start(channel, test, program)
  } catch (error) {
    const status = await board.status(channel).catch(() => undefined)
    // The board's answer may have been lost.
    if (status !== undefined && status.test === test && hasTest(status)) return stored
    if (status !== undefined) rmSync(stored.folder, { recursive: true })
    throw error
  }
  return stored
}

/** A number that neither the store nor the board has for this channel. */
async function freeNumber(board: BoardClient, store: Store, channel: number): Promise<number> {
  const last = (await board.status(channel)).test
  const next = store.nextTestNumber(board.id, channel)
  return last < 65_535 ? Math.max(next, last + 1) : next
}
