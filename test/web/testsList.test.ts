import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { TesterError } from "../../host/errors"
import { NotFoundError } from "../../host/errors"
import { Jobs } from "../../host/web/data/worker/jobs"
import { newFolder } from "../store/folder"
import { BEGAN_ms, BOARD, LoggingBoard } from "./storeOfPages"

const jobsOf = ({ store }: LoggingBoard) => new Jobs(store, () => {})

/** A test that ended, one that runs on the same channel, and one that waits for a person. */
function stored() {
  const board = new LoggingBoard(newFolder())
  board.begin(0, 1)
  board.cycle(0, 1)
  board.end(0)
  board.begin(0, 2)
  board.half(0, 1, 1)
  board.begin(1, 5)
  board.cycle(1, 1)
  board.fault(1, 1)
  board.download()
  return board
}

describe("the list of tests", () => {
  test("tells where each stands, and what its cell is", () => {
    const board = stored()
    board.describe("KX42-0-1", { name: "A1", type: "full", operator: "M. Curie", project: "Ra" })
    const lines = jobsOf(board).tests()
    expect(lines.map(({ id, state }) => [id, state]).sort()).toEqual([
      ["KX42-0-1", "finished"],
      ["KX42-0-2", "running"],
      ["KX42-1-5", "fault"],
    ])
    expect(lines.find(({ id }) => id === "KX42-0-1")).toEqual({
      id: "KX42-0-1",
      cell: "A1",
      cellType: "full",
      operator: "M. Curie",
      project: "Ra",
      board: BOARD,
      boardName: "KX42",
      channel: 0,
      isSimulated: true,
      state: "finished",
      reason: "the program ended",
      began_unix_s: BEGAN_ms / 1000,
      last: {
        time_s: 7200,
        unix_s: BEGAN_ms / 1000 + 7200,
        cycle: 1,
        voltage_V: 3,
        current_A: -1e-3,
      },
      problem: undefined,
    })
    expect(lines.find(({ id }) => id === "KX42-1-5")?.reason).toBe(
      "the cell's voltage passed max_voltage_V",
    )
  })

  test("has the latest first", () => {
    const board = stored()
    const other = new LoggingBoard(board.folder, "00a1b2c3d4e5f608", "LY43", BEGAN_ms + 86_400_000)
    other.begin(0, 1)
    other.cycle(0, 1)
    other.download()
    const began = jobsOf(board)
      .tests()
      .map(({ began_unix_s = 0 }) => began_unix_s)
    expect(began).toEqual([...began].sort((a, b) => b - a))
    expect(jobsOf(board).tests()[0].id).toBe("LY43-0-1")
  })

  test("follows what is downloaded, started or described later", () => {
    const board = stored()
    const jobs = jobsOf(board)
    const line = (id: string) => jobs.tests().find((one) => one.id === id)
    expect(line("KX42-0-2")?.last?.time_s).toBe(3600)
    board.half(0, 1, -1)
    board.end(0)
    board.download()
    expect(line("KX42-0-2")).toMatchObject({ state: "finished", last: { time_s: 7200 } })
    board.describe("KX42-0-2", { name: "B2" })
    expect(line("KX42-0-2")?.cell).toBe("B2")
    rmSync(join(board.folder, "tests", "KX42-0-2"), { recursive: true })
    expect(line("KX42-0-2")).toBeUndefined()
  })

  test("one folder that is not to be understood hides no other", () => {
    const board = stored()
    board.describe("KX42-0-1", "name: [")
    writeFileSync(join(board.folder, "tests", "KX42-0-2", "test.yaml"), "format: 1\n")
    mkdirSync(join(board.folder, "tests", "KX42-9-9.draft"))
    const lines = jobsOf(board).tests()
    expect(lines.map(({ id }) => id).sort()).toEqual(["KX42-0-1", "KX42-0-2", "KX42-1-5"])
    expect(lines.find(({ id }) => id === "KX42-0-1")).toMatchObject({
      cell: "KX42-0-1",
      state: "finished",
      problem: expect.stringContaining("cell.yaml"),
    })
    expect(lines.at(-1)).toMatchObject({
      id: "KX42-0-2",
      problem: expect.stringMatching(/test\.yaml: .* board: is missing.*Mend the file/),
    })
  })

  test("a log that is not to be understood hides no other board's tests", () => {
    const board = stored()
    const other = new LoggingBoard(board.folder, "00a1b2c3d4e5f608", "LY43")
    other.begin(0, 1)
    other.cycle(0, 1)
    other.download()
    const log = join(board.folder, "boards", BOARD)
    copyFileSync(join(log, "pages-0000000000.log"), join(log, "pages-0000000001.log"))
    const lines = jobsOf(board).tests()
    expect(lines).toHaveLength(4)
    expect(lines.find(({ id }) => id === "LY43-0-1")?.state).toBe("running")
    const broken = lines.filter(({ boardName }) => boardName === "KX42")
    for (const { problem } of broken) expect(problem).toMatch(/pages-0+\.log: .* same pages/)
    expect(() => jobsOf(board).trace("KX42-0-1", { points: 100 })).toThrow(TesterError)
  })

  test("an empty store has none", () => {
    expect(jobsOf(new LoggingBoard(newFolder())).tests()).toEqual([])
  })
})

describe("one test", () => {
  test("tells of its cell, protocol and instrument", () => {
    const board = stored()
    board.describe("KX42-0-1", { name: "A1", type: "Li||Li", diameter_mm: 14 })
    const text = JSON.stringify({
      safety: { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 5 },
      method: [
        { step: "constant_current", current_mA: 1, until_time_s: 3600 },
        { step: "loop", loop_to: 1, cycle_count: 2 },
      ],
    })
    writeFileSync(join(board.folder, "tests", "KX42-0-1", "protocol.json"), text)
    const page = jobsOf(board).test("KX42-0-1")
    expect(page).toMatchObject({ platingSign: 1, area_cm2: expect.closeTo(1.5394, 4) })
    expect(page.cellFacts).toContainEqual(["Area", "1.5394 cm²"])
    expect(page.protocol).toEqual({ fileName: "protocol.json", text })
    expect(page.steps).toEqual(["2 times:", expect.stringMatching(/^ {2}1\. .*1 mA.* \(1 h\)$/)])
    expect(page.instrument).toContainEqual(["Calibrated", "2023-11-14"])
    expect(page.instrument).toContainEqual(["Board", `KX42 (${BOARD}), simulated`])
  })

  test("knows whether another one on its channel has its number by now", () => {
    const board = stored()
    board.begin(0, 1)
    board.cycle(0, 1)
    board.download()
    const places = ["KX42-0-1", "KX42-0-1.2"].map(
      (id) => jobsOf(board).trace(id, { points: 100 }).place,
    )
    expect(places).toEqual([undefined, { board: BOARD, channel: 0, test: 1 }])
  })

  test("is looked up among those that there are", () => {
    const board = stored()
    const jobs = jobsOf(board)
    for (const id of [
      "KX42",
      "KX42-0",
      "",
      ".",
      "..",
      "../tests/KX42-0-1",
      "KX42-0-1/",
      "kx42-0-1",
    ])
      expect(() => jobs.test(id)).toThrow(NotFoundError)
    expect(readFileSync(join(board.folder, "tests", "KX42-0-1", "test.yaml"), "utf8")).toContain(
      BOARD,
    )
  })
})
