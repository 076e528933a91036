import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { bandOf, selectedIn } from "../../host/web/page/charts/band"
import { frameOf, placeX, placeY, valueX, valueY } from "../../host/web/page/charts/frame"
import { panned, type Range, spanOf, within, zoomed } from "../../host/web/page/charts/range"
import { rangeOf, viewOf } from "../../host/web/page/charts/view"

const SEED = 71
const WHOLE: Range = { from: 0, to: 21_600_000 }
const LEAST_S = 1

const range = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 1e-6, max: 1, noNaN: true }))
  .map(([place, part]): Range => {
    const span = Math.max(part * WHOLE.to, LEAST_S)
    return within({ from: place * WHOLE.to, to: place * WHOLE.to + span }, WHOLE)
  })
const part = fc.double({ min: 0, max: 1, noNaN: true })
const factor = fc.double({ min: 0.01, max: 100, noNaN: true })

function isInside(shown: Range): void {
  expect(shown.from).toBeGreaterThanOrEqual(WHOLE.from)
  expect(shown.to).toBeLessThanOrEqual(WHOLE.to + 1e-6)
}

describe("what is in view", () => {
  test(`a zoom stays inside and keeps what it is about in view, seed ${SEED}`, () => {
    fc.assert(
      fc.property(range, factor, part, (before, by, place) => {
        const about = before.from + place * spanOf(before)
        const after = zoomed(before, by, about, WHOLE, LEAST_S)
        isInside(after)
        const span = Math.min(Math.max(spanOf(before) * by, LEAST_S), spanOf(WHOLE))
        expect(spanOf(after) / span).toBeCloseTo(1, 6)
        expect(about).toBeGreaterThanOrEqual(after.from - 1e-6)
        expect(about).toBeLessThanOrEqual(after.to + 1e-6)
      }),
      { seed: SEED },
    )
  })

  test("a zoom in the middle keeps the place under the mouse where it is", () => {
    const after = zoomed({ from: 1000, to: 2000 }, 0.5, 1250, WHOLE, LEAST_S)
    expect(after).toEqual({ from: 1125, to: 1625 })
  })

  test(`moving along keeps the width and stays inside, seed ${SEED}`, () => {
    const by = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(range, by, (before, parts) => {
        const after = panned(before, parts, WHOLE)
        isInside(after)
        expect(spanOf(after)).toBeCloseTo(spanOf(before), 6)
      }),
      { seed: SEED },
    )
  })

  test("the end of a test that runs goes along with it; a stretch stays", () => {
    const hour = { from: WHOLE.to - 3600, to: WHOLE.to }
    const later = { from: 0, to: WHOLE.to + 100 }
    const along = rangeOf(viewOf(hour, WHOLE, true), later)
    expect(along).toEqual({ from: hour.from + 100, to: hour.to + 100 })
    expect(rangeOf(viewOf(hour, WHOLE, false), later)).toEqual(hour)
    expect(rangeOf(viewOf({ from: 0, to: 3600 }, WHOLE, true), later)).toEqual({
      from: 0,
      to: 3600,
    })
    expect(rangeOf(viewOf(WHOLE, WHOLE, true), later)).toEqual(later)
  })
})

describe("a frame", () => {
  const frame = frameOf(
    { width: 900, height: 300 },
    { x: { from: -5, to: 15 }, y: { from: 2, to: 4 }, hasTop: true, isXShared: false },
  )
  const { left, top, width, height } = frame

  test("places values and finds them again", () => {
    expect([placeX(frame, -5), placeX(frame, 15)]).toEqual([left, left + width])
    expect([placeY(frame, 2), placeY(frame, 4)]).toEqual([top + height, top])
    expect(valueX(frame, placeX(frame, 3.25))).toBeCloseTo(3.25, 9)
    expect(valueY(frame, placeY(frame, 2.75))).toBeCloseTo(2.75, 9)
  })

  test.each([
    ["a wobble selects nothing", 3, 4, undefined],
    ["along x only x", 200, 10, "x"],
    ["along y only y", 10, 90, "y"],
    ["across both", 200, 90, "xy"],
  ])("%s", (_, dx, dy, axes) => {
    const from = { x: left + 100, y: top + 20 }
    const band = bandOf(frame, from, { x: from.x + dx, y: from.y + dy })
    const selected = band && selectedIn(frame, band)
    expect(selected && Object.keys(selected).join("")).toBe(axes)
    if (selected?.x) expect(selected.x.from).toBeCloseTo(valueX(frame, from.x), 9)
    if (selected?.y) expect(selected.y.to).toBeCloseTo(valueY(frame, from.y), 9)
  })

  test("a band ends at the frame's edge, whichever way it is drawn", () => {
    const band = bandOf(frame, { x: left + 50, y: top + 5 }, { x: -400, y: top + 6 })
    expect(band).toEqual({ left, width: 50, top, height })
  })
})
