import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeEach, describe, expect, test } from "vitest"
import { type NewTest, Store } from "../../host/store/store"
import { newFolder } from "./folder"
import { type Head, pageAt } from "./logOf"

const ID = "0123456789abcdef"
const OTHER = "fedcba9876543210"

const newTest = (what: Partial<NewTest> = {}): NewTest => ({
  board: { id: ID, name: "AB12" },
  firmware: { version: "0.1.0", board: "pico" },
  isSimulated: false,
  channel: 0,
  test: 1,
  boot: 3,
  boardTime_ms: 10_000,
  unixTime_ms: Date.UTC(2026, 10, 21),
  cell: "name: cell 5\ntype: Li||Li\n",
  protocol: { fileName: "plating.yaml", text: "method: []\n" },
  program: Uint8Array.of(1, 2, 3),
  ...what,
})

let folder: string
let store: Store
beforeEach(() => {
  folder = newFolder()
  store = Store.open(folder)
})

/** What a board has logged, as a download would store it. */
function logged(...heads: Head[]): void {
  const log = store.board(ID)
  const writer = log.writer()
  writer.describe({ name: "AB12", firmware: { version: "0.1.0", board: "pico" }, simulated: false })
  const { next } = writer
  writer.append(next, Buffer.concat(heads.map((head, i) => pageAt(next + i, head))))
  writer.close()
  log.adoptTests()
}
const begins = {
  channel: 0,
  test: 1,
  boot: 3,
  boardTime_ms: 12_000,
  testTime_ms: 0,
  beginsTest: true,
}

test("a new test is a folder that people and programs can read", () => {
  const stored = store.createTest(newTest())
  expect(stored.id).toBe("AB12-0-1")
  const files = ["cell.yaml", "program.bin", "protocol.yaml", "test.yaml"]
  expect(readdirSync(stored.folder).sort()).toEqual(files)
  expect(readFileSync(join(stored.folder, "test.yaml"), "utf8")).toMatch(/channel: 0\ntest: 1\n/)
  const found = Store.open(folder).test("AB12-0-1")
  expect(found.about).toEqual(stored.about)
  expect(found.cell).toMatchObject({ name: "cell 5", type: "Li||Li" })
  expect(found.protocol).toEqual({ fileName: "plating.yaml", text: "method: []\n" })
  expect([...(found.program ?? [])]).toEqual([1, 2, 3])
  expect(found.summary().state).toBe("waiting")
  expect([...found.reader()]).toEqual([])
})

test("a folder that a kill left unfinished is no test", () => {
  const stored = store.createTest(newTest())
  const draft = join(folder, "tests", ".0123.draft")
  mkdirSync(draft)
  writeFileSync(join(draft, "test.yaml"), readFileSync(join(stored.folder, "test.yaml")))
  expect(store.tests().map(({ id }) => id)).toEqual(["AB12-0-1"])
})

test("a test is found by id, by the beginning of it, or by its cell; what fits several is told", () => {
  store.createTest(newTest())
  store.createTest(newTest({ test: 10, boardTime_ms: 1e6, cell: "name: cell 6\n" }))
  store.createTest(newTest({ channel: 1, cell: "name: cell 6\n" }))
  expect(store.test("AB12-0-1").test).toBe(1)
  expect(store.test("AB12-0-10").test).toBe(10)
  expect(store.test("AB12-1").channel).toBe(1)
  expect(store.test("cell 5").id).toBe("AB12-0-1")
  expect(() => store.test("cell 6")).toThrow("may be AB12-0-10, AB12-1-1")
  expect(() => store.test("AB12")).toThrow("may be AB12-0-1, AB12-0-10, AB12-1-1")
  expect(() => store.test("nothing")).toThrow(/No test nothing.*coincell list/)
  expect(() => Store.open(newFolder()).test("cell 5")).toThrow(/There is none yet.*download/)
})

