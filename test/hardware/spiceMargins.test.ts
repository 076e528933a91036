import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { loopGainOf, marginsOf } from "../../hardware/spice/margins"
import type { Complex } from "../../hardware/spice/ngspice"
import {
  crossingTime_s,
  integralOf,
  largestMeanOf,
  overshootOf,
  peakOf,
  settlingTime_s,
} from "../../hardware/spice/waveform"

const SEED = 20240711
const frequencies_Hz = Array.from({ length: 700 }, (_, i) => 10 ** (i / 100))

function loopOf(gainAt: (omega: number) => { size: number; phase_rad: number }): Complex[] {
  return frequencies_Hz.map((f) => {
    const { size, phase_rad } = gainAt(2 * Math.PI * f)
    return { re: size * Math.cos(phase_rad), im: size * Math.sin(phase_rad) }
  })
}

describe("margins", () => {
  it(`are those of an integrator with a delay, seed ${SEED}`, () => {
    fc.assert(
      fc.property(
        fc.double({ min: 100, max: 1e5, noNaN: true }),
        fc.double({ min: 0.05, max: 1.5, noNaN: true }),
        (crossover_Hz, delay_rad) => {
          const crossover = 2 * Math.PI * crossover_Hz
          const found = marginsOf(
            frequencies_Hz,
            loopOf((omega) => ({
              size: crossover / omega,
              phase_rad: -Math.PI / 2 - (delay_rad * omega) / crossover,
            })),
          )
          // −180° is met where the delay has turned by a quarter.
          const gain = Math.PI / 2 / delay_rad
          expect(found.phase_deg).toBeCloseTo(90 - (delay_rad * 180) / Math.PI, 0)
          expect(found.crossover_Hz / crossover_Hz).toBeCloseTo(1, 2)
          expect(found.gain_dB).toBeCloseTo(20 * Math.log10(gain), 0)
        },
      ),
      { seed: SEED, numRuns: 50 },
    )
  })

  it("are negative for a loop that oscillates", () => {
    const found = marginsOf(
      frequencies_Hz,
      loopOf((omega) => ({ size: 1e6 / omega, phase_rad: -Math.PI / 2 - omega / 5e5 })),
    )
    expect(found.phase_deg).toBeLessThan(0)
    expect(found.gain_dB).toBeLessThan(0)
  })

  it("tell a resonance that crosses unity gain again from the first crossing", () => {
    const found = marginsOf(
      frequencies_Hz,
      loopOf((omega) => {
        const x = omega / 1e5
        const size = 3e3 / omega / Math.hypot(1 - x * x, 0.01 * x)
        return { size, phase_rad: -Math.PI / 2 - Math.atan2(0.01 * x, 1 - x * x) }
      }),
    )
    expect(found.crossover_Hz).toBeGreaterThan(1e4)
    expect(found.phase_deg).toBeLessThan(10)
  })

  it("take T from what returns for what was injected", () => {
    expect(loopGainOf([{ re: 0, im: -6 }], [{ re: 2, im: 0 }])).toEqual([{ re: -0, im: 3 }])
  })
})

describe("waveforms", () => {
  const tau_s = 1e-3
  const time_s = Array.from({ length: 20001 }, (_, i) => i * 1e-6)
  const rising = time_s.map((t) => 1 - Math.exp(-t / tau_s))

  it("settle as an exponential does", () => {
    expect(settlingTime_s(time_s, rising, 0, 0, 1, 1e-3)).toBeCloseTo(tau_s * Math.log(1000), 5)
    expect(settlingTime_s(time_s, rising, 0, 0, 2, 1e-3)).toBeNaN()
    expect(overshootOf(rising, 0, 1)).toBe(0)
    expect(overshootOf(rising, 0, 0.5)).toBeCloseTo(1, 6)
  })

  it("have charge, peak and crossings", () => {
    expect(integralOf(time_s, rising)).toBeCloseTo(0.02 - tau_s, 8)
    expect(peakOf(time_s, [0, -3, 2])).toBe(-3)
    const pulse = time_s.map((t) => (t > 5e-3 && t <= 5.005e-3 ? -2 : 0))
    expect(largestMeanOf(time_s, pulse, 10e-6)).toBeCloseTo(1, 6)
    expect(crossingTime_s(time_s, rising, 0.5)).toBeCloseTo(tau_s * Math.LN2, 6)
    expect(crossingTime_s(time_s, rising, 2)).toBeNaN()
  })
})
