/**
 * TLV9154 as a SPICE macromodel.
 *
 * From TI SBOS986C (features, section 1): offset 125 µV, GBW 4.5 MHz, slew rate 20 V/µs, ±75 mA, 560 µA, supply
 * 2.7–16 V, inputs to 0.1 V beyond the rails. From memory of its tables: phase margin 60° at 20 pF, open-loop
 * output impedance 525 Ω, 120 dB, swing to 200 mV of a rail into 2 kΩ, input capacitances. What is from memory is
 * spread widely by the corners.
 *
 * A transconductor with a slew limit drives the dominant pole, a second pole follows, and a complementary
 * output stage with resistance, current limit, triode region and body diodes drives the pin. Supply currents
 * flow through the supply pins, so that rails may rise and fall. Left out: CMRR, PSRR, noise, bias current.
 */
export interface OpAmp {
  offset_V: number
  gainBandwidth_Hz: number
  slewRate_V_per_s: number
  openLoopGain: number
  /** Second pole. With the output impedance and 20 pF it leaves 60° at unity gain. */
  secondPole_Hz: number
  outputImpedance_ohm: number
  outputLimit_A: number
  /** Of an output transistor that is fully on. */
  outputOn_ohm: number
  quiescent_A: number
}

export const TLV9154: OpAmp = {
  offset_V: 0,
  gainBandwidth_Hz: 4.5e6,
  slewRate_V_per_s: 20e6,
  openLoopGain: 1e6,
  secondPole_Hz: 18e6,
  outputImpedance_ohm: 525,
  outputLimit_A: 75e-3,
  outputOn_ohm: 50,
  quiescent_A: 560e-6,
}

/** The least supply at which it works, and how sharply it stops. Assumed. */
const LEAST_SUPPLY_V = 1.8
const SUPPLY_STEP_V = 0.05
const DOMINANT_F = 10e-12
const INPUT_DIFFERENTIAL_F = 3e-12
const INPUT_COMMON_F = 2e-12
const BODY_DIODE = "d(is=1e-14 rs=3 cjo=2p)"

/** `.subckt name plus minus vp vn out`. */
export function opAmpModel(name: string, amp: OpAmp = TLV9154): string {
  const transconductance_S = 2 * Math.PI * amp.gainBandwidth_Hz * DOMINANT_F
  const slew_A = amp.slewRate_V_per_s * DOMINANT_F
  const on_V = amp.outputLimit_A * amp.outputOn_ohm
  // How far the gain node may run beyond a rail: enough for the whole output current.
  const reach_V = amp.outputLimit_A * amp.outputImpedance_ohm
  const isOn = `(1/(1+exp(-(v(vp,vn)-${LEAST_SUPPLY_V})/${SUPPLY_STEP_V})))`
  const ideal = `(v(y,out)/${amp.outputImpedance_ohm})`
  const most = (headroom: string) =>
    `(1e-9+${amp.outputLimit_A}*tanh((${headroom}+sqrt(${headroom}*${headroom}+1e-6))/${2 * on_V}))`
  return `
.subckt ${name} plus minus vp vn out
voff plus p dc ${amp.offset_V}
cdm p minus ${INPUT_DIFFERENTIAL_F}
ccp p 0 ${INPUT_COMMON_F}
ccm minus 0 ${INPUT_COMMON_F}
rdm p minus 1e12
dpp p vp ${name}body
dpn vn p ${name}body
dmp minus vp ${name}body
dmn vn minus ${name}body
bgain 0 x i=${slew_A}*tanh(${transconductance_S / slew_A}*v(p,minus))*${isOn}
rgain x 0 ${amp.openLoopGain / transconductance_S}
cgain x 0 ${DOMINANT_F}
etop top 0 vol='v(vp)+${reach_V}'
ebot bot 0 vol='v(vn)-${reach_V}'
dtop x top ${name}clamp
dbot bot x ${name}clamp
gpole 0 y x 0 1e-3
rpole y 0 1e3
cpole y 0 ${1 / (2 * Math.PI * amp.secondPole_Hz * 1e3)}
bsource vp out i=v(y,out)>0 ? ${isOn}*${most("v(vp,out)")}*tanh(${ideal}/${most("v(vp,out)")}) : 0
bsink out vn i=v(y,out)<0 ? ${isOn}*${most("v(out,vn)")}*tanh(-${ideal}/${most("v(out,vn)")}) : 0
dop out vp ${name}body
don vn out ${name}body
bquiet vp vn i=${amp.quiescent_A}*${isOn}
.model ${name}body ${BODY_DIODE}
.model ${name}clamp d(is=1e-12 n=0.1)
.ends
`
}
