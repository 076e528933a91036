import fc from "fast-check"
import { expect, it } from "vitest"
import { writeDecimal } from "../../host/formats/decimal"
import { writeDate, writeDuration } from "../../host/formats/moments"

const seed = 131
const bytes = new Uint8Array(64)

function decimal(value: number, places: number): string {
  return Buffer.from(bytes.subarray(5, writeDecimal(bytes, 5, value, places))).toString()
}

it(`writes any whole number of the last place without loss (seed ${seed})`, () => {
  const most = Number.MAX_SAFE_INTEGER
  fc.assert(
    fc.property(
      fc.integer({ min: -most, max: most }),
      fc.integer({ min: 0, max: 12 }),
      (n, places) => {
        const digits = String(Math.abs(n)).padStart(places + 1, "0")
        const point = digits.length - places
        const fraction = digits.slice(point).replace(/0+$/, "")
        const whole = `${n < 0 ? "-" : ""}${digits.slice(0, point)}`
        // A quotient of a number that large is not the one that it came from.
        fc.pre(Math.round(Math.abs(n / 10 ** places) * 10 ** places) === Math.abs(n))
        expect(decimal(n / 10 ** places, places)).toBe(
          fraction === "" ? whole : `${whole}.${fraction}`,
        )
      },
    ),
    { seed, numRuns: 2000 },
  )
})

it("writes small numbers without exponent, no negative zero, and nothing for what is not known", () => {
  expect(decimal(5e-7, 9)).toBe("0.0000005")
  expect(decimal(-1e-12, 12)).toBe("-0.000000000001")
  expect(decimal(-1e-13, 12)).toBe("0")
  expect(decimal(-0, 3)).toBe("0")
  expect(decimal(1_764_547_200.123, 6)).toBe("1764547200.123")
  expect(decimal(Number.NaN, 6)).toBe("")
})

it("writes durations and UTC dates to the millisecond", () => {
  const text = (write: typeof writeDate, value: number) =>
    Buffer.from(bytes.subarray(0, write(bytes, 0, value))).toString()
  expect(text(writeDuration, 0)).toBe("00:00:00.000")
  expect(text(writeDuration, 3723.45)).toBe("01:02:03.450")
  expect(text(writeDuration, 21_600_000.9996)).toBe("6000:00:01.000")
  expect(text(writeDuration, Number.NaN)).toBe("")
  expect(text(writeDate, Number.NaN)).toBe("")
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (unix_ms) => {
      const iso = new Date(unix_ms).toISOString().replace("T", " ").replace("Z", "")
      expect(text(writeDate, unix_ms / 1000)).toBe(iso)
    }),
    { seed },
  )
})
