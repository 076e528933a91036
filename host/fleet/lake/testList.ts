import type { Cell } from "../../cell"
import type { TestPlace } from "../../lake/places"
import { platingSign } from "../../cell"
import type { Gap, TestEnd } from "../../log/testAbout"
import { materialTerms, otherTerms } from "../../report/cellTerms"
import { isoDate, isoTime } from "../../report/words"
import type { TestLine, TestPage } from "../../web/api"
import { NotFoundError } from "../../errors"
import type { Lake } from "./lake"

/** A test of the dataset, and what its `test.json` says. */
export interface LakeTest {
  /** TEST@LAB; TEST@LAB.BOARD where two boards have a test of that name. */
  id: string
  place: TestPlace
  about: TestAbout
}

interface TestAbout {
  days: { day: string | null; records: number }[]
  months?: (string | null)[]
  is_over: boolean
  source: {
    board_name: string
    number: number
    protocol?: string
    firmware?: { version: string; board: string }
    is_simulated: boolean
    start_unix_s?: number
    calibrated_unix_s?: number
    calibration_standard?: string
    end?: TestEnd
  }
  cell?: Cell
  gaps: Gap[]
  lost_pages: number
}

/** Agents publish by the minute; pages may ask as often as they like. */
const KEPT_ms = 30_000
const PATH = /lab=([^/]+)\/board=([^/]+)\/channel=(\d+)\/test=([^/]+)\/test\.json$/

/** The tests of a dataset. */
export class TestList {
  private known: { tests: Promise<LakeTest[]>; read_ms: number } | undefined

  constructor(private readonly lake: Lake) {}

  all(): Promise<LakeTest[]> {
    const now_ms = performance.now()
    if (this.known !== undefined && now_ms - this.known.read_ms < KEPT_ms) return this.known.tests
    const tests = this.read()
    this.known = { tests, read_ms: now_ms }
    tests.catch(() => {
      this.known = undefined
    })
    return tests
  }

  /** @param id in either form @throws NotFoundError */
  async find(id: string): Promise<LakeTest> {
    const tests = await this.all()
    const found = tests.find((test) => test.id === id) ?? tests.find((test) => longId(test) === id)
    if (found !== undefined) return found
    throw new NotFoundError(
      `The dataset has no test ${id}. A test appears in it when its first day, UTC, is over, or it has ended.`,
    )
  }

  private async read(): Promise<LakeTest[]> {
    const files = await this.lake.pattern("tests/lab=*/board=*/channel=*/test=*/test.json")
    if (files === undefined) return []
    const { rows } = await this.lake.ask(`SELECT filename, content FROM read_text(${files})`)
    const tests = rows.flatMap(([path, text]) => testOf(`${path}`, `${text}`))
    const short = new Map<string, number>()
    for (const { id } of tests) short.set(id, (short.get(id) ?? 0) + 1)
    return tests.map((test) => (short.get(test.id) === 1 ? test : { ...test, id: longId(test) }))
  }
}

function testOf(path: string, text: string): LakeTest[] {
  const [, lab, board, channel, encoded] = PATH.exec(path.replaceAll("\\", "/")) ?? []
  if (encoded === undefined) return []
  const test = decodeURIComponent(encoded)
  const place = { lab, board, channel: Number(channel), test }
  return [{ id: `${test}@${lab}`, place, about: JSON.parse(text) }]
}

function longId({ place: { test, lab, board } }: LakeTest): string {
  return `${test}@${lab}.${board}`
}

export function testLine({ id, place, about }: LakeTest): TestLine {
  const { cell, source } = about
  return {
    id,
    cell: cell?.name ?? place.test,
    cellType: cell?.type,
    operator: cell?.operator,
    project: cell?.project,
    board: place.board,
    boardName: source.board_name,
    channel: place.channel,
    isSimulated: source.is_simulated,
    state: source.end?.kind ?? (about.is_over ? "stopped" : "running"),
    reason: source.end?.reason || undefined,
    began_unix_s: source.start_unix_s ?? undefined,
  }
}

export function testPage(test: LakeTest): TestPage {
  const { place, about } = test
  const { source, cell, days } = about
  const lastDay = days.at(-1)?.day
  return {
    ...testLine(test),
    cellFacts: known(cell === undefined ? [] : [...materialTerms(cell), ...otherTerms(cell)]),
    area_cm2: cell?.area_cm2,
    active_mass_mg: cell?.active_mass_mg,
    platingSign: cell && platingSign(cell),
    steps: [],
    instrument: known([
      ["Lab", place.lab],
      ["Board", `${source.board_name} (${place.board})${source.is_simulated ? ", simulated" : ""}`],
      ["Channel", `${place.channel}`],
      ["Test number", `${source.number}`],
      ["Protocol", source.protocol],
      ["Begun", source.start_unix_s && isoTime(source.start_unix_s)],
      ["Firmware", source.firmware && `${source.firmware.version} ${source.firmware.board}`],
      ["Calibrated", source.calibrated_unix_s && isoDate(source.calibrated_unix_s)],
      ["Calibration standard", source.calibration_standard],
      ["In the dataset", about.is_over ? "all of it" : `up to the end of ${lastDay ?? "no day"}`],
      ["Lost pages of the log", about.lost_pages > 0 ? `${about.lost_pages}` : undefined],
    ]),
  }
}

function known(terms: readonly [string, string | number | undefined | null][]): [string, string][] {
  return terms.flatMap(([term, value]) => (value ? [[term, `${value}`] as [string, string]] : []))
}
