/** More curves in one panel cannot be told apart. */
const MOST = 6

/**
 * Cycles whose curves stand for all: every one of a few; else the first, the last, and between them those that a round
 * number has: 1, 10, 20, 50, 100, 187.
 * @param cycles numbers that there are curves of, in order
 */
export function chosenCycles(cycles: readonly number[]): number[] {
  if (cycles.length <= MOST) return [...cycles]
  const [first] = cycles
  const last = cycles[cycles.length - 1]
  // A round number next to the last cycle would be its twin.
  const round = cycles.filter((cycle) => cycle > first && cycle < 0.8 * last && isRound(cycle))
  return [first, ...round.slice(2 - MOST), last]
}

/** 1, 2, 5, 10, 20, 50 … */
function isRound(value: number): boolean {
  const digit = value / 10 ** Math.floor(Math.log10(value))
  return digit === 1 || digit === 2 || digit === 5
}
