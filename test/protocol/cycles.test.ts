import fc from "fast-check"
import { expect, test } from "vitest"
import { foldRepeats } from "../../host/protocol/cycles"
import { SEED } from "./fixtures"

const fold = (text: string) =>
  foldRepeats([...text], (letter) => letter).map(({ items, count }) => `${count}${items.join("")}`)

test.each<[string, string[]]>([
  ["", []],
  ["a", ["1a"]],
  ["abc", ["1abc"]],
  ["aaa", ["3a"]],
  ["ababab", ["3ab"]],
  ["abababc", ["3ab", "1c"]],
  ["xabab", ["1x", "2ab"]],
  ["aabaab", ["2aab"]],
  ["aabb", ["2a", "2b"]],
])("%s is %s", (text, folded) => {
  expect(fold(text)).toEqual(folded)
})

test(`what is folded says the same (seed ${SEED})`, () => {
  const letters = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 40 })
  fc.assert(
    fc.property(letters, (all) => {
      const folded = foldRepeats(all, (letter) => letter)
      const unfolded = folded.flatMap(({ items, count }) => Array(count).fill(items).flat())
      expect(unfolded).toEqual(all)
    }),
    { seed: SEED, numRuns: 300 },
  )
})
