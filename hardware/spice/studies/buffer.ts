import { channel } from "../../components"
import { TYPICAL } from "../corner"
import { loopGainOf, type Margins, marginsOf } from "../margins"
import type { Ngspice } from "../ngspice"
import { opAmpModel } from "../opAmp"

/** Of a sense buffer, broken at its − input. The other buffer's output counts as ground. */
export async function bufferMargins(spice: Ngspice): Promise<Margins> {
  const waves = await spice.run(`sense buffer
${opAmpModel("tlv9154")}
vp vp 0 ${TYPICAL.vp_V}
vn vn 0 ${TYPICAL.vn_V}
vtap tap 0 1.6
xkp tap inner vp vn kp tlv9154
vprobe kp inner dc 0 ac 1
rain kp ain ${channel.adcInput_ohm.value}
cain ain 0 ${channel.adcFilter_F.value}
rtrip kp trip ${channel.tripPlus_ohm.value}
rground trip 0 ${channel.tripPlusGround_ohm.value}
.save v(kp) v(inner)
.ac dec 20 100 60meg`)
  return marginsOf(waves.x, loopGainOf(waves.complex("v(kp)"), waves.complex("v(inner)")))
}
