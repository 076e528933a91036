import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { ownCatalogue } from "../../host/catalogue/open"
import { cli } from "../commands/cli"

const data = mkdtempSync(join(tmpdir(), "coincell-tables-"))
afterAll(() => rmSync(data, { recursive: true, force: true }))

beforeAll(async () => {
  const catalogue = ownCatalogue(data)
  const lab = "anodes"
  const board = { lab, host: "pi-1", firmware: "0.1.0 pico", channels: 4, is_simulated: false }
  for (const [name, calibrated, calibration_due] of [
    ["KX42", "2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
    ["OLD1", "2024-01-01T00:00:00.000Z", "2025-01-01T00:00:00.000Z"],
    ["NEW1", null, null],
  ])
    await catalogue.put("boards", {
      ...board,
      board: `id-${name}`,
      name,
      calibrated,
      calibration_due,
    })
  const test = { lab, host: "pi-1", board: "id-KX42", protocol: "p.yaml", project: "foils" }
  await catalogue.put("tests", {
    ...test,
    test: "KX42-0-1",
    channel: 0,
    operator: "Ada",
    state: "running",
    time_s: 90_061,
  })
  await catalogue.put("tests", {
    ...test,
    test: "KX42-1-1",
    channel: 1,
    operator: "Ada",
    state: "stopped",
  })
  await catalogue.put("cells", {
    lab,
    cell: "A1",
    operator: "Ben",
    project: "alloys",
    area_cm2: 1.539,
  })
  const action = {
    lab: "",
    host: "pc-3",
    via: "cli",
    board: "id-KX42",
    board_name: "KX42",
    channel: 0,
  }
  for (const [id, more] of Object.entries({
    b: {
      by: "Ada",
      by_source: "stated",
      action: "stop",
      why: "shorted",
      is_done: true,
      message: "over",
    },
    a: {
      by: "lab",
      by_source: "account",
      action: "resume",
      is_done: false,
      message: "No test is on it.",
    },
  }))
    await catalogue.put("actions", {
      ...action,
      id,
      time: `2026-11-2${id === "b" ? 1 : 2}T08:00:00Z`,
      ...more,
    })
})

const lines = async (...words: string[]) => {
  vi.useFakeTimers({ now: Date.parse("2026-11-22T00:00:00Z"), toFake: ["Date"] })
  const { stdout, code } = await cli("catalogue", ...words, "--data", data)
  vi.useRealTimers()
  expect(code).toBe(0)
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ {2,}/))
}

test("boards, with when each is to be calibrated again", async () => {
  expect(await lines("boards")).toEqual([
    ["board", "id", "lab", "host", "firmware", "channels", "calibrated", "calibration due"],
    [
      "KX42",
      "id-KX42",
      "anodes",
      "pi-1",
      "0.1.0 pico",
      "4",
      "2026-01-01 00:00 UTC",
      "2027-01-01, in 40 days",
    ],
    ["NEW1", "id-NEW1", "anodes", "pi-1", "0.1.0 pico", "4", "–", "now: not all calibrated"],
    [
      "OLD1",
      "id-OLD1",
      "anodes",
      "pi-1",
      "0.1.0 pico",
      "4",
      "2024-01-01 00:00 UTC",
      "2025-01-01, 23 months ago",
    ],
  ])
})

test("who did what, as it happened, and why; what was refused says why", async () => {
  expect(await lines("actions")).toEqual([
    ["when", "who", "did", "board", "ch.", "why", "via", "host", "said"],
    ["2026-11-21 08:00 UTC", "Ada", "stop", "KX42", "0", "shorted", "cli", "pc-3", "–"],
    [
      "2026-11-22 08:00 UTC",
      "lab (account)",
      "resume, refused",
      "KX42",
      "0",
      "–",
      "cli",
      "pc-3",
      "No test is on it.",
    ],
  ])
  expect(await lines("actions", "--where", "action=stop")).toHaveLength(2)
})

test("operators, by tests and cells that name them and what they did; accounts are nobody", async () => {
  expect(await lines("operators")).toEqual([
    ["operator", "lab", "tests", "not over", "cells", "projects", "last did something"],
    ["Ada", "–", "0", "0", "0", "–", "2026-11-21 08:00 UTC"],
    ["Ada", "anodes", "2", "1", "0", "foils", "–"],
    ["Ben", "anodes", "0", "0", "1", "alloys", "–"],
  ])
})

test("tests and cells; what nobody knows has no column; all of it as JSON", async () => {
  expect((await lines("tests"))[1]).toEqual([
    "KX42-0-1",
    "Ada",
    "foils",
    "anodes",
    "pi-1",
    "p.yaml",
    "running",
    "1 d 01 h",
  ])
  expect(await lines("cells")).toEqual([
    ["lab", "cell", "operator", "project", "area_cm2"],
    ["anodes", "A1", "Ben", "alloys", "1.539"],
  ])
  const { stdout } = await cli("catalogue", "operators", "--data", data, "--json")
  expect(JSON.parse(stdout)[1]).toMatchObject({ operator: "Ada", tests: 2, projects: ["foils"] })
})

test("a table or column that is none is refused with those that there are", async () => {
  expect((await cli("catalogue", "people", "--data", data)).stderr).toContain("operators")
  const { stderr } = await cli("catalogue", "operators", "--data", data, "--where", "cell=A1")
  expect(stderr).toContain("operators have no cell: they have lab, operator")
})
