import { createHash } from "node:crypto"
import { rmSync } from "node:fs"
import { BoardClient, type ChannelStatus } from "../boardClient"
import { CALIBRATION_TEST, calibrate } from "../calibrate"
import { TesterError } from "../errors"
import { runs as isRunning } from "../follow/changes"
import { LOG_BYTES } from "../protocol/check/logSpace"
import { PAGE_BYTES } from "../log/page"
import type { Session } from "../session"
import { startTests } from "../start"
import { download } from "../store/download"
import { Store } from "../store/store"
import { type EngineName, startSimulatedBoard } from "../transport/simulated"
import { type Done, readDone, writeDone } from "./done"
import type { Run } from "./paper"
import { estimate_s, fingerprint, planRun } from "./planRun"

/** Where the one cell of a run is. */
const CHANNEL = 0
/** How often a run is looked at, of its expected time. */
const LOOKS = 200
const LEAST_STRIDE_s = 60
const MOST_STRIDE_s = 12 * 3600
/** The log is fetched once it is filled to this part, which no stride may come near. */
const FETCH_SHARE = 0.2
/** A test that goes on longer than that has nothing to end it. */
const MOST_h = 20_000

export interface RunOptions {
  engine: EngineName
  /** The run's own: what it holds of another one is removed. */
  folder: string
  /** Ends it early; it has to begin anew then. */
  signal?: AbortSignal
  onProgress?: (progress: RunProgress) => void
}

export interface RunProgress {
  /** Test time so far, and what is expected, s. */
  time_s: number
  expected_s: number
  cycle: number
}

/**
 * Runs one test on a simulated board of its own, calibrated as a shop does it, and stores it as `start` and
 * `download` do. A run that is done, with the same fingerprint, is left as it is.
 * @returns undefined when the signal ended it
 * @throws TesterError when the protocol cannot be run, or the test does not come to an end by itself
 */
export async function runTest(run: Run, options: RunOptions): Promise<Done | undefined> {
  const { folder, engine, signal } = options
  const mark = fingerprint(run)
  const before = readDone(folder)
  if (before?.fingerprint === mark) return before
  rmSync(folder, { recursive: true, force: true })
  const store = Store.open(folder)
  const session = await calibratedBoard(run, engine)
  const started_ms = performance.now()
  try {
    const [test] = await startTests(session, store, [planRun(run, CHANNEL)])
    const status = await follow(run, session, store, options)
    if (status === undefined || signal?.aborted) return undefined
    const done: Done = {
      format: 1,
      fingerprint: mark,
      run: run.key,
      test: test.id,
      end: status.state === "Fault" ? status.fault : status.end,
      test_time_s: status.testTime_s,
      engine,
      wall_s: (performance.now() - started_ms) / 1000,
    }
    writeDone(folder, done)
    return done
  } finally {
    await session.close()
  }
}

/** Each run has a board and a bench of its own, and the same ones each time. */
export function seedOf(run: Run): number {
  return createHash("sha256").update(run.key).digest().readUInt32LE(0)
}

async function calibratedBoard(run: Run, engine: EngineName): Promise<Session> {
  const seed = seedOf(run)
  const { link, bench } = await startSimulatedBoard({ seed, engine, cells: [run.simulatedCell] })
  const board = await BoardClient.find(link)
  await board.setTime(link.unixTime_ms)
  const now_s = Math.floor(link.unixTime_ms / 1000)
  await calibrate(link, board, bench, [CHANNEL], CALIBRATION_TEST, now_s)
  const firmware = await board.firmware()
  return { link, board, firmware, isSimulated: true, close: () => link.close() }
}

/** Waits for the end, fetching the log in time; undefined when the signal ended it. */
async function follow(
  run: Run,
  session: Session,
  store: Store,
  { signal, onProgress }: RunOptions,
): Promise<ChannelStatus | undefined> {
  const { link, board } = session
  const expected_s = estimate_s(run)
  const stride_ms = 1000 * strideOf(run, expected_s)
  for (;;) {
    await link.sleep_ms(stride_ms)
    if (signal?.aborted) return undefined
    const status = await board.status(CHANNEL)
    onProgress?.({ time_s: status.testTime_s, expected_s, cycle: status.cycle })
    const range = await board.logRange()
    const isOver = !isRunning(status)
    if (isOver || (range.next - range.downloaded) * PAGE_BYTES > FETCH_SHARE * LOG_BYTES)
      await download(session, store.board(board.id))
    if (isOver) return ended(run, status)
    if (status.testTime_s > MOST_h * 3600)
      throw new TesterError(
        `${run.key} goes on after ${MOST_h} h: nothing in its protocol ends it.`,
      )
  }
}

function strideOf(run: Run, expected_s: number): number {
  const { bytesPerDay } = planRun(run, CHANNEL).plan.log
  const fetch_s = ((FETCH_SHARE * LOG_BYTES) / bytesPerDay) * 86_400
  const most_s = Math.min(MOST_STRIDE_s, fetch_s)
  return Math.min(most_s, Math.max(LEAST_STRIDE_s, expected_s / LOOKS))
}

function ended(run: Run, status: ChannelStatus): ChannelStatus {
  if (status.state === "Finished" || status.state === "Fault") return status
  throw new TesterError(
    `${run.key} stands still after ${(status.testTime_s / 3600).toFixed(1)} h: ${status.state} ${status.pause}.`,
  )
}
