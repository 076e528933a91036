import fc from "fast-check"
import { expect, test } from "vitest"
import { DocumentError, readDocument } from "../../host/document"

const SEED = 601

test.each([
  [
    "an alias without an anchor",
    "a: 1\nb: *c\n",
    "f.yaml:2:4: The alias *c has no anchor before it.",
  ],
  [
    "an alias of what it is in",
    "a: 1\nb: &b [1, *b]\n",
    "f.yaml:2:11: The alias *b contains itself.",
  ],
  [
    "flow that nests on and on",
    "[".repeat(5_000),
    "f.yaml:1:202: This nests deeper than 200 levels.",
  ],
  [
    "lists that nest on and on",
    "- ".repeat(5_000),
    "f.yaml:1:403: This nests deeper than 200 levels.",
  ],
  ["keys that nest on and on", `a: 1\nb: ${"{a: ".repeat(2_000)}`, "f.yaml:2:"],
  ["two mistakes", "a: [1\nb: 'c\n", "f.yaml:"],
])("%s is refused with its place", (_, text, message) => {
  expect(() => readDocument(text, "f.yaml")).toThrow(DocumentError)
  expect(() => readDocument(text, "f.yaml")).toThrow(message)
})

test("a few aliases that stand for millions of values are refused", () => {
  const lines = ["a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
  for (let i = 1; i < 9; i++) {
    const [before, name] = ["abcdefghi"[i - 1], "abcdefghi"[i]]
    lines.push(`${name}: &${name} [${Array(10).fill(`*${before}`).join(", ")}]`)
  }
  expect(() => readDocument(lines.join("\n"), "f.yaml")).toThrow(DocumentError)
})

test("an anchor may be used again, and lines are counted from 1", () => {
  const document = readDocument("a: &rest { t: 5 }\nb:\n  - *rest\n  - 2\n", "f.yaml")
  expect(document.value).toEqual({ a: { t: 5 }, b: [{ t: 5 }, 2] })
  expect([
    document.lineOf(["a", "t"]),
    document.lineOf(["b", 1]),
    document.lineOf(["b", 7]),
  ]).toEqual([1, 4, 3])
})

test(`anything at all is read or refused as a document (seed ${SEED})`, () => {
  const pieces = fc.constantFrom(
    "a",
    ": ",
    "- ",
    "\n",
    " ",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "'",
    "? ",
    "|\n",
    "#",
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (all) => {
      try {
        readDocument(all.join(""), "f.yaml")
      } catch (error) {
        expect(error).toBeInstanceOf(DocumentError)
      }
    }),
    { seed: SEED, numRuns: 500 },
  )
})
