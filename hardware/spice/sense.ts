import { channel } from "../components"

/**
 * The converter's view of the cell: `.subckt sense plus minus shunt vp vn ain0 ain1 ain2 ain3`. Both sense wires are
 * divided to ground, then buffered; `shunt` is the shunt's upper sense contact.
 */
export const SENSE_MODEL = `
.subckt sense plus minus shunt vp vn ain0 ain1 ain2 ain3
rtopp plus tapp ${channel.dividerTop_ohm.value}
rbottomp tapp 0 ${channel.dividerBottom_ohm.value}
cbottomp tapp 0 ${channel.dividerFilter_F.value}
rtopm minus tapm ${channel.dividerTop_ohm.value}
rbottomm tapm 0 ${channel.dividerBottom_ohm.value}
cbottomm tapm 0 ${channel.dividerFilter_F.value}
xkp tapp kp vp vn kp tlv9154
xkm tapm km vp vn km tlv9154
rain0 kp ain0 ${channel.adcInput_ohm.value}
rain1 km ain1 ${channel.adcInput_ohm.value}
cain01 ain0 ain1 ${channel.adcFilter_F.value}
rain2 shunt ain2 ${channel.adcInput_ohm.value}
rain3 0 ain3 ${channel.adcInput_ohm.value}
cain23 ain2 ain3 ${channel.adcFilter_F.value}
.ends
`
