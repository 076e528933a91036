import { cycleRows } from "../../../host/analysis/cycles"
import type { Answer } from "../../../host/agent/payloads"
import { PostgresCatalogue } from "../../../host/catalogue/postgresCatalogue"
import { columnsOfCycle } from "../../../host/lake/cyclesFile"
import { mirror } from "../../../host/lake/mirror"
import { openBucket } from "../../../host/lake/open"
import { query } from "../../../host/lake/query"
import type { S3Bucket } from "../../../host/lake/s3Bucket"
import { samplesOf } from "../../../host/records"
import type { FleetBoard } from "./boards"
import { bucketEnvironment } from "./host"
import { LAB, type Operator } from "./operator"
import { ENDS_s } from "./plan"
import { pageKey, type Subscriber } from "./subscriber"
import type { Truth } from "./truth"

/** What is wrong, a sentence each; of many of a kind the first few. */
export type Problems = string[]

/** What the dataset has, against the boards' logs: each record once, none missing, and so the cycles. */
export async function datasetProblems(
  truth: Truth,
  bucketPort: number,
  folder: string,
): Promise<Problems> {
  await mirror(openBucket("s3://lab/cells", bucketEnvironment(bucketPort)) as S3Bucket, folder)
  const records = await query(
    folder,
    `SELECT test, time_s, round(unix_time_s, 3), cycle, step_count, step_index, voltage_V, current_A, step_charge_Ah,
      step_energy_Wh, lab, board, channel FROM records`,
  )
  const expected = truth.tests.flatMap((test) =>
    [...test.reader()].flatMap((batch) =>
      [...samplesOf(batch)].map((one) => [
        test.id,
        one.time_s,
        Math.round(1e3 * (one.unixTime_s ?? 0)) / 1e3,
        one.cycle,
        one.stepCount,
        one.stepIndex,
        one.voltage_V,
        one.current_A,
        one.stepCharge_Ah,
        one.stepEnergy_Wh,
        LAB,
        test.board,
        test.channel,
      ]),
    ),
  )
  const days = await query(
    folder,
    `SELECT test FROM records WHERE unix_time_s < epoch(day) OR unix_time_s >= epoch(day) + 86400`,
  )
  const cycles = await query(folder, "SELECT * FROM cycles")
  const cycleAt = (row: unknown[]) =>
    Object.fromEntries(cycles.columns.map((name, i) => [name, row[i]]))
  const rows = cycles.rows.map(cycleAt)
  const expectedCycles = truth.tests.flatMap((test) =>
    [...cycleRows(test.reader())].map((row) => ({
      ...columnsOfCycle(row),
      lab: LAB,
      board: test.board,
      channel: test.channel,
      test: test.id,
    })),
  )
  const tests = await query(folder, "SELECT * FROM tests")
  const [testAt, overAt] = ["test", "is_over"].map((name) => tests.columns.indexOf(name))
  return [
    ...differences("the dataset's records", records.rows, expected),
    ...differences("the dataset's days", days.rows, []),
    ...differences("the dataset's cycles", rows.map(sorted), expectedCycles.map(sorted)),
    ...differences(
      "the dataset's tests",
      tests.rows.map((row) => [row[testAt], row[overAt]]),
      truth.tests.map(({ id }) => [id, true]),
    ),
  ]
}

