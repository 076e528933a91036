import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { parse } from "yaml"
import { readCell } from "../../host/cell"
import { checkProtocol } from "../../host/protocol/check"
import {
  aboutExample,
  cellPathOfExample,
  exampleCellNames,
  exampleNames,
  resolveCellPath,
  resolveProtocolPath,
} from "../../host/protocol/examples"
import { cellJsonSchema, protocolJsonSchema } from "../../host/protocol/jsonSchema"
import { misfit } from "./validator"

const DOIS = [
  "10.1002/aenm.202400202",
  "10.1002/adfm.202307281",
  "10.20517/energymater.2022.53",
  "10.1002/aenm.202300815",
  "10.1002/adfm.202009712",
]
const textOf = (name: string) => readFileSync(resolveProtocolPath(`example:${name}`), "utf8")

describe.each(exampleNames())("example %s", (name) => {
  const text = textOf(name)
  const cellPath = cellPathOfExample(`example:${name}`) ?? ""
  const cell = readCell(readFileSync(cellPath, "utf8"), cellPath)

  test("runs on its cell, without a warning", () => {
    const { findings, plan } = checkProtocol(text, name, cell)
    const told = findings.filter(({ severity }) => severity !== "note")
    expect(told.map(({ path, message }) => `${path}: ${message}`)).toEqual(TOLD[name] ?? [])
    expect(plan?.duration.most_s).toBeLessThan(Infinity)
    expect(plan?.log.bytes).toBeGreaterThan(0)
  })

  test("fits the JSON Schema that editors have", () => {
    expect(misfit(parse(text), protocolJsonSchema())).toBeUndefined()
  })

  test("tells its papers, and what to change", () => {
    expect(DOIS.some((doi) => text.replace(/\n# /g, "").includes(doi))).toBe(true)
    expect(text).toMatch(/^#.*\bChange: /m)
    expect(aboutExample(name).title.length).toBeGreaterThan(10)
  })
})

/** What there is to say of some all the same. */
const TOLD: { [name: string]: unknown[] } = {
  "intermittent-titration": Array(2).fill(
    expect.stringMatching(/its current, 68\.58 µA, is small/),
  ),
  "symmetric-harsh": [expect.stringMatching(/^record: the log is full after/)],
}

test.each(exampleCellNames())(
  "cell %s fits the JSON Schema, and some protocol is for it",
  (name) => {
    const text = readFileSync(resolveCellPath(`example:${name}`), "utf8")
    expect(misfit(parse(text), cellJsonSchema())).toBeUndefined()
    expect(exampleNames().map((one) => aboutExample(one).cell)).toContain(name)
  },
)

test("all five papers have a part in them", () => {
  const all = exampleNames().map(textOf).join("\n")
  expect(DOIS.filter((doi) => !all.includes(doi))).toEqual([])
})

test("what is no example is a path, or an error that lists what there is", () => {
  expect(resolveProtocolPath("my/plating.yaml")).toBe("my/plating.yaml")
  expect(cellPathOfExample("my/plating.yaml")).toBeUndefined()
  expect(() => resolveProtocolPath("example:nothing")).toThrow(
    /^There is no example:nothing\. There are aurbach, .*tafel\.$/,
  )
})
