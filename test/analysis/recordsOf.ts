import type { Records } from "../../host/records"
import type { Sample } from "../../host/sample"

/** Samples as the reader of a log would give them: a batch for each step, or for every `most` records of it. */
export function recordsOf(samples: Sample[], most = Number.POSITIVE_INFINITY): Records[] {
  const batches: Sample[][] = []
  for (const sample of samples) {
    const batch = batches.at(-1)
    const isSame = batch?.[0].stepCount === sample.stepCount && !batch.at(-1)?.isLast
    if (batch !== undefined && isSame && batch.length < most) batch.push(sample)
    else batches.push([sample])
  }
  return batches.map(batchOf)
}

function batchOf(samples: Sample[]): Records {
  const [first] = samples
  const column = (value: (sample: Sample) => number | undefined) =>
    Float64Array.from(samples, (sample) => value(sample) ?? Number.NaN)
  return {
    cycle: first.cycle,
    stepCount: first.stepCount,
    stepIndex: first.stepIndex,
    stepType: first.stepType,
    isUncalibrated: first.isUncalibrated,
    hasFirst: first.isFirst,
    hasLast: samples[samples.length - 1].isLast,
    length: samples.length,
    time_s: column((s) => s.time_s),
    unixTime_s: column((s) => s.unixTime_s),
    voltage_V: column((s) => s.voltage_V),
    current_A: column((s) => s.current_A),
    stepCharge_Ah: column((s) => s.stepCharge_Ah),
    stepEnergy_Wh: column((s) => s.stepEnergy_Wh),
    temperature_degC: column((s) => s.temperature_degC),
  }
}
