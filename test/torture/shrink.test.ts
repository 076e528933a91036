import { expect, test } from "vitest"
import { shrink } from "./shrink"

const all = Array.from({ length: 100 }, (_, i) => i)
const hasAll = (wanted: readonly number[]) => (some: readonly number[]) =>
  wanted.every((one) => some.includes(one))

test.each([[[]], [[0]], [[99]], [[3, 4]], [[0, 50, 99]], [[10, 11, 12, 70]]])(
  "what it takes, %j, is all that is left",
  (wanted) => {
    expect(shrink(all, hasAll(wanted))).toEqual(wanted)
  },
)

test("what only fails with others gone is found too", () => {
  // Any three that follow each other.
  const fails = (some: readonly number[]) =>
    some.some((one) => some.includes(one + 1) && some.includes(one + 2))
  expect(shrink(all, fails)).toHaveLength(3)
})
