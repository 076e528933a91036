import { channel } from "../components"
import type { Corner } from "./corner"
import { opAmpModel } from "./opAmp"
import { followerModels } from "./semiconductors"

const DIVIDER_ohm = channel.dividerTop_ohm.value + channel.dividerBottom_ohm.value

/** Where an AC source breaks the loop. Both sides of it have names: see `LOOP`. */
export type Probe = "amplifier" | "shunt" | "none"

/** Inner nodes to compare for the loop gain: T = −v(returned) ÷ v(injected). */
export const LOOP = {
  amplifier: { returned: "minus", injected: "inner" },
  shunt: { returned: "cellMinus", injected: "sensed" },
} as const

/**
 * One channel from set-point to shunt, with the models it needs: `.subckt channel set vp vn force cellMinus`.
 *
 *     set ──────────────┐ +
 *                       ├─ error amp ─ oa ─┬─ base ─┬─ BCX56 ─ emitter ─┐
 *        ┌─ inner ── minus ┤               │        └─ BCX53 ─ emitter ─┤
 *        │               errorFeedback ────┤                            │
 *        │                                 ├─────────── bypass ─────────┼─ out ─ fuse ─ force
 *        │                                 └─ damping (R, C) ─ ground   │
 *        └─ errorInput ─ sensed ─ cellMinus ─ shunt ─ ground
 *
 * "amplifier" breaks the loop at the error amplifier's − input, where all of its feedback returns; "shunt" at
 * the errorInput resistor, where the regulated current returns.
 */
export function channelModel(at: Corner, probe: Probe = "none"): string {
  const ac = (here: Probe) => (probe === here ? "dc 0 ac 1" : "dc 0")
  return `
${opAmpModel("tlv9154", at.opAmp)}
${followerModels(at.beta)}
.subckt channel set vp vn force cellMinus
xerror set inner vp vn oa tlv9154
vamplifier minus inner ${ac("amplifier")}
cfeedback oa minus ${at.errorFeedback_F}
rinput minus sensed ${channel.errorInput_ohm.value}
vshunt sensed cellMinus ${ac("shunt")}
rdamping oa damped ${channel.dampingSeries_ohm.value}
cdamping damped 0 ${at.damping_F}
rbase oa base ${channel.base_ohm.value}
qnpn vp base emitn bcx56
qpnp vn base emitp bcx53
remitn emitn out ${channel.emitter_ohm.value}
remitp emitp out ${channel.emitter_ohm.value}
rbypass oa out ${channel.bypass_ohm.value}
rfuse out force ${at.fuse_ohm}
rsense force 0 ${DIVIDER_ohm}
rshunt cellMinus 0 ${channel.shunt_ohm.value}
rsenseminus cellMinus 0 ${DIVIDER_ohm}
.ends
`
}

/** Supplies of the deck, and its temperature. */
export function surroundings(at: Corner): string {
  return `vp vp 0 ${at.vp_V}\nvn vn 0 ${at.vn_V}\n.temp ${at.temperature_C}\n`
}

/** Volts that SET needs for a current. */
export function setPoint_V(current_A: number): number {
  return current_A * channel.shunt_ohm.value
}
