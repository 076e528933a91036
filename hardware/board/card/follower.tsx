import { channel, channelParts } from "../../components"
import { C, Fuse, R } from "../elements/passives"
import { Bjt, Clamp } from "../elements/semiconductors"
import * as v from "../passives"

export function Follower() {
  return (
    <>
      <R
        name="R6"
        of={channel.errorInput_ohm}
        nets={["CELL_N_SENSE", "MINUS"]}
        at={[-8.5, 3.7]}
        label={[-2.3, 0]}
        sch={[-4.5, -1]}
      />
      <C
        name="C1"
        of={channel.errorFeedback_F}
        nets={["MINUS", "OA"]}
        at={[-5.6, 5.2, 90]}
        sch={[-1.5, -1]}
        label={[0, 2]}
      />
      <R
        name="R7"
        of={channel.dampingSeries_ohm}
        nets={["DAMP", "OA"]}
        at={[-8.5, 5.7]}
        sch={[0.5, 0.5, 90]}
      />
      <C
        name="C2"
        of={channel.damping_F}
        nets={["GND", "DAMP"]}
        at={[-11.8, 5.7]}
        sch={[0.5, -1, 90]}
      />
      <R name="R8" of={channel.base_ohm} nets={["BASE", "OA"]} at={[-8.5, 8]} sch={[2, 2, 180]} />
      <R
        name="R9"
        of={channel.bypass_ohm}
        nets={["OUT", "OA"]}
        at={[-8.5, 10.3]}
        sch={[3, 0, 180]}
        label={[-2.3, 0]}
      />
      <Bjt
        name="Q1"
        part={channelParts.npn.parts[0]}
        type="npn"
        base="BASE"
        collector="VP"
        emitter="EMIT_N"
        at={[-22.5, -11, 180]}
        sch={[4, 3]}
        label={[-3.6, 0]}
      />
      <Bjt
        name="Q2"
        part={channelParts.pnp.parts[0]}
        type="pnp"
        base="BASE"
        collector="VN"
        emitter="EMIT_P"
        at={[-22.5, -4, 180]}
        sch={[4, -3]}
        label={[-3.6, 0]}
      />
      <R
        name="R10"
        of={channel.emitter_ohm}
        nets={["EMIT_N", "OUT"]}
        at={[-16.8, -9.5]}
        sch={[5, 1, 270]}
      />
      <R
        name="R11"
        of={channel.emitter_ohm}
        nets={["EMIT_P", "OUT"]}
        at={[-16.8, -2.5]}
        sch={[5, -1, 90]}
      />
      <Fuse
        name="F1"
        part={channelParts.fuse.parts[0]}
        hold="0.12A"
        nets={["OUT", "FORCE"]}
        at={[-15.5, 5, 90]}
        sch={[7, 0]}
      />
      <Clamp
        name="D1"
        part={channelParts.clamp.parts[0]}
        nets={["FORCE", "GND"]}
        at={[-19.5, 7.5, 180]}
        sch={[8.5, -1, 270]}
        label={[0, 1.3]}
      />
      <C name="C3" of={v.u10} nets={["VP", "PGND"]} at={[-22.9, -16.5]} sch={[7, 4, 270]} />
      <C name="C4" of={v.u10} nets={["VN", "PGND"]} at={[-17.8, -16.5]} sch={[7, -3, 90]} />
    </>
  )
}
