import { lakeRecords } from "./lakeFiles"
import type { Listener } from "./listener"
import { type Difference, difference, keyOf, type LoggedPage, type Point } from "./truth"

/** What dataset and broker have of what the boards logged. */
export interface Compared {
  logged: number
  lake: Difference
  broker: Difference
  /** Pages that came to the broker more than once, and are told by board, log and page. */
  repeatedPages: number
}

/** Boards of which the dataset is asked at once. */
const AT_ONCE = 25

export async function compareAll(
  pages: readonly LoggedPage[],
  listener: Listener,
  lake: string,
): Promise<Compared> {
  const logged = pages.reduce((sum, { points }) => sum + points.length, 0)
  const broker = compareBroker(pages, listener)
  const boards = [...new Set(pages.map(({ board }) => board))]
  const lakes: Difference[] = []
  for (let i = 0; i < boards.length; i += AT_ONCE)
    lakes.push(await compareLake(pages, boards.slice(i, i + AT_ONCE), lake))
  const repeatedPages = [...listener.pages.values()].filter(({ times }) => times > 1).length
  return { logged, lake: sum(lakes), broker, repeatedPages }
}

async function compareLake(
  pages: readonly LoggedPage[],
  boards: readonly string[],
  lake: string,
): Promise<Difference> {
  const found = await lakeRecords(lake, boards)
  const wanted = new Map<string, string[]>()
  for (const { board, channel, points } of pages) {
    if (!boards.includes(board)) continue
    const key = `${board}/${channel}`
    const keys = wanted.get(key) ?? []
    wanted.set(key, keys)
    for (const point of points) keys.push(keyOfPoint(point))
  }
  const channels = new Set([...wanted.keys(), ...found.keys()])
  return sum([...channels].map((key) => difference(wanted.get(key) ?? [], found.get(key) ?? [])))
}

/** Page by page, each once however often it came. */
function compareBroker(pages: readonly LoggedPage[], listener: Listener): Difference {
  const wanted = new Map(pages.map((page) => [`${page.board}/1/${page.sequence}`, page]))
  const keys = new Set([...wanted.keys(), ...listener.pages.keys()])
  return sum(
    [...keys].map((key) => {
      const { points = [] } = wanted.get(key) ?? {}
      const payload = listener.pages.get(key)?.payload
      const found = (payload?.time_s ?? []).map((time_s, i) => {
        const of = (column: "voltage_V" | "current_A" | "step_charge_Ah" | "step_energy_Wh") =>
          payload?.[column][i] ?? Number.NaN
        return keyOf({
          time_ms: Math.round(time_s * 1e3),
          stepCount: payload?.step_count[i] ?? Number.NaN,
          stepIndex: payload?.step_index[i] ?? Number.NaN,
          voltage_uV: Math.round(of("voltage_V") * 1e6),
          current_nA: Math.round(of("current_A") * 1e9),
          stepCharge_nAh: Math.round(of("step_charge_Ah") * 1e9),
          stepEnergy_nWh: Math.round(of("step_energy_Wh") * 1e9),
        })
      })
      return difference(points.map(keyOfPoint), found)
    }),
  )
}

function keyOfPoint({ testTime_ms, ...point }: Point): string {
  return keyOf({ time_ms: testTime_ms, ...point })
}

function sum(all: readonly Difference[]): Difference {
  return {
    lost: all.reduce((total, { lost }) => total + lost, 0),
    doubledOrForeign: all.reduce((total, one) => total + one.doubledOrForeign, 0),
  }
}
