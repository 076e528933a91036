import { channel, supplies } from "../components"
import { type OpAmp, TLV9154 } from "./opAmp"

/** One board on one day: what differs from the drawing. */
export interface Corner {
  name: string
  temperature_C: number
  /** Current gain of both followers. */
  beta: number
  fuse_ohm: number
  errorFeedback_F: number
  damping_F: number
  opAmp: OpAmp
  vp_V: number
  vn_V: number
}

export const TYPICAL: Corner = {
  name: "typical",
  temperature_C: 25,
  beta: 120,
  fuse_ohm: 3,
  errorFeedback_F: channel.errorFeedback_F.value,
  damping_F: channel.damping_F.value,
  opAmp: TLV9154,
  vp_V: supplies.vp.nominal_V,
  vn_V: supplies.vn.nominal_V,
}

/** @param opAmp what differs from TI's typical amplifier */
export function corner(name: string, but: Partial<Corner>, opAmp: Partial<OpAmp> = {}): Corner {
  return { ...TYPICAL, ...but, name, opAmp: { ...TLV9154, ...but.opAmp, ...opAmp } }
}
