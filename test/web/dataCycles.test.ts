import { describe, expect, test } from "vitest"
import { Jobs } from "../../host/web/data/worker/jobs"
import { newFolder } from "../store/folder"
import { HALF_s, LoggingBoard } from "./storeOfPages"

/** Three cycles and a half, 720 points each. */
function stored(cell?: Record<string, unknown>) {
  const board = new LoggingBoard(newFolder())
  board.begin(0, 7)
  for (let cycle = 1; cycle <= 3; cycle++) board.cycle(0, cycle)
  board.half(0, 4, 1)
  board.download()
  if (cell !== undefined) board.describe("KX42-0-7", cell)
  return { board, jobs: new Jobs(board.store, () => {}) }
}
const ID = "KX42-0-7"

describe("cycles laid over each other", () => {
  test("begin at zero, and their charge goes up and down again", () => {
    const { cycles } = stored().jobs.overlay(ID, [1, 3, -1, 4, 17])
    expect(cycles.map(({ cycle }) => cycle)).toEqual([1, 3, 4])
    for (const { cycle, time_s, voltage_V, charge_Ah } of cycles) {
      const isHalf = cycle === 4
      expect(time_s[0]).toBe(10)
      expect(time_s.at(-1)).toBe(isHalf ? HALF_s : 2 * HALF_s)
      expect(Math.max(...charge_Ah)).toBeCloseTo(1e-3, 8)
      expect(charge_Ah.at(-1)).toBeCloseTo(isHalf ? 1e-3 : 0, 8)
      expect(Math.max(...voltage_V)).toBe(4.2)
      expect(time_s).toEqual([...time_s].sort((a, b) => a - b))
    }
  })

  test("are whole up to 600 points, and thinned beyond without losing an extreme", () => {
    const [whole, half] = [2, 4].map((cycle) => stored().jobs.overlay(ID, [cycle]).cycles[0])
    expect(half.time_s).toHaveLength(360)
    expect(whole.time_s.length).toBeLessThanOrEqual(602)
    expect(whole.time_s.length).toBeGreaterThan(300)
    expect(Math.min(...whole.voltage_V)).toBe(3)
    // Each point is a record: its voltage is what its charge gives.
    whole.voltage_V.forEach((voltage_V, i) => {
      const share = whole.charge_Ah[i] / 1e-3
      expect(voltage_V).toBeCloseTo(3 + 1.2 * share, 4)
    })
  })
})

test("dQ/dV is the charge per volt, of complete halves alone", () => {
  const { definition, cycles } = stored().jobs.differentialCapacities(ID, [1, -1])
  expect(definition).toMatch(/5 mV/)
  expect(cycles.map(({ cycle, way }) => `${cycle} ${way}`)).toEqual([
    "1 charge",
    "1 discharge",
    "4 charge",
  ])
  for (const { voltage_V, dQdV_Ah_per_V } of cycles) {
    expect(voltage_V.length).toBeGreaterThan(100)
    for (const value of dQdV_Ah_per_V) expect(value).toBeCloseTo(1e-3 / 1.2, 5)
  }
})

describe("the table of cycles", () => {
  test("has what the cell's type wants, in SI and as text", () => {
    const { jobs } = stored({ name: "F1", type: "full", active_mass_mg: 10 })
    const { columns, rows, notes } = jobs.cycles(ID)
    expect(rows.map(({ cycle, isComplete }) => [cycle, isComplete])).toEqual([
      [1, true],
      [2, true],
      [3, true],
      [4, false],
    ])
    const at = columns.findIndex(({ key }) => key === "discharge_Ah")
    expect(columns[at].head).toEqual(["discharge", "", "mAh"])
    expect(rows[0].values[at]).toBeCloseTo(1e-3, 8)
    expect(rows[0].texts[at]).toBe("1.0000")
    expect([rows[3].values[at], rows[3].texts[at]]).toEqual([null, "–"])
    expect(columns.map(({ key }) => key)).toContain("discharge_mAh_per_g")
    expect(notes.join(" ")).toContain("Not ended, as far as it was downloaded")
  })

  test("is kept until there is more of the test, or its cell is described anew", () => {
    const { board, jobs } = stored({ name: "F1", type: "full" })
    const first = jobs.cycles(ID)
    expect(jobs.cycles(ID)).toBe(first)
    board.describe(ID, { name: "F1", type: "half" })
    const second = jobs.cycles(ID)
    expect(second).not.toBe(first)
    board.half(0, 4, -1)
    board.download()
    expect(jobs.cycles(ID).rows[3].isComplete).toBe(true)
  })
})
