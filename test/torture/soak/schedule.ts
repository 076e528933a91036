/** A leg of a soak: how long, and whether the microcontroller runs all through it. */
export interface Leg {
  /** From 1. */
  number: number
  days: number
  /** Neither power nor microcontroller fails, so that the board's clocks come past their wraps. */
  isSteady: boolean
}

/** 32 bits of milliseconds are 49.7 days. */
export const STEADY_d = 51

/**
 * The legs of a soak: the first as long as a clock of 32 bits of milliseconds takes to wrap, and a day, the others
 * share the rest alike. A soak that is too short for that has legs that are all alike.
 */
export function schedule(days: number, legs: number): Leg[] {
  const isLong = legs > 1 && days > STEADY_d
  const rest_d = isLong ? (days - STEADY_d) / (legs - 1) : days / legs
  return Array.from({ length: legs }, (_, i) => {
    const isSteady = isLong && i === 0
    return { number: i + 1, days: isSteady ? STEADY_d : rest_d, isSteady }
  })
}
