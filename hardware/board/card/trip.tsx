import { channel, channelParts } from "../../components"
import { Chip } from "../elements/chip"
import { C, R } from "../elements/passives"
import { soic } from "../footprints"
import * as v from "../passives"

/** Trips above the limit, and then holds the relay open until the expander lets go of RELAY. */
export function OverVoltage() {
  return (
    <>
      <Chip
        name="U3"
        part={channelParts.comparator.parts[0]}
        footprint={soic(14)}
        at={[18.8, 0]}
        sch={[0, 0]}
        label={[0, 0]}
        pins={[
          "OUT_L",
          "OUT_T",
          "VP",
          "MINUS_T",
          "PLUS_T",
          "MINUS_L",
          "PLUS_L",
          "MINUS_F",
          "PLUS_F",
          "MINUS_U",
          "PLUS_U",
          "VN",
          "OUT_U",
          "OUT_F",
        ]}
        nets={{
          OUT_T: "GATE",
          MINUS_T: "TRIP_P",
          PLUS_T: "TRIP_M",
          OUT_L: "GATE",
          MINUS_L: "HALF",
          PLUS_L: "HELD",
          OUT_F: "AIN0",
          MINUS_F: "HALF",
          PLUS_F: "HELD",
          MINUS_U: "GND",
          PLUS_U: "AVSS",
          VP: "VP",
          VN: "AVSS",
        }}
        sections={[
          { title: "U3A", sch: [-4, 3], left: ["PLUS_T", "MINUS_T"], right: ["OUT_T"] },
          { title: "U3B", sch: [-4, -2], left: ["PLUS_L", "MINUS_L"], right: ["OUT_L"] },
          { title: "U3C", sch: [-1, -3.5], left: ["PLUS_F", "MINUS_F"], right: ["OUT_F"] },
          {
            title: "U3D",
            sch: [-1, -5.5],
            left: ["PLUS_U", "MINUS_U", "VP", "VN"],
            right: ["OUT_U"],
          },
        ]}
      />
      <R
        name="R26"
        of={channel.tripPlus_ohm}
        nets={["KP", "TRIP_P"]}
        at={[13.4, 0.3]}
        sch={[-8, 2.5]}
      />
      <R
        name="R27"
        of={channel.tripPlusGround_ohm}
        nets={["GND", "TRIP_P"]}
        at={[13.4, 2.6]}
        sch={[-6.5, 1.5, 90]}
      />
      <R
        name="R28"
        of={channel.tripMinus_ohm}
        nets={["KM", "TRIP_M"]}
        at={[13.4, -2]}
        sch={[-8, 3.5]}
      />
      <R
        name="R29"
        of={channel.tripMinusReference_ohm}
        nets={["VREF", "TRIP_M"]}
        at={[13.4, -4.3]}
        sch={[-8, 4.5]}
      />
      <R
        name="R30"
        of={channel.halfRelay_ohm}
        nets={["RELAY", "HALF"]}
        at={[18.4, -7]}
        sch={[-9, -3]}
      />
      <R
        name="R31"
        of={channel.halfNegative_ohm}
        nets={["HALF", "AVSS"]}
        at={[18.4, -9.3]}
        sch={[-7.5, -4, 270]}
      />
      <R
        name="R32"
        of={channel.heldGate_ohm}
        nets={["GATE", "HELD"]}
        at={[13.8, -7]}
        sch={[-6.5, -1.5]}
      />
      <R
        name="R33"
        of={channel.heldBias_ohm}
        nets={["V3V3", "HELD"]}
        at={[13.8, -9.3]}
        sch={[-6.5, -0.5]}
      />
      <R
        name="R34"
        of={channel.gate_ohm}
        nets={["RELAY", "GATE"]}
        at={[22.8, -9.3]}
        sch={[-1, 0]}
      />
      <R
        name="R35"
        of={channel.relayPullDown_ohm}
        nets={["RELAY", "GND"]}
        at={[22.8, -11.6]}
        sch={[-9.5, -5, 270]}
      />
      <C name="C14" of={v.n100} nets={["VP", "GND"]} at={[17, 6.2]} sch={[1.5, -5.5, 270]} />
      <C name="C15" of={v.n100} nets={["AVSS", "GND"]} at={[21.4, 6.2]} sch={[2.7, -5.5, 90]} />
    </>
  )
}
