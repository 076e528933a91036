import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Pad, Rules } from "../../hardware/board/tools/grid"
import {
  type Net,
  type Problem,
  route,
  type Track,
  Unroutable,
} from "../../hardware/board/tools/router"

const SEED = 20241121
const RULES: Rules = { step: 0.1, clearance: 0.17, edge: 0.4, viaDiameter: 0.6 }
const WIDTH_mm = 0.25
const PAD_mm = 0.8

/** Pads on a coarse grid, so that they never overlap, dealt out to nets. */
const problems = fc
  .record({
    places: fc.uniqueArray(fc.integer({ min: 0, max: 7 * 5 - 1 }), { minLength: 8, maxLength: 14 }),
    nets: fc.integer({ min: 3, max: 4 }),
  })
  .map(({ places, nets }): Problem => {
    const names = Array.from({ length: nets }, (_, k) => `N${k}`)
    const pads: Pad[] = places.map((place, i) => ({
      net: names[i % nets],
      x: ((place % 7) - 3) * 2.1,
      y: (Math.floor(place / 7) - 2) * 2.1,
      width: PAD_mm,
      height: PAD_mm,
      layers: i % 5 === 0 ? [0, 1] : [0],
    }))
    return {
      bounds: { minX: -8, minY: -6, maxX: 8, maxY: 6 },
      rules: RULES,
      pads,
      nets: names.map((name): Net => {
        const pins = pads.filter((pad) => pad.net === name)
        return { name, width: WIDTH_mm, isPoured: name === "N0", pins }
      }),
      tracks: [],
    }
  })

interface Stroke {
  net: string
  layer: number
  half: number
  from: [number, number]
  to: [number, number]
}

function strokesOf(tracks: Track[]): Stroke[] {
  return tracks.flatMap(({ net, width, points }) =>
    points.slice(1).flatMap((p, i): Stroke[] => {
      const before = points[i]
      const from: [number, number] = [before.x, before.y]
      const to: [number, number] = [p.x, p.y]
      if (before.layer === p.layer) return [{ net, layer: p.layer, half: width / 2, from, to }]
      return [0, 1].map((layer) => ({ net, layer, half: RULES.viaDiameter / 2, from, to }))
    }),
  )
}

/** Between two segments, by points along both. */
function between(a: Stroke, b: Stroke): number {
  let least = Number.POSITIVE_INFINITY
  for (const p of along(a))
    for (const q of along(b)) least = Math.min(least, Math.hypot(p[0] - q[0], p[1] - q[1]))
  return least - a.half - b.half
}
function along({ from, to }: Stroke): [number, number][] {
  const steps = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 0.1))
  return Array.from({ length: steps + 1 }, (_, s) => [
    from[0] + ((to[0] - from[0]) * s) / steps,
    from[1] + ((to[1] - from[1]) * s) / steps,
  ])
}
function padAway(pad: Pad, stroke: Stroke): number {
  const away = along(stroke).map(([x, y]) =>
    Math.hypot(
      Math.max(0, Math.abs(x - pad.x) - pad.width / 2),
      Math.max(0, Math.abs(y - pad.y) - pad.height / 2),
    ),
  )
  return Math.min(...away) - stroke.half
}

/** Pads and strokes of one net that touch, as groups; one group is a net that hangs together. */
function groups(pads: Pad[], strokes: Stroke[]): number {
  const parent = [...pads, ...strokes].map((_, i) => i)
  const root = (i: number): number => (parent[i] === i ? i : root(parent[i]))
  const join = (i: number, j: number) => {
    parent[root(i)] = root(j)
  }
  strokes.forEach((stroke, i) => {
    pads.forEach((pad, k) => {
      if (pad.layers.includes(stroke.layer) && padAway(pad, stroke) < 0) join(pads.length + i, k)
    })
    strokes.slice(0, i).forEach((other, k) => {
      const isVia = stroke.from[0] === stroke.to[0] && stroke.from[1] === stroke.to[1]
      const touches = other.layer === stroke.layer || isVia
      if (touches && between(stroke, other) < 0) join(pads.length + i, pads.length + k)
    })
  })
  return new Set(parent.map((_, i) => root(i))).size
}

describe("router", () => {
  it(`joins every net and keeps nets apart, seed ${SEED}`, () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const strokes = strokesOf(route(problem))
        for (const { name, pins } of problem.nets) {
          const pads = problem.pads.filter((pad) => pad.net === name)
          const own = strokes.filter(({ net }) => net === name)
          expect(groups(pads, own), name).toBe(1)
          expect(pins.length).toBe(pads.length)
        }
        // A hundredth for the points between which distances are measured.
        const least = RULES.clearance - 0.01
        strokes.forEach((stroke, i) => {
          for (const other of strokes.slice(0, i))
            if (other.net !== stroke.net && other.layer === stroke.layer)
              expect(between(stroke, other)).toBeGreaterThan(least)
          for (const pad of problem.pads)
            if (pad.net !== stroke.net && pad.layers.includes(stroke.layer))
              expect(padAway(pad, stroke)).toBeGreaterThan(least)
        })
      }),
      { seed: SEED, numRuns: 12 },
    )
  })

  it("gives the same tracks each time", () => {
    const [problem] = fc.sample(problems, { seed: SEED, numRuns: 1 })
    expect(route(problem)).toEqual(route(problem))
  })

  it("says which net has no way", () => {
    const wall: Pad = { net: "", x: 0, y: 0, width: 1, height: 12, layers: [0, 1] }
    const pin = (x: number) => ({ x, y: 0, width: PAD_mm, height: PAD_mm, layers: [0] })
    const pads = [wall, { ...pin(-4), net: "A" }, { ...pin(4), net: "A" }]
    const nets: Net[] = [{ name: "A", width: WIDTH_mm, pins: [pin(-4), pin(4)] }]
    const bounds = { minX: -8, minY: -6, maxX: 8, maxY: 6 }
    const blocked = () => route({ bounds, rules: RULES, pads, nets, tracks: [] })
    expect(blocked).toThrow(Unroutable)
    expect(blocked).toThrow("A")
  })
})