/** What a subscriber has, after it told what came twice, against the boards' logs. */
export function subscriberProblems(truth: Truth, heard: Subscriber): Problems {
  const records: [string, unknown][] = []
  const events: [string, unknown][] = []
  for (const [board, pages] of truth.pages)
    for (const { sequence, records: all } of pages) {
      const key = pageKey({ board, log: 1, page: sequence })
      const points = all.filter((one) => one.kind === "point")
      const others = all.filter((one) => one.kind !== "point")
      const time_s = (one: { testTime_ms: number }) => one.testTime_ms / 1000
      if (points.length > 0)
        records.push([
          key,
          {
            time_s: points.map(time_s),
            voltage_V: points.map(({ voltage_uV }) => voltage_uV / 1e6),
            current_A: points.map(({ current_nA }) => current_nA / 1e9),
            step_charge_Ah: points.map(({ stepCharge_nAh }) => stepCharge_nAh / 1e9),
            cycle: points.map(({ cycle }) => cycle),
          },
        ])
      if (others.length > 0)
        events.push([key, others.map((one) => [one.kind, time_s(one), one.cycle])])
    }
  // biome-ignore lint/suspicious/noExplicitAny: as it was published
  const heardRecords = [...heard.records].map(([key, one]: [string, any]) => [
    key,
    pick(one, ["time_s", "voltage_V", "current_A", "step_charge_Ah", "cycle"]),
  ])
  // biome-ignore lint/suspicious/noExplicitAny: as it was published
  const heardEvents = [...heard.events].map(([key, { events: all }]: [string, any]) => [
    key,
    all.map((one: { kind: string; time_s: number; cycle: number }) => [
      one.kind,
      one.time_s,
      one.cycle,
    ]),
  ])
  const cycles = truth.tests.flatMap((test) =>
    [...cycleRows(test.reader())].map((row) => [`${test.id} ${row.cycle}`, columnsOfCycle(row)]),
  )
  return [
    ...differences("the published records", heardRecords, records),
    ...differences("the published events", heardEvents, events),
    ...differences("the published cycles", [...heard.cycles], cycles),
    ...differences("what came twice and was not the same", heard.differing, []),
    ...differences(
      "retained: hosts",
      [...heard.hosts].filter(([, { is_there }]) => !is_there).map(([topic]) => topic),
      [],
    ),
  ]
}

const ACTION = ["id", "by", "action", "board", "channel", "why", "is_done", "message"]

/** The shared catalogue against logs and orders: each test, board and order once, with who and why. */
export async function catalogueProblems(
  truth: Truth,
  url: string,
  boards: readonly FleetBoard[],
  { given }: Operator,
): Promise<Problems> {
  const catalogue = new PostgresCatalogue(url)
  try {
    const rows = {
      tests: await catalogue.rows("tests"),
      boards: await catalogue.rows("boards"),
      cells: await catalogue.rows("cells"),
      actions: await catalogue.rows("actions"),
    }
    const begun = rows.tests.filter(({ state }) => state !== "waiting")
    const cellOf = new Map(rows.tests.map(({ test, cell }) => [test, cell]))
    const actions = [...given.values()]
      .map(({ order, answers }) => ({ order, answer: told(answers) }))
      .map(({ order, answer }) => ({
        id: order.id,
        by: order.by,
        action: order.order,
        board: order.board,
        channel: order.channel,
        why: order.why ?? null,
        is_done: answer?.is_done,
        message: answer?.message,
      }))
    return [
      ...differences(
        "the catalogue's tests",
        begun.map(({ test, board, channel, state, operator }) => [
          test,
          board,
          channel,
          state,
          operator,
        ]),
        truth.tests.map((test) => [test.id, test.board, test.channel, test.summary().state, "Ada"]),
      ),
      ...differences(
        "the catalogue's boards",
        rows.boards.map(({ board }) => board),
        boards.map(({ id }) => id),
      ),
      ...differences(
        "the catalogue's cells",
        rows.cells.map(({ cell }) => cell),
        [...cellOf.values()],
      ),
      ...differences(
        "the catalogue's orders",
        rows.actions.map((action) => pick(action, ACTION)),
        actions.map((action) => pick(action, ACTION)),
      ),
    ]
  } finally {
    await catalogue.close()
  }
}

/** What the boards' logs say was ordered, against the orders that were given: each was carried out at most once. */
export function orderProblems(truth: Truth, { given }: Operator): Problems {
  const problems: Problems = []
  const orders = [...given.values()]
  for (const test of truth.tests) {
    const { about } = readThrough(test)
    const of = (name: string) =>
      orders.filter(
        ({ order }) =>
          order.order === name &&
          order.board === test.board &&
          order.channel === test.channel &&
          order.test_number === test.test,
      )
    const counts = {
      pause: about.events.filter(({ kind }) => kind === "paused").length,
      resume: about.events.filter(({ kind }) => kind === "resumed").length,
      stop: about.events.filter((one) => one.kind === "testEnds" && one.reason === 1).length,
    }
    for (const [name, count] of Object.entries(counts)) {
      const meant = of(name)
      const done = meant.filter(({ answers: [answer] }) => answer?.is_done).length
      const unknown = meant.filter(({ answers: [answer] }) => isUnknown(answer)).length
      if (count < done || count > done + unknown)
        problems.push(
          `${test.id} was told ${name} ${done} times, ${unknown} perhaps; its log has ${count}`,
        )
    }
  }
  for (const { order, answers } of orders) {
    const all = new Set(answers.filter((one) => !isUnnoted(one)).map((one) => JSON.stringify(one)))
    const isSettled = [...all].filter((one) => !one.includes("was ended while")).length
    if (isSettled > 1) problems.push(`${order.id} was answered in several ways: ${[...all]}`)
  }
  return problems
}

