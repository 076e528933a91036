import fc from "fast-check"
import { expect, test } from "vitest"
import { z } from "zod"
import { cellSchema } from "../../host/cell"
import type { Checked, LiveBoard, LiveChannel } from "../../host/web/api"
import { actionsFor } from "../../host/web/page/start/actions"
import { CELL_FIELDS, mainKeys, PROTOCOL_KEYS } from "../../host/web/page/start/cellFields"
import {
  cellKeys,
  draftOf,
  EMPTY_DRAFT,
  forNextCell,
  withCell,
  withExample,
} from "../../host/web/page/start/draft"
import { lineRange } from "../../host/web/page/start/jump"
import { obstacle } from "../../host/web/page/start/obstacle"
import { placeFor, placesOf } from "../../host/web/page/start/places"

const SEED = 651

test("the form has all keys of a cell's file, with the values that those take", () => {
  const schema = z.toJSONSchema(cellSchema, { io: "input", unrepresentable: "any" })
  const properties = schema.properties as Record<string, { type: string; enum?: string[] }>
  expect(CELL_FIELDS.map(({ key }) => key).sort()).toEqual(Object.keys(properties).sort())
  for (const { key, kind, choices } of CELL_FIELDS) {
    expect([key, kind === "number"]).toEqual([key, properties[key].type === "number"])
    expect([key, choices?.map(([value]) => value)]).toEqual([key, properties[key].enum])
  }
  const known = new Set(CELL_FIELDS.map(({ key }) => key))
  const used = [
    ...PROTOCOL_KEYS,
    ...["Li||Li", "Li||Cu", "full"].flatMap((type) => [...mainKeys(type)]),
  ]
  expect(used.filter((key) => !known.has(key))).toEqual([])
})

test.each([
  ["14", 14],
  ["0,785", 0.785],
  [" 1e-3 ", 0.001],
  [".5", 0.5],
  ["1.2.3", "1.2.3"],
  ["14 mm", "14 mm"],
  ["Infinity", "Infinity"],
])("a number typed as %j is given as %j", (typed, given) => {
  expect(cellKeys({ name: " A1 ", area_cm2: typed, comment: "" })).toEqual({
    name: "A1",
    area_cm2: given,
  })
})

const example = {
  name: "e",
  title: "",
  cellType: "full",
  text: "method: []",
  cell: { name: "theirs", type: "full", diameter_mm: 12, electrolyte: "theirs" },
}

test("an example gives size and type to an empty form, and nothing else of its cell", () => {
  const draft = withExample({ ...EMPTY_DRAFT, cell: { name: "A1" } }, example)
  expect(draft).toEqual({
    cell: { name: "A1", type: "full", diameter_mm: "12" },
    isAssumed: true,
    fileName: "e.yaml",
    text: "method: []",
  })
  expect(withExample(draft, { ...example, cell: { area_cm2: 2 } }).cell).toEqual({
    name: "A1",
    area_cm2: "2",
  })
  expect(withCell(draft, { ...draft.cell, name: "A2" }).isAssumed).toBe(true)
  const own = withCell(draft, { ...draft.cell, diameter_mm: "14" })
  expect(own.isAssumed).toBe(false)
  expect(withExample(own, example).cell).toEqual(own.cell)
  expect(forNextCell(own).cell).toMatchObject({ name: "", diameter_mm: "14" })
})

test(`whatever was kept becomes a draft (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.anything(), (kept) => {
      const { cell, fileName, text, isAssumed } = draftOf(kept)
      expect([typeof fileName, typeof text, typeof isAssumed]).toEqual([
        "string",
        "string",
        "boolean",
      ])
      expect(Object.values(cell).every((value) => typeof value === "string")).toBe(true)
    }),
    { seed: SEED },
  )
  const draft = { cell: { name: "A1" }, isAssumed: true, fileName: "p", text: "t" }
  expect(draftOf(JSON.parse(JSON.stringify(draft)))).toEqual(draft)
})

const channel = (number: number, state: string): LiveChannel =>
  ({
    channel: number,
    state,
    stateText: state.toLowerCase(),
    cycle: 3,
    test: { number: 1, cell: "B2" },
  }) as LiveChannel
const board = (id: string, states: string[], isThere = true): LiveBoard =>
  ({ id, name: id, isThere, channels: states.map((state, i) => channel(i, state)) }) as LiveBoard
const calibrated = { date_unix_s: 0, standard: "" }

test("the first calibrated free channel is offered; others say what is on them", () => {
  const boards = [
    board("a", ["Running", "Idle"], false),
    board("b", ["Paused", "Finished", "Idle", "Idle"]),
  ]
  const places = placesOf(boards, { b: { channels: [calibrated, null, calibrated] } })
  expect(places.map(({ kind, why }) => why ?? kind)).toEqual([
    "the board is away",
    "the board is away",
    "B2: paused, cycle 3",
    "uncalibrated",
    "free",
    "unknown",
  ])
  expect(placeFor(places, undefined)).toBe(places[4])
  expect(placeFor(places, { board: "b", channel: 0 })).toBe(places[2])
  expect(placeFor(places, { board: "c", channel: 0 })).toBeUndefined()
  expect(placeFor(placesOf(boards, {}), undefined)?.channel.channel).toBe(1)
})

test("what is to be done next is said one thing at a time", () => {
  const [place] = placesOf([board("a", ["Idle"])], {})
  const checked: Checked = { findings: [], cell: {} }
  const wrong: Checked = {
    findings: [{ severity: "error", of: "cell", path: "", message: "" }],
    cell: {},
  }
  const ready = { mayAct: true, place, name: "A1", text: "m", checked, isFresh: true }
  const taken = placesOf([board("a", ["Fault"])], {})[0]
  expect(obstacle(ready)).toBeUndefined()
  expect(obstacle({ ...ready, mayAct: false })).toContain("token")
  expect(obstacle({ ...ready, place: undefined })).toContain("no free channel")
  expect(obstacle({ ...ready, place: taken })).toContain("B2: fault, cycle 3")
  expect(obstacle({ ...ready, text: " \n" })).toContain("example")
  expect(obstacle({ ...ready, name: " " })).toContain("name")
  expect(obstacle({ ...ready, isFresh: false })).toBe("Checking …")
  expect(obstacle({ ...ready, checked: wrong })).toBe("Mend the error first.")
})

test("a line's range is the line", () => {
  const text = "a\n\nccc\n"
  const range = (line: number) => text.slice(...lineRange(text, line))
  expect([1, 2, 3, 4].map(range)).toEqual(["a", "", "ccc", ""])
})

test.each([
  ["Running", 5, ["pause", "stop"]],
  ["Zeroing", 5, ["pause", "stop"]],
  ["Paused", 5, ["resume", "stop"]],
  ["Fault", 5, ["resume", "stop"]],
  ["Finished", 5, []],
  ["Idle", 0, []],
  ["Running", 0, ["stop"]],
])("%s, test %i: %j", (state, number, actions) => {
  expect(actionsFor({ state, test: { number } })).toEqual(actions)
})
