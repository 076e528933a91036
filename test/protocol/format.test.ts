import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import manifest from "../../devicescript.json" with { type: "json" }
import * as table from "../../firmware/core/program"
import { compileProtocol } from "../../host/protocol/compile"

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

describe("PROGRAM_FORMAT.md", () => {
  test("its example is what the host compiles", () => {
    const lines = codeUnder("### Its bytes", "").matchAll(/^([0-9a-f]{4}) {2}(.{11})/gm)
    const bytes: string[] = []
    for (const [, offset, hex] of lines) {
      expect(Number.parseInt(offset, 16)).toBe(bytes.length)
      bytes.push(...hex.split(" "))
    }
    expect(bytes).toEqual(Array.from(compiled(), (byte) => byte.toString(16).padStart(2, "0")))
  })

  test("the board runs its example", () => {
    const program = new table.Program(new Uint8Array(table.MAX_PROGRAM_BYTES))
    const bytes = compiled()
    expect(program.load(bytes, bytes.length, manifest.frontEnd)).toBe(true)
    const step = new table.Step()
    const types = [0, 1, 2, 3].map((index) => {
      program.read(index, step)
      return step.type
    })
    expect(types).toEqual([1, 2, 2, 3])
  })

  test("its keys are the board's", () => {
    const section = document.slice(document.indexOf("## What the board refuses"))
    const keys = [...section.matchAll(/^\| (\d+) ([A-Z][A-Za-z]+) +\|/gm)]
    const numbers = Object.fromEntries(keys.map(([, number, name]) => [name, Number(number)]))
    expect(numbers).toEqual({
      Checksum: table.KEY_CHECKSUM,
      Version: table.KEY_VERSION,
      StepCount: table.KEY_STEP_COUNT,
      StepType: table.KEY_STEP_TYPE,
      Current: table.KEY_CURRENT,
      VoltageAbove: table.KEY_VOLTAGE_ABOVE,
      VoltageBelow: table.KEY_VOLTAGE_BELOW,
      Time: table.KEY_TIME,
      Charge: table.KEY_CHARGE,
      LoopTarget: table.KEY_LOOP_TARGET,
      LoopCount: table.KEY_LOOP_COUNT,
      Record: table.KEY_RECORD,
      Safety: table.KEY_SAFETY,
      End: table.KEY_END,
    })
  })
})
