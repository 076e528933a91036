import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { ChannelStatus } from "../boardClient"
import { TesterError } from "../errors"
import { runs as isRunning } from "../follow/changes"
import { PAGE_BYTES } from "../log/page"
import { manifest } from "../manifest"
import { LOG_BYTES } from "../protocol/check/logSpace"
import type { Session } from "../session"
import { openSimulated } from "../simulatedSession"
import { type PlannedTest, startTests } from "../start"
import { download } from "../store/download"
import { Store } from "../store/store"
import { CellModelError, simulatedCell } from "../transport/simulatedCells"
import type { SimulatedTest, SimulatorOptions } from "./options"
import { plan } from "./plan"
import { quietly } from "./quiet"
import { resultOf } from "./readResult"
import type { SimulatorResult } from "./result"

const USUAL_MAX_h = 1000
/** Looks at a test of known duration. */
const LOOKS = 50
const LEAST_STRIDE_s = 60
const MOST_STRIDE_s = 6 * 3600
/** The log is fetched once it is filled to this part, which no stride may come near. */
const FETCH_SHARE = 0.2

/** A page that a test's end handed over is in flash by then. */
const LAST_PAGE_ms = 2000

/** A test went on for longer than `maxHours`. */
export class UnfinishedTestError extends TesterError {
  constructor(
    maxHours: number,
    /** What the tests did until they were stopped then. */
    readonly results: readonly SimulatorResult[],
  ) {
    super(
      `After ${maxHours} h a test has not ended: its protocol may have nothing that ends it. More maxHours lets ` +
        "it go on; what it did so far is in this error's results.",
    )
  }
}

/**
 * Runs a protocol on a cell of a simulated board, as `coincell run --port sim` does: the compiled firmware in its
 * virtual machine, calibrated on a simulated bench, the log downloaded page by page. What it gives is worked out
 * from that log alone. The same arguments give the same bytes. A fault does not throw: it stands in the result.
 * @throws TesterError before anything runs, naming all that is wrong in protocol, cell or model, and where;
 * UnfinishedTestError after `maxHours`
 */
export async function runOnSimulator(
  test: SimulatedTest & SimulatorOptions,
): Promise<SimulatorResult> {
  const [result] = await runTogetherOnSimulator([test], test)
  return result
}

/**
 * The same for as many as four tests at once, each on a channel of one board.
 * @returns the results in the order of the tests
 */
export function runTogetherOnSimulator(
  tests: readonly SimulatedTest[],
  options: SimulatorOptions = {},
): Promise<SimulatorResult[]> {
  return quietly(async () => {
    const planned = tests.map((test, i) => plan(test, test.channel ?? i))
    check(tests, planned, options)
    const folder = options.data ?? mkdtempSync(join(tmpdir(), "coincell-"))
    try {
      return await runIn(Store.open(folder), tests, planned, options)
    } catch (error) {
      throw error instanceof CellModelError ? new TesterError(error.message) : error
    } finally {
      if (options.data === undefined) rmSync(folder, { recursive: true })
    }
  })
}

/** @throws TesterError when the tests cannot be run together, or cannot end in time */
function check(
  tests: readonly SimulatedTest[],
  planned: readonly PlannedTest[],
  { maxHours = USUAL_MAX_h, seed }: SimulatorOptions,
): void {
  if (tests.length === 0) throw new TesterError("There is no test to run.")
  if (!(maxHours > 0)) throw new TesterError(`maxHours is ${maxHours}: give a number above 0.`)
  if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0 && seed < 1e9))
    throw new TesterError(`The seed is ${seed}: give a whole number, 0 to 999999999.`)
  const channels = planned.map(({ channel }) => channel)
  const wrong = channels.find(
    (one) => !(Number.isInteger(one) && one >= 0 && one < manifest.channels),
  )
  if (wrong !== undefined)
    throw new TesterError(
      `There is no channel ${wrong}: a board has the channels 0 to ${manifest.channels - 1}.`,
    )
  if (new Set(channels).size < channels.length)
    throw new TesterError("Two tests have the same channel: each needs one of its own.")
  for (const { model } of tests) if (typeof model === "string") simulatedCell(model)
  for (const { plan, protocolFile } of planned)
    if (plan.duration.least_s > maxHours * 3600)
      throw new TesterError(
        `${protocolFile.fileName} takes ${(plan.duration.least_s / 3600).toFixed(1)} h at least: more than ` +
          `maxHours, ${maxHours}.`,
      )
}

async function runIn(
  store: Store,
  tests: readonly SimulatedTest[],
  planned: readonly PlannedTest[],
  options: SimulatorOptions,
): Promise<SimulatorResult[]> {
  const { seed = 1, engine = "vm", errors, maxHours = USUAL_MAX_h } = options
  const cells = Array.from({ length: manifest.channels }, (_, channel) => {
    const at = planned.findIndex((test) => test.channel === channel)
    return tests[at]?.model
  })
  const channels = planned.map(({ channel }) => channel)
  const session = await openSimulated(store, { seed, cells, channels, engine, errors })
  try {
    const started = await startTests(session, store, planned)
    const isOver = await follow(session, store, planned, options)
    const results = started.map(({ id }, i) => resultOf(store.test(id), planned[i]))
    if (!isOver) throw new UnfinishedTestError(maxHours, results)
    return results
  } finally {
    await session.close()
  }
}

/**
 * Waits for all tests to end, fetching the log in time.
 * @returns whether they did
 */
async function follow(
  session: Session,
  store: Store,
  planned: readonly PlannedTest[],
  { maxHours = USUAL_MAX_h, signal }: SimulatorOptions,
): Promise<boolean> {
  const { link, board } = session
  const stride_ms = 1000 * strideOf(planned)
  const until_ms = link.now_ms + maxHours * 3_600_000
  for (;;) {
    signal?.throwIfAborted()
    await link.sleep_ms(Math.min(stride_ms, until_ms - link.now_ms))
    const statuses = []
    for (const { channel } of planned) statuses.push(await board.status(channel))
    const isOver = !statuses.some(isRunning)
    const isLate = link.now_ms >= until_ms
    // What it measured since its last page was full is then written, too.
    if (isLate) await stopAll(session, statuses)
    const { next, downloaded } = await board.logRange()
    if (isOver || isLate || (next - downloaded) * PAGE_BYTES > FETCH_SHARE * LOG_BYTES)
      await download(session, store.board(board.id))
    if (isOver || isLate) return isOver
  }
}

async function stopAll({ link, board }: Session, statuses: readonly ChannelStatus[]) {
  for (const status of statuses) if (isRunning(status)) await board.stop(status.channel)
  await link.sleep_ms(LAST_PAGE_ms)
}

function strideOf(planned: readonly PlannedTest[]): number {
  const bytesPerDay = planned.reduce((sum, { plan }) => sum + plan.log.bytesPerDay, 0)
  const fetch_s = ((FETCH_SHARE * LOG_BYTES) / bytesPerDay) * 86_400
  const longest_s = Math.max(
    ...planned.map(({ plan: { duration } }) => duration.expected_s ?? duration.least_s),
  )
  const most_s = Math.min(MOST_STRIDE_s, fetch_s)
  return Math.min(most_s, Math.max(LEAST_STRIDE_s, longest_s / LOOKS))
}
