import { expect, test } from "vitest"
import { rateFromText } from "../../host/protocol/rate"

test.each<[string, number]>([
  ["C", 1],
  ["D", -1],
  ["C/3", 1 / 3],
  ["D/2", -0.5],
  ["2C", 2],
  ["2D", -2],
  ["2C/5", 0.4],
  ["1/5", 0.2],
  ["C / 20", 0.05],
  ["C/2.5", 0.4],
  ["0.5", 0.5],
  [".5C", 0.5],
  ["-0.5", -0.5],
])("%s is %f", (text, rate_C) => {
  expect(rateFromText(text)).toBeCloseTo(rate_C, 15)
})

test.each(["", "/2", "-", "+", ".", "C/", "C/0", "C3", "CC", "CD/2", "x", "C/x", "1C/2/3", "1 mA"])(
  "'%s' is no rate",
  (text) => {
    expect(rateFromText(text)).toBeUndefined()
  },
)
