import { describe, expect, test } from "vitest"
import { PAGE_BYTES } from "../../host/log/page"
import { Random } from "../../sim/random"
import { PageWriter } from "./pageWriter"

const SEED = 20_240_511
const PERIOD_ms = 100
/** The default rule. */
const INTERVAL_ms = 10_000
const CHANGE_V = 1e-3
/** Noise of one reading, rms. */
const NOISE_V = 20e-6
const NOISE_A = 150e-9

/**
 * Days of plating, stripping and rest: overpotentials that decay and drift, a temperature that wanders.
 * @returns flash bytes a point, all that is not a point included
 */
function bytesPerPoint(options: { current_A: number; hours: number; burst_ms: number }): number {
  const { current_A, hours, burst_ms } = options
  const random = new Random(SEED)
  const log = new PageWriter()
  const recorder = log.recorder(0)
  recorder.testBegins(1, 1_700_000_000, 0, 24)
  let points = 0
  let time_ms = 0
  let temperature_degC = 24
  for (let step = 0; time_ms < hours * 3.6e6; step++) {
    const kind = step % 3
    const driven_A = [current_A, -current_A, 0][kind]
    const length_ms = [3.6e6, 3.6e6, 600e3][kind]
    const begun_ms = time_ms
    const plateau_V = driven_A * (8 + random.normal(0.5))
    recorder.stepBegins(time_ms, kind, kind === 2 ? 1 : 2, 1 + Math.floor(step / 3), 0)
    let charge_mAs = 0
    let energy_mWs = 0
    let recorded_V = Number.NaN
    let due_ms = 0
    for (;;) {
      time_ms += PERIOD_ms
      log.now_ms = time_ms
      const elapsed_ms = time_ms - begun_ms
      const current = driven_A + random.normal(NOISE_A)
      const peak_V = 0.6 * plateau_V * Math.exp(-elapsed_ms / 40_000)
      const voltage_V = plateau_V + peak_V + plateau_V * 2e-8 * elapsed_ms + random.normal(NOISE_V)
      charge_mAs += current * PERIOD_ms
      energy_mWs += current * PERIOD_ms * voltage_V
      if (elapsed_ms % 1000 === 0) {
        temperature_degC += random.normal(0.003)
        recorder.temperature(time_ms, temperature_degC)
      }
      const isFirst = elapsed_ms === PERIOD_ms
      const isLast = elapsed_ms >= length_ms
      const isDue = isFirst || time_ms >= due_ms || Math.abs(voltage_V - recorded_V) >= CHANGE_V
      if (isDue || isLast) {
        recorder.point(
          isLast ? 2 : isFirst ? 1 : 0,
          time_ms,
          voltage_V,
          current,
          charge_mAs,
          energy_mWs,
        )
        points++
        recorded_V = voltage_V
        due_ms = elapsed_ms < burst_ms ? 0 : time_ms + INTERVAL_ms - PERIOD_ms / 2
      }
      if (isLast) break
    }
  }
  recorder.flush()
  return (log.written.length * PAGE_BYTES) / points
}

describe(`flash that a point takes, all in (seed ${SEED})`, () => {
  // What LOG_FORMAT.md says.
  test.each([
    { current_A: 1e-3, most: 6.1 },
    { current_A: 5e-3, most: 6.3 },
    { current_A: 20e-3, most: 6.6 },
    { current_A: 40e-3, most: 7.0 },
  ])("$current_A A: below $most bytes", ({ current_A, most }) => {
    const plain = bytesPerPoint({ current_A, hours: 48, burst_ms: 0 })
    const burst = bytesPerPoint({ current_A, hours: 48, burst_ms: 5000 })
    expect(plain).toBeLessThan(most)
    expect(burst).toBeLessThan(most)
    expect(plain).toBeGreaterThan(most - 0.2)
  })
})
