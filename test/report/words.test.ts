import { expect, test } from "vitest"
import { days, duration, isoDate, isoTime } from "../../host/report/words"

test.each([
  [0, "0 s"],
  [3.44, "3.4 s"],
  [59.96, "1 min"],
  [85.2, "1 min 25 s"],
  [3599.6, "1 h 00 min"],
  [7500, "2 h 05 min"],
  [86_399, "1 d 00 h"],
  [97_200, "1 d 03 h"],
])("%d s is %s", (value_s, text) => {
  expect(duration(value_s)).toBe(text)
})

test.each([
  [0, "0 days"],
  [86_400, "1 day"],
  [119 * 86_400, "119 days"],
  [365 * 86_400, "12 months"],
])("an age of %d s is %s", (value_s, text) => {
  expect(days(value_s)).toBe(text)
})

test("instants are UTC", () => {
  expect(isoDate(1_767_225_599)).toBe("2025-12-31")
  expect(isoTime(1_767_225_599)).toBe("2025-12-31 23:59:59 UTC")
})
