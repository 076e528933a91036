import fc from "fast-check"
import { expect } from "vitest"
import type { Cell } from "../../sim/cells/cell"

/** Stretches of constant current, each cut at random. */
const schedules = fc.array(
  fc.record({
    current_A: fc.oneof(fc.constant(0), fc.double({ min: -0.05, max: 0.05, noNaN: true })),
    duration_s: fc.double({ min: 1e-6, max: 5000, noNaN: true }),
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 6 },
)

/** Whatever a cell is told in one piece, it may be told in many. */
export function expectExactInPieces(create: () => Cell): void {
  fc.assert(
    fc.property(schedules, (schedule) => {
      const whole = create()
      const cut = create()
      for (const { current_A, duration_s, cuts } of schedule) {
        whole.advance(current_A, duration_s)
        const ends_s = [...cuts, 1].sort((a, b) => a - b).map((cut) => cut * duration_s)
        let at_s = 0
        for (const end_s of ends_s) {
          cut.advance(current_A, end_s - at_s)
          at_s = end_s
        }
        for (const probe_A of [current_A, 0, -0.02])
          expect(cut.voltage_V(probe_A)).toBeCloseTo(whole.voltage_V(probe_A), 8)
        expect(cut.charge_C).toBeCloseTo(whole.charge_C, 8)
      }
    }),
    { seed: 20240202, numRuns: 300 },
  )
}
