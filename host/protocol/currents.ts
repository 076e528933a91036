import { ProtocolError } from "../errors"
import { areaOf, capacityOf, type Job, whole } from "./quantities"

/** The three ways to give a current. */
interface CurrentKeys {
  current_mA?: number
  current_density_mA_per_cm2?: number
  rate_C?: number
}

/**
 * The set-point of a step, nA.
 * @param path the step's
 * @throws ProtocolError unless there is just one, and the safety limits allow it
 */
export function current_nA(step: CurrentKeys, path: string, job: Job): number {
  const { key, current_mA } = givenCurrent(step, path, job)
  const rounded_nA = Math.round(current_mA * 1e6)
  if (rounded_nA === 0)
    throw new ProtocolError(key, "is below 1 nA: use open_circuit_voltage to rest.")
  const { max_current_mA, min_current_mA } = job.protocol.safety
  const [limit, name] =
    current_mA < 0 && min_current_mA !== undefined
      ? [min_current_mA, "min_current_mA"]
      : [max_current_mA, "max_current_mA"]
  if (Math.abs(current_mA) > Math.abs(limit))
    throw new ProtocolError(
      key,
      `${current_mA.toPrecision(4)} mA is beyond safety.${name}, ${limit} mA.`,
    )
  return rounded_nA
}

function givenCurrent(
  { current_mA, current_density_mA_per_cm2, rate_C }: CurrentKeys,
  path: string,
  job: Job,
): { key: string; current_mA: number } {
  const given: { key: string; current_mA: number }[] = []
  if (current_mA !== undefined) given.push({ key: `${path}.current_mA`, current_mA })
  if (current_density_mA_per_cm2 !== undefined) {
    const key = `${path}.current_density_mA_per_cm2`
    given.push({ key, current_mA: current_density_mA_per_cm2 * areaOf(job, key) })
  }
  if (rate_C !== undefined) {
    const key = `${path}.rate_C`
    given.push({ key, current_mA: rate_C * capacityOf(job, key) })
  }
  if (given.length === 1) return given[0]
  throw new ProtocolError(
    given[0]?.key ?? path,
    "give one of current_mA, current_density_mA_per_cm2 and rate_C.",
  )
}

/** The largest current that the safety limits allow in any direction, mA. */
export function largestCurrent_mA({ protocol: { safety } }: Job): number {
  return Math.max(safety.max_current_mA, -(safety.min_current_mA ?? 0))
}

/** A current at and below which a step ends, nA. */
export function cutoff_nA(cutoff_mA: number, path: string, job: Job): number {
  const size_mA = Math.abs(cutoff_mA)
  const limit_mA = largestCurrent_mA(job)
  if (size_mA > limit_mA)
    throw new ProtocolError(
      path,
      `${size_mA.toPrecision(4)} mA is beyond the safety limit, ${limit_mA} mA.`,
    )
  return whole(size_mA, 1e6, path, "mA")
}

/** The limit of a step at a set voltage, nA, of either sign. */
export function limit_nA(max_current_mA: number | undefined, path: string, job: Job): number {
  const { safety } = job.protocol
  const safe_mA = Math.min(safety.max_current_mA, -(safety.min_current_mA ?? -Infinity))
  if (max_current_mA !== undefined && max_current_mA > safe_mA)
    throw new ProtocolError(
      `${path}.max_current_mA`,
      `${max_current_mA} mA is beyond the safety limit, ${safe_mA} mA.`,
    )
  const rounded_nA = Math.round((max_current_mA ?? safe_mA) * 1e6)
  if (rounded_nA < 1) throw new ProtocolError(`${path}.max_current_mA`, "is below 1 nA.")
  return rounded_nA
}
