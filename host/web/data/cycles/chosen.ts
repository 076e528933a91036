import type { TestIndex } from "../index/testIndex"

/** Where the points of a cycle are. */
export interface ChosenCycle {
  cycle: number
  begin_ms: number
  /** Stretches `from` to `to` − 1, one at least. */
  from: number
  to: number
}

/**
 * The cycles of these numbers that have points, each once. @param numbers as the board counts, from 1; −1 stands for
 * the last one, −2 for that before it
 */
export function chosenCycles({ cycles, stretches }: TestIndex, numbers: readonly number[]) {
  const all = cycles
    .map(({ cycle, time_ms, stretch }, i): ChosenCycle => {
      const to = cycles[i + 1]?.stretch ?? stretches.length
      return { cycle, begin_ms: time_ms, from: stretch, to }
    })
    .filter(({ from, to }) => to > from)
  const chosen = numbers.flatMap((number) =>
    number < 0 ? (all.at(number) ?? []) : (all.find(({ cycle }) => cycle === number) ?? []),
  )
  return [...new Set(chosen)]
}
