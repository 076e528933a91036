import { mkdirSync, mkdtempSync, readdirSync, rmSync, watch } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { LoggingBoard } from "./storeOfPages"
import { serverOver, unzipped } from "./testsServer"

const ID = "KX42-0-7"
const folder = mkdtempSync(join(tmpdir(), "coincell-web-"))
/** Where exports are made. */
const temporary = join(folder, "tmp")

describe("the download of an export", () => {
  const board = new LoggingBoard(folder)
  const server = serverOver(folder)
  const own = process.env.TMPDIR

  beforeAll(() => {
    mkdirSync(temporary)
    process.env.TMPDIR = temporary
    board.begin(0, 7)
    for (let cycle = 1; cycle <= 3; cycle++) board.cycle(0, cycle)
    board.download()
    board.describe(ID, { name: "F1", type: "full", institution: "Lab", area_cm2: 1.5 })
  })
  afterAll(async () => {
    if (own === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = own
    await server.data.close()
    rmSync(folder, { recursive: true })
  })

  const download = (format: string, init?: RequestInit) =>
    server.get(`/api/tests/${ID}/export?format=${format}`, init)

  test("is a zip of the file and its metadata, and leaves nothing behind", async () => {
    const response = await download("csv")
    expect(response.headers.get("content-type")).toBe("application/zip")
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="${ID}.csv.zip"; filename*=UTF-8''${ID}.csv.zip`,
    )
    const files = unzipped(Buffer.from(await response.arrayBuffer()))
    expect([...files.keys()].sort()).toEqual([`${ID}.csv`, `${ID}.metadata.json`])
    const csv = files.get(`${ID}.csv`)?.bytes.toString() ?? ""
    expect(csv.trim().split("\n")).toHaveLength(1 + 3 * 720)
    await emptied()
  })

  test("stores Parquet as it is, in its folders", async () => {
    const files = unzipped(Buffer.from(await (await download("parquet")).arrayBuffer()))
    const [[, parquet]] = [...files].filter(([name]) => /^board=.*\/part-0\.parquet$/.test(name))
    expect(parquet.isCompressed).toBe(false)
    expect(parquet.bytes.toString("latin1", 0, 4)).toBe("PAR1")
    await emptied()
  })

  test("ends with whoever asked for it, before it begins and while it is read", async () => {
    const gone = new AbortController()
    const begun = changed(() => exported().length > 0)
    const early = download("bdf", { signal: gone.signal })
    await begun
    gone.abort()
    expect((await early).status).toBe(499)
    await emptied()

    const late = await download("bdf")
    await late.body?.cancel()
    await emptied()
  })

  test("is not made for who asks for its head alone", async () => {
    const response = await download("csv", { method: "HEAD" })
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "application/zip",
    ])
    expect(exported()).toEqual([])
  })
})

/** Programs have other things of theirs there. */
const exported = () => readdirSync(temporary).filter((name) => name.startsWith("coincell-export-"))
const emptied = () => changed(() => exported().length === 0)

/** Waits until something holds of the folder of exports. */
function changed(holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(temporary, look)
    function look() {
      if (!holds()) return
      watcher.close()
      resolve()
    }
    look()
  })
}
