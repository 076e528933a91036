/**
 * Transistors and diodes, as SPICE models of our own.
 *
 * BCX56 and BCX53 of gain group 16: hFE 100–250 at 150 mA and at least 40 at 5 mA, fT 180 and 145 MHz, collector
 * 6 and 15 pF at 10 V, V_BE 0.7 V at 50 mA. From memory of Nexperia's data sheets; gain is spread by the corners.
 */
export function followerModels(beta: number): string {
  const common = `bf=${beta} vaf=100 ikf=0.8 is=1e-13 ise=1e-13 ne=1.6 br=10 tr=50n xtb=1.6`
  return `
.model bcx56 npn(${common} rb=2 rc=0.2 re=0.05 cje=65p cjc=15p tf=0.9n)
.model bcx53 pnp(${common} rb=2 rc=0.2 re=0.05 cje=80p cjc=39p tf=1.1n)
`
}

/** BAV99: 0.6 V at 1 mA, 5 nA in reverse at 25 °C, ten times that at 50 °C. From memory of 1N4148 models. */
export const DIODE_MODEL = ".model silicon d(is=5e-9 n=1.9 rs=0.6 cjo=2p eg=1.11 xti=3)"
