import { expect, test } from "vitest"
import { connectInstruction, readInstruction } from "../../host/calibration/bench"
import { PromptBench } from "../../host/calibration/promptBench"

/** A person who types these lines, and what that person was shown. */
function personTyping(...lines: string[]) {
  const shown: string[] = []
  const bench = new PromptBench(100, "100R 34465A", async (text) => {
    shown.push(text)
    return lines.shift() ?? ""
  })
  return { bench, shown }
}

test.each([
  ["-0.90031", -0.90031],
  ["3,99987", 3.99987],
  ["+4", 4],
  ["−0.9 V", -0.9],
  ["0.21 mV", 0.00021],
  ["  4.0 ", 4],
])("'%s' is %d V", async (line, volts) => {
  expect(await personTyping(line).bench.read_V(0, "?")).toBeCloseTo(volts, 12)
})

test("what is no number is asked for again", async () => {
  const { bench, shown } = personTyping("", "four", "4 A", "1.2.3", "4.01")
  expect(await bench.read_V(2, readInstruction(2, 4))).toBe(4.01)
  expect(shown).toHaveLength(5)
  expect(shown[0]).toContain("About 4.00 V is expected")
  expect(shown[1]).toContain("no number of volts")
})

test("a person is told what to connect, with the standard's value", async () => {
  const { bench, shown } = personTyping("")
  for (const what of ["standard", "short", "cell"] as const)
    await bench.connect(what, 3, connectInstruction(what, 3, bench))
  expect(shown).toHaveLength(3)
  expect(shown[0]).toContain("100 Ω standard by four leads")
  expect(shown[1]).toContain("join all four leads")
  for (const text of shown) expect(text).toMatch(/^Channel 3[: ]/)
})
