import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import manifest from "../../devicescript.json" with { type: "json" }
import * as program from "../../firmware/core/program"
import { LOOP_SLOTS, MAX_CONDITIONS } from "../../firmware/core/step"
import { compileProtocol } from "../../host/protocol/compile"
import { readProgram } from "../core/programs"
import { endsOf } from "./fixtures"

const document = readFileSync(new URL("../../firmware/PROGRAM_FORMAT.md", import.meta.url), "utf8")

/** What stands between a heading and the next code block's end, in a language. */
function codeUnder(heading: string, language: string): string {
  const section = document.slice(document.indexOf(heading))
  return new RegExp(`\`\`\`${language}\n([^\`]*)\n\`\`\``).exec(section)?.[1] ?? ""
}

function compiled(): Uint8Array {
  const protocol = JSON.parse(codeUnder("## An example", "json"))
  return compileProtocol(protocol, { name: "A1" }, manifest.frontEnd).bytes
}

/** `KEY_LOOP_TARGET` as `LoopTarget`. */
function camel(name: string): string {
  const words = name.toLowerCase().split("_").slice(1)
  return words.map((word) => word[0].toUpperCase() + word.slice(1)).join("")
}

describe("PROGRAM_FORMAT.md", () => {
  test("its example is what the host compiles", () => {
    const lines = codeUnder("### Its bytes", "").matchAll(/^([0-9a-f]{4}) {2}(.{11})/gm)
    const bytes: string[] = []
    for (const [, offset, hex] of lines) {
      const at = Number.parseInt(offset, 16)
      expect(at).toBeGreaterThanOrEqual(bytes.length)
      while (bytes.length < at) bytes.push("00")
      bytes.push(...hex.split(" "))
    }
    expect(bytes).toEqual(Array.from(compiled(), (byte) => byte.toString(16).padStart(2, "0")))
  })

  test("the board runs its example", () => {
    const { header, steps } = readProgram(compiled())
    expect(header.stops.efficiencyBelow).toBe(0.8)
    expect(steps.map(({ type }) => type)).toEqual([1, 5, 2, 3])
    expect(steps.map(endsOf)).toEqual([
      ["2 ≥ 3600000 → 255", "5 ≤ 2.78e-7 → 255"],
      ["3 ≥ 1800 → 255", "4 ≤ 0.0001 → 255"],
      ["2 ≥ 600000 and", "1 ≤ 0 → 255", "1 ≤ 0 → 254"],
      [],
    ])
  })

  test("its keys are the board's", () => {
    const section = document.slice(document.indexOf("## What the board refuses"))
    const keys = [...section.matchAll(/^\| (\d+) ([A-Z][A-Za-z]+) +\|/gm)]
    const numbers = Object.fromEntries(keys.map(([, number, name]) => [name, Number(number)]))
    const { None, ...refused } = Object.fromEntries(
      Object.entries(program)
        .filter(([name]) => name.startsWith("KEY_"))
        .map(([name, number]) => [camel(name), number]),
    )
    expect(None).toBe(0)
    expect(numbers).toEqual(refused)
  })

  test("its limits are the board's", () => {
    expect([program.HEADER_BYTES, program.STEP_BYTES]).toEqual([128, 96])
    expect([program.MAX_STEPS, program.MAX_PROGRAM_BYTES]).toEqual([64, 6272])
    expect([MAX_CONDITIONS, LOOP_SLOTS, program.RECORD_RULES]).toEqual([8, 8, 4])
    expect(program.MAX_SAFETY_DELAY_ms).toBe(60_000)
  })
})