describe("a metadata file that is wrong", () => {
  const spoil = (folder: string) => {
    const path = join(folder, "test.yaml")
    writeFileSync(path, readFileSync(path, "utf8").replace("channel: 0", "channel: first"))
    return path
  }

  test("is told by file, line and key; the other tests are listed and found", () => {
    const { folder } = store.createTest(newTest())
    store.createTest(newTest({ test: 2, boardTime_ms: 1e6 }))
    spoil(folder)
    expect(store.tests().map(({ id }) => id)).toEqual(["AB12-0-2"])
    expect(store.test("AB12").id).toBe("AB12-0-2")
    const problem = /AB12-0-1.test\.yaml: line \d+, channel: .*expected number/
    const [broken] = store.brokenTests()
    expect(broken.folder).toBe(folder)
    expect(broken.problem.message).toMatch(problem)
    expect(() => store.test("AB12-0-1")).toThrow(problem)
  })

  test("keeps its pages: they are no other host's test, and are its own again once it is mended", () => {
    const { folder } = store.createTest(newTest())
    const sound = readFileSync(join(folder, "test.yaml"), "utf8")
    const path = spoil(folder)
    logged(begins)
    expect(store.tests()).toEqual([])
    writeFileSync(path, sound)
    expect(store.tests().map(({ id, run }) => [id, run?.pages])).toEqual([["AB12-0-1", 1]])
  })

  test.each(["../../evil", "a/b", "", "A".repeat(99)])("may not call its board %j", (name) => {
    const { folder } = store.createTest(newTest())
    const path = join(folder, "test.yaml")
    const text = readFileSync(path, "utf8").replace("board_name: AB12", `board_name: "${name}"`)
    writeFileSync(path, text)
    expect(store.tests()).toEqual([])
    expect(store.brokenTests()[0].problem.message).toContain("board_name: letters and digits")
  })
})

describe("pages find their test", () => {
  test("by when it began, by the board's own clock", () => {
    store.createTest(newTest())
    logged(begins, { channel: 0, test: 1, boot: 3, testTime_ms: 9_000 })
    const [found, ...others] = store.tests()
    expect(others).toEqual([])
    expect(found.run).toMatchObject({ first: 0, next: 2, pages: 2 })
    expect([...found.pages()]).toHaveLength(2)
    expect(found.summary().state).toBe("running")
  })

  test("a test of another host gets a folder, its cell to be filled in", () => {
    logged(begins)
    const [found] = store.tests()
    expect(found.id).toBe("AB12-0-1")
    expect(found.cell.name).toBe("AB12 channel 0 test 1")
    expect(found.protocol).toBeUndefined()
    expect(found.about).toMatchObject({ boot: 3, board_time_ms: 12_000, simulated: false })
    logged({ channel: 0, test: 1, boot: 3, testTime_ms: 9_000 })
    expect(store.tests().map(({ run }) => run?.pages)).toEqual([2])
  })

  test("a calibration is no test of a cell", () => {
    logged({ ...begins, test: 0 })
    expect(store.tests()).toEqual([])
  })

  test("a number that was used twice gives .2, in the order of the pages", () => {
    logged(begins, { ...begins, boardTime_ms: 700_000 })
    const ids = store.tests().map(({ id, run }) => [id, run?.first])
    expect(ids).toEqual([
      ["AB12-0-1", 0],
      ["AB12-0-1.2", 1],
    ])
  })

  test("a test that was written down and never began takes no other's pages", () => {
    store.createTest(newTest())
    logged({ ...begins, boardTime_ms: 900_000 })
    expect(store.tests().map(({ id, run }) => [id, run?.first])).toEqual([
      ["AB12-0-1", undefined],
      ["AB12-0-1.2", 0],
    ])
  })

  test("a simulated board may be a thousand times as fast as the host that starts a test on it", () => {
    store.createTest(newTest({ isSimulated: true }))
    logged({ ...begins, boardTime_ms: 900_000 })
    expect(store.tests().map(({ id, run }) => [id, run?.first])).toEqual([["AB12-0-1", 0]])
  })

  test("a test whose beginning was overwritten is still the one that was written down", () => {
    store.createTest(newTest())
    logged({ channel: 0, test: 1, boot: 4, boardTime_ms: 5_000, testTime_ms: 1e6 })
    expect(store.tests().map(({ id, run }) => [id, run?.first])).toEqual([["AB12-0-1", 0]])
  })
})

test("numbers that are taken: by folders and by the log, of this channel and board", () => {
  expect(store.nextTestNumber(ID, 0)).toBe(1)
  store.createTest(newTest({ test: 4 }))
  store.createTest(newTest({ test: 9, board: { id: OTHER, name: "CD34" } }))
  expect(store.nextTestNumber(ID, 0)).toBe(5)
  expect(store.nextTestNumber(ID, 1)).toBe(1)
  logged({ ...begins, test: 6 })
  expect(store.nextTestNumber(ID, 0)).toBe(7)
})

test("two boards of one name keep their tests apart", () => {
  store.createTest(newTest())
  const second = store.createTest(newTest({ board: { id: OTHER, name: "AB12" } }))
  expect(second.id).toBe("AB12-0-1.2")
  expect(store.test("AB12-0-1").board).toBe(ID)
})
