import { describe, expect, test } from "vitest"
import { compileProtocol } from "../../host/protocol/compile"
import { readProtocol, readProtocolFile } from "../../host/protocol/read"
import { circuit, disc } from "./fixtures"

const methodOf = (text: string) =>
  (readProtocol(text, "p.yaml") as { method: unknown[] }).method.map((step) => step)

describe("a protocol's file", () => {
  test("may be YAML with PyBaMM's strings among its steps", () => {
    const text = `
# yaml-language-server: $schema=protocol.schema.json
safety: { max_voltage_V: 4.5, min_voltage_V: 0, max_current_mA: 5 }
method:
  - { step: tag, tag: cycle }
  - Charge at C/2 for 3 hours or until 4.2 V
  - { step: open_circuit_voltage, until_time_s: 60 }
  - { step: loop, loop_to: cycle, cycle_count: 5 }
`
    expect(methodOf(text)[1]).toEqual({
      step: "constant_current",
      rate_C: 0.5,
      until_time_s: 10_800,
      until_voltage_V: 4.2,
    })
    expect(compileProtocol(readProtocol(text, "p.yaml"), disc, circuit).methodIndex).toEqual([
      1, 2, 3,
    ])
  })

  test("that is neither YAML nor JSON is refused with file, line and column", () => {
    expect(() => readProtocol("method: [\n  a: }", "p.yaml")).toThrow(/^p\.yaml:2:6: /)
  })

  test("is refused with all strings that cannot be read, by line and entry", () => {
    const text = 'method:\n  - "Charge at 1 W"\n  - "Rest for 1 hour"\n  - "Fly"\n'
    expect(() => readProtocol(text, "p.yaml")).toThrow(
      /^p\.yaml:2: method\[0\]: .* power.*\np\.yaml:4: method\[2\]: 'Fly' is no step/,
    )
  })

  test("tells the line of what the compiler names", () => {
    const file = readProtocolFile("method:\n  - step: pulse\n    current_mA: 1\n", "p.yaml")
    expect(file.placeOf("method[0].current_mA")).toEqual({ path: "method[0].current_mA", line: 3 })
    expect(file.placeOf("method[0].until_time_s").line).toBe(2)
    expect(file.placeOf("safety.max_voltage_V").line).toBe(1)
  })
})

describe("a PyBaMM experiment", () => {
  const cycle = `["Charge at 1 mA until 4.2 V", "Hold at 4.2 V until C/50", "Discharge at 1 mA until 3 V"]`

  test("becomes loops over its cycles, one for each that stands alone", () => {
    const method = methodOf(`- ["Rest for 1 hour", "Charge at C/10 until 4.2 V"]
- ${cycle}
- ${cycle}
- ${cycle}
`)
    expect(method.map((step) => (step as { step: string }).step)).toEqual([
      "open_circuit_voltage",
      "constant_current",
      "loop",
      "constant_current",
      "constant_voltage",
      "constant_current",
      "loop",
    ])
    expect(method[2]).toEqual({ step: "loop", loop_to: 1, cycle_count: 1 })
    expect(method[6]).toEqual({ step: "loop", loop_to: 4, cycle_count: 3 })
  })

  test("of hundreds of steps fits the board's table", () => {
    const experiment = Array(500).fill(JSON.parse(cycle))
    const input = readProtocol(JSON.stringify(experiment), "experiment.json")
    expect(compileProtocol(input, disc, circuit).methodIndex).toHaveLength(4)
  })

  test("of flat strings that repeat is folded too", () => {
    const experiment = Array(40)
      .fill(["Charge at 1 mA for 1 h", "Discharge at 1 mA for 1 h"])
      .flat()
    expect(methodOf(JSON.stringify(experiment)).at(-1)).toEqual({
      step: "loop",
      loop_to: 1,
      cycle_count: 40,
    })
  })

  test("folds what repeats within a cycle", () => {
    const pulses = Array(30).fill(["Charge at 1 mA for 10 s", "Rest for 1 h"]).flat()
    const method = methodOf(JSON.stringify([pulses, pulses]))
    expect(method.slice(2)).toEqual([
      { step: "loop", loop_to: 1, cycle_count: 30 },
      { step: "loop", loop_to: 1, cycle_count: 2 },
    ])
  })

  test("of more cycles than the board has loops marks those that repeat", () => {
    const alone = Array.from({ length: 8 }, (_, i) => [`Rest for ${i + 1} h`, "Rest for 1 s"])
    const method = methodOf(JSON.stringify([...alone, ["Rest for 9 h"], ["Rest for 9 h"]]))
    const loops = method.filter((step) => (step as { step: string }).step === "loop")
    expect(loops).toEqual([{ step: "loop", loop_to: 17, cycle_count: 2 }])
  })

  test("has the board's limits, and says so", () => {
    const file = readProtocolFile(`- "Rest for 1 hour"`, "p.yaml")
    expect(file.input).toMatchObject({
      safety: { max_voltage_V: 5, min_voltage_V: -1, max_current_mA: 50 },
    })
    expect(file.assumed.map(({ path }) => path.join("."))).toEqual([
      "safety.max_voltage_V",
      "safety.min_voltage_V",
      "safety.max_current_mA",
    ])
  })

  test("under method keeps the file's own limits, and its places", () => {
    const text = `safety: { max_voltage_V: 4.3, min_voltage_V: 2, max_current_mA: 5 }
method:
  - ["Charge at 1 mA until 4.2 V"]
  - ["Rest for 1 hour"]
  - ["Rest for 1 hour"]
`
    const file = readProtocolFile(text, "p.yaml")
    expect(file.assumed).toEqual([])
    // Entries: charge, its loop, rest, its loop.
    expect(file.placeOf("method[2].until_time_s")).toEqual({ path: "method[1][0]", line: 4 })
  })

  test("with what is no string is refused", () => {
    expect(() => readProtocol('- ["Rest for 1 hour", 5]\n- "Rest for 1 hour"', "p.yaml")).toThrow(
      /p\.yaml:1: \[0\]\[1\]: is no step's text/,
    )
  })
})
