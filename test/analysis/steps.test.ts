import fc from "fast-check"
import { expect, it } from "vitest"
import { cycleTable } from "../../host/analysis/cycles"
import { cycleCharges } from "../../host/analysis/iterateCycles"
import { pulseResistances } from "../../host/analysis/resistance"
import { iterateSteps } from "../../host/analysis/steps"
import { samplesOf } from "../../host/records"
import { recordsOf } from "./recordsOf"
import { decaying, ramping, record, spike, symmetricCell } from "./synthetic"

const seed = 20260320
const magnitude_V = spike(0.017, 0.03, 36)

const everyKind = record([
  ...[1, -1].map((sign) => ({
    current_A: sign * 1e-3,
    duration_s: 3600,
    voltage_V: (t: number) => sign * magnitude_V(t),
  })),
  { current_A: 0, duration_s: 600, voltage_V: () => 0.001 },
  { current_A: 1e-3, duration_s: 10, voltage_V: () => 0.02, stepType: "pulse" as const },
  ...(["scan", "constant_voltage"] as const).map((stepType) => ({
    stepType,
    cycle: 2,
    current_A: ramping(1e-3, -1e-5),
    duration_s: 400,
    voltage_V: () => 0.03,
  })),
  {
    stepType: "cccv" as const,
    cycle: 2,
    current_A: decaying(-1e-3, 60),
    duration_s: 300,
    voltage_V: () => 3,
  },
])

it("gives each step whole, of a rest only its ends", () => {
  const rest = everyKind.filter((s) => s.stepType === "rest")
  const ends = [rest[0], rest[rest.length - 1]]
  for (const most of [1, 2, 7, 1e9]) {
    const steps = [...iterateSteps(recordsOf(everyKind, most))]
    expect(steps.map((step) => step.stepCount)).toEqual([1, 2, 3, 4, 5, 6, 7])
    for (const step of steps) {
      const samples = everyKind.filter((s) => s.stepCount === step.stepCount)
      expect([...samplesOf(step)]).toEqual(step.stepType === "rest" ? ends : samples)
    }
  }
})

it("makes one of a rest of one record, and none of nothing", () => {
  const [first] = everyKind.filter((s) => s.stepType === "rest")
  const [step] = iterateSteps(recordsOf([first]))
  expect([...samplesOf(step)]).toEqual([first])
  expect([...iterateSteps([])]).toEqual([])
})

it(`in whatever batches records come, every analysis says the same, seed ${seed}`, () => {
  const whole = recordsOf(everyKind)
  const rows = cycleTable(whole, { area_cm2: 2 })
  const charges = [...cycleCharges(whole)]
  const pulses = pulseResistances(whole, 2)
  expect(rows[0].plating?.nucleation?.overpotential_V).toBeCloseTo(0.03, 9)
  expect(pulses[0].resistance_ohm).toBeCloseTo(19, 9)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), (most) => {
      const parts = recordsOf(everyKind, most)
      expect(cycleTable(parts, { area_cm2: 2 })).toEqual(rows)
      expect([...cycleCharges(parts)]).toEqual(charges)
      expect(pulseResistances(parts, 2)).toEqual(pulses)
    }),
    { seed, numRuns: 30 },
  )
})

it("holds no more than a step: it asks for no batch before it needs it", () => {
  const batches = recordsOf(symmetricCell({ current_A: 1e-3, cycles: 3, magnitude_V }))
  let asked = 0
  function* counted() {
    for (const batch of batches) {
      asked++
      yield batch
    }
  }
  let seen = 0
  for (const { stepCount } of iterateSteps(counted())) {
    seen++
    expect(stepCount).toBe(seen)
    expect(asked).toBe(Math.min(seen + 1, batches.length))
  }
  expect(seen).toBe(6)
})
