import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import * as states from "../../firmware/core/states"
import * as program from "../../firmware/core/program"

const text = readFileSync(new URL("../../firmware/services/coincell.md", import.meta.url), "utf8")

/** An enum of the service, by name. */
function enumOf(name: string): Record<string, number> {
  const body = new RegExp(`enum ${name}: u8 \\{([^}]*)\\}`).exec(text)?.[1] ?? ""
  const values: Record<string, number> = {}
  for (const [, key, value] of body.matchAll(/(\w+) = (\d+)/g)) values[key] = Number(value)
  return values
}

/** Constants of a module that begin with a prefix, named as an enum's members are. */
function constantsOf(module: object, prefix: string): Record<string, number> {
  const values: Record<string, number> = {}
  for (const [name, value] of Object.entries(module)) {
    if (!name.startsWith(prefix)) continue
    const words = name.slice(prefix.length).toLowerCase().split("_")
    values[words.map((word) => word[0].toUpperCase() + word.slice(1)).join("")] = value
  }
  return values
}

describe("the service speaks the core's numbers", () => {
  test.each([
    ["State", states, "STATE_", 5],
    ["Fault", states, "FAULT_", 10],
    ["Key", program, "KEY_", 15],
  ])("enum %s", (name, module, prefix, count) => {
    expect(Object.keys(enumOf(name))).toHaveLength(count)
    expect(constantsOf(module, prefix)).toEqual(enumOf(name))
  })
})
