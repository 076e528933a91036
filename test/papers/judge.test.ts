import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Bar, Printed } from "../../host/papers/paper"
import { judge, tolerance } from "../../host/papers/report/judge"

const claim = (
  qualifier: Printed["qualifier"],
  value: number | undefined,
  unit: string,
  bar: Bar,
) => ({
  qualifier,
  value,
  unit,
  bar,
})

describe("a verdict", () => {
  test.each([
    ["≈ 17 mV", claim("≈", 17, "mV", "overpotential"), 17.9, "meets"],
    ["≈ 17 mV", claim("≈", 17, "mV", "overpotential"), 18.1, "misses"],
    ["≈ 80 mV, 5 % of it", claim("≈", 80, "mV", "overpotential"), 84, "meets"],
    ["≈ 80 mV, 5 % of it", claim("≈", 80, "mV", "overpotential"), 75.9, "misses"],
    ["= 0.03 V", claim("=", 0.03, "V", "overpotential"), 0.0312, "meets"],
    ["= 0.01 V", claim("=", 0.01, "V", "overpotential"), 0.0112, "misses"],
    ["= 20 Ω cm²: no millivolt", claim("=", 2, "Ω cm²", "overpotential"), 2.2, "misses"],
    ["= 99.1 %", claim("=", 99.1, "%", "efficiency"), 99.2, "meets"],
    ["= 99.1 %", claim("=", 99.1, "%", "efficiency"), 98.99, "misses"],
    ["= 0.991", claim("=", 0.991, "", "efficiency"), 0.9919, "meets"],
    ["= 0.991", claim("=", 0.991, "", "efficiency"), 0.9921, "misses"],
    ["= 50 cycles", claim("=", 50, "cycles", "life"), 52, "meets"],
    ["= 50 cycles", claim("=", 50, "cycles", "life"), 53, "misses"],
    ["= 500 cycles", claim("=", 500, "cycles", "life"), 505, "meets"],
    ["= 500 cycles", claim("=", 500, "cycles", "life"), 494, "misses"],
    ["= 111 mAh/g", claim("=", 111, "mAh g⁻¹", "capacity"), 112.1, "meets"],
    ["= 111 mAh/g", claim("=", 111, "mAh g⁻¹", "capacity"), 112.2, "misses"],
    ["> 1000 h, ended by its protocol", claim(">", 1000, "h", "life"), 1000, "meets"],
    ["> 1000 h", claim(">", 1000, "h", "life"), 999.9, "misses"],
    ["< 850 h", claim("<", 850, "h", "life"), 849.9, "meets"],
    ["< 850 h", claim("<", 850, "h", "life"), 850, "misses"],
    ["> 99.5 %: no bar", claim(">", 99.5, "%", "efficiency"), 99.5, "misses"],
    ["> 99.5 %", claim(">", 99.5, "%", "efficiency"), 99.51, "meets"],
    ["≥ 99.5 %", claim("≥", 99.5, "%", "efficiency"), 99.5, "meets"],
    ["≤ 30 mV", claim("≤", 30, "mV", "overpotential"), 30, "meets"],
    ["≤ 30 mV", claim("≤", 30, "mV", "overpotential"), 30.1, "misses"],
    ["= 0 is a value", claim("=", 0, "mV", "overpotential"), 0.9, "meets"],
    ["without a bar", claim("≈", 120_000, "mAh cm⁻²", "none"), 60_000, "misses"],
    ["without a bar, but above", claim(">", 100, "mAh cm⁻²", "none"), 101, "meets"],
    ["of no number", claim("=", undefined, "mV", "none"), 12, "no number printed"],
    ["of no number", claim("=", undefined, "mV", "none"), undefined, "no number printed"],
    ["that the records do not tell", claim(">", 1, "h", "life"), undefined, "misses"],
    ["of what is no number", claim("<", 1, "h", "life"), Number.NaN, "misses"],
  ])("%s", (_name, one, measured, verdict) => {
    expect(judge(one, measured)).toBe(verdict)
  })

  test("of a life in hours, two cycles count as well as 1 %", () => {
    const life = claim("=", 100, "h", "life")
    expect(judge(life, 103.9)).toBe("misses")
    expect(judge(life, 103.9, 2)).toBe("meets")
    expect(judge(life, 104.1, 2)).toBe("misses")
  })

  test("of equality is met by the value itself, whatever the bar, and at the bar's two edges, seed 5", () => {
    const bars: Bar[] = ["overpotential", "efficiency", "life", "capacity", "none"]
    const units = fc.constantFrom("mV", "V", "%", "cycles", "h", "")
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1e5, noNaN: true }),
        fc.constantFrom(...bars),
        units,
        (value, bar, unit) => {
          const one = claim("=", value, unit, bar)
          const width = tolerance(one)
          expect(judge(one, value)).toBe("meets")
          expect(judge(one, value + 0.999 * width)).toBe("meets")
          expect(judge(one, value - 1.001 * width - 1e-6 * value)).toBe("misses")
        },
      ),
      { seed: 5 },
    )
  })
})
