import { LIMITS, type Limit, type LimitName } from "./limits"

/** One judgement of the acceptance test. */
export interface Check {
  /** Undefined for what concerns the whole board. */
  channel: number | undefined
  what: string
  /** A number in `unit`, or what happened; undefined when it was not measured. */
  measured: number | string | undefined
  unit: string
  limit: string
  passes: boolean
  why: string
}

/**
 * Judges one measured value by the table. What could not be measured does not pass.
 * @param at at which current, if there are several
 * @param reading what a limit that grows with the reading grows with, in the limit's unit
 */
export function judge(
  channel: number | undefined,
  name: LimitName,
  measured: number | undefined,
  at?: string,
  reading = 0,
): Check {
  const limit: Limit = LIMITS[name]
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = limit
  const more = (limit.ofReading ?? 0) * Math.abs(reading)
  return {
    channel,
    what: at === undefined ? limit.what : `${limit.what}, ${at}`,
    measured,
    unit: limit.unit,
    limit: limitText(limit),
    passes: measured !== undefined && measured >= least - more && measured <= most + more,
    why: limit.why,
  }
}

/** A limit as tables show it. */
export function limitText({ least, most, unit, ofReading }: Limit): string {
  const behind = unit === "" ? "" : ` ${unit}`
  const more = ofReading === undefined ? "" : ` ± ${100 * ofReading} %`
  if (least === undefined && most === 0) return "none"
  if (least === undefined) return `≤ ${most}${behind}${more}`
  if (least === -(most ?? 0)) return `± ${most}${behind}${more}`
  return `${least} … ${most}${behind}${more}`
}
