/**
 * The fewest of some things with which it still fails, as far as leaving out halves, quarters and so on down to
 * single ones finds them (Zeller and Hildebrandt, Simplifying and isolating failure-inducing input, IEEE
 * Transactions on Software Engineering 28, 2002).
 */
export function shrink<T>(all: readonly T[], fails: (some: readonly T[]) => boolean): T[] {
  const tries = shrinking(all)
  let next = tries.next()
  while (next.done !== true) next = tries.next(fails(next.value))
  return next.value
}

/** The same, for whoever takes his time: gives what is to be tried, and wants to be told whether it fails. */
export function* shrinking<T>(all: readonly T[]): Generator<T[], T[], boolean> {
  let left = [...all]
  for (let size = Math.ceil(left.length / 2); size >= 1; ) {
    let isShorter = false
    for (let from = 0; from < left.length; ) {
      const without = [...left.slice(0, from), ...left.slice(from + size)]
      if (yield without) {
        left = without
        isShorter = true
      } else from += size
    }
    if (size === 1 && !isShorter) break
    if (size > 1) size = Math.ceil(size / 2)
  }
  return left
}
