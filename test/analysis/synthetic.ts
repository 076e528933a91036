import type { Sample, SampleStepType } from "../../host/sample"

/** A current that changes, with its exact integral. */
export interface Course {
  current_A: (elapsed_s: number) => number
  charge_C: (elapsed_s: number) => number
}

/** One step of a synthetic test; voltage and charge are exact wherever they are recorded. */
export interface SyntheticStep {
  /** Signed; 0 is a rest. */
  current_A: number | Course
  /** A rest or constant current unless given. */
  stepType?: SampleStepType
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
    const { current_A, charge_C } = courseOf(step.current_A)
    times.forEach((elapsed_s, i) => {
      const stepCharge_Ah = charge_C(elapsed_s) / 3600
      samples.push({
        time_s: start_s + elapsed_s,
        unixTime_s: undefined,
        voltage_V: step.voltage_V(elapsed_s),
        current_A: current_A(elapsed_s),
        stepCharge_Ah,
        stepEnergy_Wh: stepCharge_Ah * step.voltage_V(elapsed_s),
        cycle: step.cycle ?? 1,
        stepCount: index + 1,
        stepIndex: index,
        temperature_degC: undefined,
        stepType: step.stepType ?? (step.current_A === 0 ? "rest" : "constant_current"),
        isFirst: i === 0,
        isLast: i === times.length - 1,
        isUncalibrated: false,
      })
    })
    start_s += step.duration_s
  })
  return samples
}

function courseOf(current: number | Course): Course {
  if (typeof current !== "number") return current
  return { current_A: () => current, charge_C: (elapsed_s) => current * elapsed_s }
}

/** As into a cell through a resistance at constant voltage. */
export function decaying(start_A: number, decay_s: number): Course {
  return {
    current_A: (t) => start_A * Math.exp(-t / decay_s),
    charge_C: (t) => -start_A * decay_s * Math.expm1(-t / decay_s),
  }
}

/** As through a resistor while its voltage is scanned. */
export function ramping(start_A: number, slope_A_per_s: number): Course {
  return {
    current_A: (t) => start_A + slope_A_per_s * t,
    charge_C: (t) => start_A * t + (slope_A_per_s * t * t) / 2,
  }
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