/** There was no room to note that it was given, so nothing was done: given again, it is tried again. */
function isUnnoted({ message }: Answer): boolean {
  return message.includes("orders.jsonl: the disk is full")
}

/** The first that counts. */
function told(answers: readonly Answer[]): Answer | undefined {
  return answers.find((one) => !isUnnoted(one)) ?? answers[0]
}

function isUnknown(answer: { is_done: boolean; message: string } | undefined): boolean {
  return answer !== undefined && !answer.is_done && /was ended while|answer/.test(answer.message)
}

/** A start that was ordered makes one test; and no test knows that anything but a board was ever restarted. */
export function testProblems(
  truth: Truth,
  cellOf: ReadonlyMap<string, string>,
  { given }: Operator,
): Problems {
  const problems: Problems = []
  const testsOf = new Map<string, string[]>()
  for (const test of truth.tests) {
    const cell = cellOf.get(test.id)
    if (cell === undefined) problems.push(`nobody knows the cell of ${test.id}`)
    else testsOf.set(cell, [...(testsOf.get(cell) ?? []), test.id])
    const { about, times_s } = readThrough(test)
    if (about.lostPages > 0) problems.push(`${test.id} has lost ${about.lostPages} pages`)
    if (about.events.some(({ kind }) => kind === "restarted"))
      problems.push(`${test.id} was restarted`)
    if (about.end === undefined) problems.push(`${test.id} has no end`)
    const far = times_s.findIndex((one_s, i) => i > 0 && one_s - times_s[i - 1] > 1.5)
    if (far > 0)
      problems.push(`${test.id} has no record between ${times_s[far - 1]} and ${times_s[far]} s`)
    const protocol = given.get(cell ?? "")?.order.protocol?.file_name.match(/\d/)?.[0]
    const end_s = ENDS_s[Number(protocol)]
    const last_s = times_s.at(-1)
    if (about.end?.kind === "finished" && last_s !== end_s)
      problems.push(`${test.id} ended after ${last_s} s, not ${end_s}`)
  }
  for (const { order, answers } of given.values()) {
    if (order.order !== "start") continue
    const tests = testsOf.get(order.id) ?? []
    if (tests.length > 1) problems.push(`${order.id} started ${tests}`)
    const isDone = answers.some((one) => one.is_done)
    if (isDone && tests.length !== 1) problems.push(`${order.id} started nothing`)
    if (!isDone && !answers.some(isUnknown) && tests.length > 0)
      problems.push(`${order.id} was refused, and started ${tests}`)
  }
  return problems
}

function readThrough(test: Truth["tests"][number]) {
  const reader = test.reader()
  const times_s = [...reader].flatMap(({ time_s }) => [...time_s])
  return { about: reader.about, times_s }
}

/** Rows that are on one side only, each as often as it is. */
export function differences(
  what: string,
  found: readonly unknown[],
  expected: readonly unknown[],
): Problems {
  const counts = new Map<string, number>()
  for (const one of expected) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1)
  for (const one of found) counts.set(key(one), (counts.get(key(one)) ?? 0) - 1)
  const missing = [...counts].filter(([, count]) => count > 0)
  const surplus = [...counts].filter(([, count]) => count < 0)
  const sum = (rows: [string, number][]) => rows.reduce((all, [, n]) => all + Math.abs(n), 0)
  const some = (rows: [string, number][]) => rows.slice(0, 3).map(([one]) => one.slice(0, 300))
  const problems: Problems = []
  if (missing.length > 0)
    problems.push(`${what}: ${sum(missing)} of ${expected.length} missing, ${some(missing)}`)
  if (surplus.length > 0)
    problems.push(`${what}: ${sum(surplus)} too many or others, ${some(surplus)}`)
  return problems
}

const key = (row: unknown) => JSON.stringify(row)

function sorted(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function pick(row: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, row[name]]))
}
