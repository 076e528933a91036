import type { Sample } from "../../host/sample"

/** One step of a synthetic test; the voltage is exact wherever it is recorded. */
export interface SyntheticStep {
  /** Signed; 0 is a rest. */
  current_A: number
  duration_s: number
  /** Voltage at the terminals, `elapsed_s` into the step. */
  voltage_V: (elapsed_s: number) => number
  cycle?: number
  /** When records are taken; `boardTimes_s` unless given. Always the first and the last moment. */
  times_s?: number[]
}

/** As the board records: every 0.1 s for 10 s after a reversal, then every 10 s, and the end. */
export function boardTimes_s(duration_s: number): number[] {
  const times: number[] = []
  for (let i = 0; i <= 100 && i / 10 < duration_s; i++) times.push(i / 10)
  for (let t = 20; t < duration_s; t += 10) times.push(t)
  return [...times, duration_s]
}

/** The records of a test that ran these steps one after the other. */
export function record(steps: SyntheticStep[]): Sample[] {
  const samples: Sample[] = []
  let start_s = 0
  steps.forEach((step, index) => {
    const times = step.times_s ?? boardTimes_s(step.duration_s)
    times.forEach((elapsed_s, i) => {
      const stepCharge_Ah = (step.current_A * elapsed_s) / 3600
      samples.push({
        time_s: start_s + elapsed_s,
        voltage_V: step.voltage_V(elapsed_s),
        current_A: step.current_A,
        stepCharge_Ah,
        stepEnergy_Wh: stepCharge_Ah * step.voltage_V(elapsed_s),
        cycle: step.cycle ?? 1,
        stepCount: index + 1,
        stepIndex: index,
        stepType: step.current_A === 0 ? "rest" : "constant_current",
        isFirst: i === 0,
        isLast: i === times.length - 1,
      })
    })
    start_s += step.duration_s
  })
  return samples
}

/** |V| of an ideal lithium electrode pair: a plateau and a spike that decays with the time. */
export function spike(plateau_V: number, height_V: number, decay_s: number) {
  return (elapsed_s: number) => plateau_V + height_V * Math.exp(-elapsed_s / decay_s)
}

/** Plating and stripping in turn, `cycles` times, 1 h each unless told otherwise. */
export function symmetricCell(options: {
  current_A: number
  cycles: number
  magnitude_V: (elapsed_s: number) => number
  duration_s?: number
}): Sample[] {
  const { current_A, cycles, magnitude_V, duration_s = 3600 } = options
  const steps: SyntheticStep[] = []
  for (let cycle = 1; cycle <= cycles; cycle++)
    for (const sign of [1, -1])
      steps.push({
        cycle,
        current_A: sign * current_A,
        duration_s,
        voltage_V: (elapsed_s) => sign * magnitude_V(elapsed_s),
      })
  return record(steps)
}
