/** What the core must know of the analog circuit, from the manifest `devicescript.json`. */
export interface Circuit {
  shunt_ohm: number
  dummy_ohm: number
  /** Cell voltage at the ADC ÷ cell voltage. */
  voltageDivider: number
  adcReference_V: number
  dacReference_V: number
  /** Shunt voltage ÷ coarse DAC voltage about its middle. */
  setpointGain: number
  /** Coarse step ÷ fine step. */
  fineRatio: number
  /** Current ranges are PGA gains of the shunt reading; the first is the widest. */
  currentRanges: CurrentRange[]
  /** Cell voltages that the board may be asked for: lowest, highest. */
  voltageLimits_V: number[]
}

export interface CurrentRange {
  gain: number
  /** Largest |current| that is measured in this range, with headroom for the ADC's tolerance. */
  limit_A: number
}

/** Full scale of the 24-bit converter in codes. */
const ADC_CODES = 8388608
const DAC_CODES = 4096

/** Volts at the cell for one ADC code, at PGA gain 1. */
export function voltagePerCode(circuit: Circuit): number {
  return circuit.adcReference_V / ADC_CODES / circuit.voltageDivider
}

/** Amperes through the shunt for one ADC code, at the range's PGA gain. */
export function currentPerCode(circuit: Circuit, range: CurrentRange): number {
  return circuit.adcReference_V / ADC_CODES / range.gain / circuit.shunt_ohm
}

/** Amperes for one step of the fine DAC: 0.39 µA in the reference design. */
export function amperesPerFineStep(circuit: Circuit): number {
  const coarse_A = ((circuit.dacReference_V / DAC_CODES) * circuit.setpointGain) / circuit.shunt_ohm
  return coarse_A / circuit.fineRatio
}

/** The most sensitive range that takes `current_A`, as an index into `currentRanges`. */
export function rangeFor(circuit: Circuit, current_A: number): number {
  let best = 0
  for (let i = 0; i < circuit.currentRanges.length; ++i)
    if (Math.abs(current_A) <= circuit.currentRanges[i].limit_A) best = i
  return best
}
