import { channel } from "../components"

/**
 * From the DACs to SET: `.subckt summer coarse fine vref vp vn set`. A difference amplifier: zero with both DACs
 * at half of the reference, whatever the reference is.
 */
export const SUMMER_MODEL = `
.subckt summer coarse fine vref vp vn set
rcoarse coarse plus ${channel.coarse_ohm.value}
rfine fine plus ${channel.fine_ohm.value}
rground plus 0 ${channel.summerGround_ohm.value}
rreference vref minus ${channel.summerReference_ohm.value}
rfeedback set minus ${channel.summerFeedback_ohm.value}
xsummer plus minus vp vn set tlv9154
.ends
`
