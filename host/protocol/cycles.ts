/** Things that follow each other `count` times. */
export interface Repeated<T> {
  items: T[]
  count: number
}

/**
 * Folds what is written out again and again: a, b, a, b, a, b, c is 3 × (a, b), 1 × (c). The folding that
 * leaves the fewest things, found from the left.
 * @param keyOf equal for things that are the same
 */
export function foldRepeats<T>(items: readonly T[], keyOf: (item: T) => string): Repeated<T>[] {
  const keys = items.map(keyOf)
  const folded: Repeated<T>[] = []
  for (let at = 0; at < items.length; ) {
    const { length, count } = longestRepeat(keys, at)
    const last = folded.at(-1)
    if (count === 1 && last?.count === 1) last.items.push(items[at])
    else folded.push({ items: items.slice(at, at + length), count })
    at += length * count
  }
  return folded
}

/** What is longer no board could run even once. */
const LONGEST = 64

/** The repetition from `at` on that saves the most; of those that save alike, the shortest. */
function longestRepeat(keys: readonly string[], at: number): { length: number; count: number } {
  let best = { length: 1, count: 1 }
  const longest = Math.min(LONGEST, Math.floor((keys.length - at) / 2))
  for (let length = 1; length <= longest; length++) {
    let end = at + length
    while (end < keys.length && keys[end] === keys[end - length]) end++
    const count = Math.floor((end - at) / length)
    if ((count - 1) * length > (best.count - 1) * best.length) best = { length, count }
  }
  return best
}
