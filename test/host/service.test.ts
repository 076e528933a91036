import { describe, expect, test } from "vitest"
import { enumName, enumValue, isAnswer, packCommand, unpackReport } from "../../host/service"

describe("a report answers the command that names the same", () => {
  test.each<[string, (number | Uint8Array)[], (number | Uint8Array)[], boolean]>([
    ["start", [-5, 7, 2], [-5, 7, 2, 0, 0, 0], true],
    ["start", [-5, 7, 2], [-5, 7, 1, 0, 0, 0], false],
    ["start", [-5, 7, 2], [-5, 8, 2, 0, 0, 0], false],
    ["start", [-5, 7, 2], [6, 7, 2, 0, 0, 0], false],
    ["write_program", [192, 1, new Uint8Array(3)], [192, 1, 0], true],
    ["write_program", [192, 1, new Uint8Array(3)], [0, 1, 0], false],
    ["read_calibration", [3], [3, 0, new Uint8Array(56)], true],
    ["read_calibration", [3], [0, 0, new Uint8Array(56)], false],
    ["set_time", [1_790_000_000_123], [5], true],
  ])("%s, case %#", (name, command, report, expected) => {
    expect(isAnswer(name, command, report)).toBe(expected)
  })
})

test("times beyond 32 bits are carried whole", () => {
  const bytes = packCommand("set_time", [1_790_000_000_123])
  expect(unpackReport("set_time", bytes)).toEqual([1_790_000_000_123])
})

test("enums have names and values", () => {
  expect(enumName("Fault", 12)).toBe("OpenCell")
  expect(enumName("Fault", 99)).toBe("Fault 99")
  expect(enumValue("LogPolicy", "Overwrite")).toBe(1)
  expect(() => enumValue("LogPolicy", "Panic")).toThrow("no LogPolicy 'Panic'")
})
