import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { endText, FAULT_TEXTS, faultText, pauseText } from "../../host/follow/faultText"

/** Members of one of the service's enums, as its definition has them. */
function members(name: string): string[] {
  const text = readFileSync(new URL("../../firmware/services/coincell.md", import.meta.url), "utf8")
  const body = new RegExp(`enum ${name}: u8 \\{([^}]*)\\}`).exec(text)?.[1] ?? ""
  return [...body.matchAll(/(\w+) = \d+/g)].map(([, member]) => member)
}

test("every fault of the service has words and a next step", () => {
  const faults = members("Fault").filter((fault) => fault !== "None")
  expect(faults).toHaveLength(18)
  expect(Object.keys(FAULT_TEXTS).sort()).toEqual([...faults].sort())
  const texts = faults.map((fault) => faultText(fault))
  expect(new Set(texts.map(({ what }) => what)).size).toBe(18)
  for (const { what, toDo } of texts) {
    expect(what).not.toMatch(/\.$/)
    expect(toDo).toMatch(/\.$/)
  }
})

test("so have ends and pauses", () => {
  for (const end of members("End")) expect(endText(end)).not.toBe(end)
  for (const pause of members("Pause").filter((one) => one !== "None"))
    expect(pauseText(pause).what).not.toContain(`paused: ${pause}`)
})

test("a fault of a later firmware is named", () => {
  expect(faultText("Fault 77").what).toContain("Fault 77")
})
