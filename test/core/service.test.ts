import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import * as log from "../../firmware/core/logRing"
import * as program from "../../firmware/core/program"
import * as states from "../../firmware/core/states"

const text = readFileSync(new URL("../../firmware/services/coincell.md", import.meta.url), "utf8")

/** An enum of the service, by name. */
function enumOf(name: string): Record<string, number> {
  const body = new RegExp(`enum ${name}: u8 \\{([^}]*)\\}`).exec(text)?.[1] ?? ""
  const values: Record<string, number> = {}
  for (const [, key, value] of body.matchAll(/(\w+) = (\d+)/g)) values[key] = Number(value)
  return values
}

/** Constants of a module that begin with a prefix, named as an enum's members are. */
function constantsOf(module: object, prefix: RegExp): Record<string, number> {
  const values: Record<string, number> = {}
  for (const [name, value] of Object.entries(module)) {
    const rest = name.replace(prefix, "")
    if (rest === name) continue
    const words = rest.toLowerCase().split("_")
    values[words.map((word) => word[0].toUpperCase() + word.slice(1)).join("")] = value
  }
  return values
}

describe("the service speaks the core's numbers", () => {
  test.each([
    ["State", states, /^STATE_/, 6],
    ["Fault", states, /^FAULT_/, 19],
    ["End", states, /^(END_OF|STOPPED_BY|STOP)_/, 9],
    ["Key", program, /^KEY_/, 19],
    ["LogPolicy", log, /^POLICY_/, 2],
  ])("enum %s", (name, module, prefix, count) => {
    expect(Object.keys(enumOf(name))).toHaveLength(count)
    expect(constantsOf(module, prefix)).toEqual(enumOf(name))
  })

  test("enum Pause, whose None is that of a test that is not paused", () => {
    expect({ None: 0, ...constantsOf(states, /^PAUSED_BY_/) }).toEqual(enumOf("Pause"))
  })
})

describe("the service's identifiers", () => {
  test("are each of one thing", () => {
    const codes = [...text.matchAll(/@ (0x[0-9a-f]+)/g)].map(([, code]) => code)
    expect(codes.length).toBeGreaterThan(15)
    expect(new Set(codes).size).toBe(codes.length)
  })
})
