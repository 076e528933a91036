import { describe, expect, test } from "vitest"
import { cellJsonSchema, protocolJsonSchema } from "../../host/protocol/jsonSchema"
import { plate, protocol, rest } from "./fixtures"
import { misfit } from "./validator"

type Schema = { [key: string]: unknown }

/** Each key of each object in a schema, with its own schema. */
function keysOf(schema: unknown, path = ""): [path: string, schema: Schema][] {
  if (Array.isArray(schema)) return schema.flatMap((one, i) => keysOf(one, `${path}[${i}]`))
  if (typeof schema !== "object" || schema === null) return []
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword !== "properties") return keysOf(value, path)
    return Object.entries(value as { [key: string]: Schema }).flatMap(([key, one]) => [
      [`${path}.${key}`, one] as [string, Schema],
      ...keysOf(one, `${path}.${key}`),
    ])
  })
}

describe.each([
  ["a protocol", protocolJsonSchema(), 60],
  ["a cell", cellJsonSchema(), 20],
])("the JSON Schema of %s", (_, schema, atLeast) => {
  test("says of each key what it means", () => {
    const keys = keysOf(schema)
    expect(keys.length).toBeGreaterThanOrEqual(atLeast)
    const silent = keys.filter(([, { description }]) => typeof description !== "string")
    expect(silent.map(([path]) => path)).toEqual([])
  })

  test("says which unit a number has", () => {
    const units = /_(s|V|mV|mA|mAh|mWh|C|degC|mm|mg|uL|cm2|per_cm2|per_h|per_s|per_g)$/
    const plain =
      /\.(coulombic_efficiency\w*|retention\w*|overpotential\w*|plateau_drop|cycle|cycle_count)$/
    const unnamed = keysOf(schema)
      .filter(([, { type }]) => type === "number" || type === "integer")
      .map(([path]) => path)
      .filter((path) => !units.test(path) && !plain.test(path))
    expect(unnamed).toEqual([])
  })

  test("is a document of its own", () => {
    expect(schema.$schema).toMatch(/json-schema\.org\/draft\/2020-12/)
    expect(JSON.stringify(schema)).not.toContain("$ref")
    expect(schema).toMatchObject({ title: expect.any(String), additionalProperties: false })
  })
})

describe("the JSON Schema of a protocol", () => {
  const fits = (value: unknown) => misfit(value, protocolJsonSchema())

  test("takes what is left out, texts as steps, and cycles of them", () => {
    expect(fits(protocol([plate, rest]))).toBeUndefined()
    expect(fits(protocol([plate, "Rest for 1 hour"]))).toBeUndefined()
    expect(fits(protocol(["Rest for 1 hour", ["Rest for 1 hour"]]))).toBeUndefined()
    expect(
      fits(protocol([{ step: "constant_current", rate_C: "C/3", until_time_s: 1 }])),
    ).toBeUndefined()
  })

  test.each<[string, unknown]>([
    ["an unknown key", { ...protocol([rest]), speed: 1 }],
    ["an unknown step", protocol([{ step: "fly" }])],
    ["a key of another step", protocol([{ ...rest, current_mA: 1 }])],
    ["no limits", { method: [rest] }],
    ["a time below 0", protocol([{ ...rest, until_time_s: -1 }])],
    ["a rule of a pulse's own", protocol([{ ...plate, step: "pulse", record: { time_s: 1 } }])],
    ["another word for resume", { ...protocol([rest]), resume: "perhaps" }],
  ])("refuses %s", (_, value) => {
    expect(fits(value)).toBeDefined()
  })
})
