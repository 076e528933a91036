import { channel } from "../components"

/** The set-point summer's resistors, each relative to its nominal value. */
export interface SummerParts {
  coarse: number
  fine: number
  ground: number
  reference: number
  feedback: number
}

export const AS_DRAWN: SummerParts = { coarse: 1, fine: 1, ground: 1, reference: 1, feedback: 1 }

/** SET = coarse × COARSE + fine × FINE − reference × VREF. */
export interface Summer {
  coarse: number
  fine: number
  reference: number
}

export function summerOf(parts: SummerParts): Summer {
  const coarse_S = 1 / (channel.coarse_ohm.value * parts.coarse)
  const fine_S = 1 / (channel.fine_ohm.value * parts.fine)
  const ground_S = 1 / (channel.summerGround_ohm.value * parts.ground)
  const reference =
    (channel.summerFeedback_ohm.value * parts.feedback) /
    (channel.summerReference_ohm.value * parts.reference)
  const gain_ohm = (1 + reference) / (coarse_S + fine_S + ground_S)
  return { coarse: gain_ohm * coarse_S, fine: gain_ohm * fine_S, reference }
}

/** SET with both DACs at half of VREF, in volts for each volt of VREF: what a summer's parts leave at 0 A. */
export function imbalance({ coarse, fine, reference }: Summer): number {
  return (coarse + fine) / 2 - reference
}
