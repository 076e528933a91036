import { safety, safetyParts } from "../../components"
import { Chip } from "../elements/chip"
import { C, R } from "../elements/passives"
import { Fet, Led } from "../elements/semiconductors"
import { soic, sot23 } from "../footprints"
import * as v from "../passives"

/** RELAY_5V stands while the heartbeat beats and 5 V is there. */
export function RelaySupply() {
  const comparator = safetyParts.comparator.parts[0]
  return (
    <>
      <R
        name="R13"
        of={safety.heartbeatPullDown_ohm}
        nets={["HEARTBEAT", "GND"]}
        at={[-22, -38.9]}
        sch={[-9, -1, 270]}
      />
      <R
        name="R14"
        of={safety.pumpSeries_ohm}
        nets={["HEARTBEAT", "BEAT"]}
        at={[-22, -41.2]}
        sch={[-8, 0]}
      />
      <C
        name="C23"
        of={safety.pumpCoupling_F}
        nets={["BEAT", "COUPLED"]}
        at={[-22.2, -43.8]}
        sch={[-6.5, 0]}
      />
      <R
        name="R15"
        of={safety.pumpBleed_ohm}
        nets={["COUPLED", "GND"]}
        at={[-26.6, -42.4, 270]}
        sch={[-5, -1, 270]}
      />
      <Chip
        name="D3"
        part={safetyParts.pumpDiodes.parts[0]}
        footprint={sot23()}
        at={[-27.6, -38.6, 270]}
        sch={[-3, 0]}
        width={1.4}
        label={[2.6, 0, 90]}
        pins={["A1", "K2", "K1_A2"]}
        nets={{ A1: "GND", K1_A2: "COUPLED", K2: "PUMPED" }}
        left={["K1_A2", "A1"]}
        right={["K2"]}
      />
      <C
        name="C24"
        of={safety.pumpStorage_F}
        nets={["PUMPED", "GND"]}
        at={[-28, -34.8]}
        sch={[-1, -1, 270]}
      />
      <R
        name="R16"
        of={safety.pumpDischarge_ohm}
        nets={["PUMPED", "GND"]}
        at={[-24, -34.8]}
        sch={[0, -1, 270]}
      />
      <Chip
        name="U16"
        part={comparator}
        footprint={soic(8)}
        at={[-27, -29.6]}
        sch={[3, 0]}
        width={1.6}
        pins={["OUT_A", "MINUS_A", "PLUS_A", "VN", "PLUS_B", "MINUS_B", "OUT_B", "VP"]}
        nets={{
          PLUS_A: "PUMPED",
          MINUS_A: "THRESHOLD",
          OUT_A: "ENABLE",
          PLUS_B: "GND",
          MINUS_B: "GND",
          VN: "GND",
          VP: "V5",
        }}
        left={["PLUS_A", "MINUS_A", "PLUS_B", "MINUS_B"]}
        right={["OUT_A", "OUT_B", "VP", "VN"]}
      />
      <R
        name="R17"
        of={safety.thresholdTop_ohm}
        nets={["V3V3", "THRESHOLD"]}
        at={[-21.2, -27.2]}
        sch={[0.5, 2, 270]}
      />
      <R
        name="R18"
        of={safety.thresholdBottom_ohm}
        nets={["THRESHOLD", "GND"]}
        at={[-21.2, -29.5]}
        sch={[1.2, -1, 270]}
      />
      <C name="C25" of={v.n100} nets={["V5", "GND"]} at={[-21.2, -31.8]} sch={[5.5, -1, 270]} />
      <R
        name="R19"
        of={safety.enablePullUp_ohm}
        nets={["V3V3", "ENABLE"]}
        at={[-22.6, -25]}
        sch={[5, 2, 270]}
      />
      <Fet
        name="Q1"
        part={safetyParts.enableTransistor.parts[1]}
        channel="n"
        gate="ENABLE"
        drain="SWITCH"
        source="GND"
        at={[-27, -23.4]}
        sch={[7, 0]}
        label={[2.2, 1.6]}
      />
      <R
        name="R20"
        of={safety.switchPullUp_ohm}
        nets={["V5", "SWITCH"]}
        at={[-22.6, -22.6]}
        sch={[7.5, 2, 270]}
      />
      <Fet
        name="Q2"
        part={safetyParts.relaySwitch.parts[0]}
        channel="p"
        gate="SWITCH"
        drain="RELAY_5V"
        source="V5"
        at={[-32.4, -23.4, 180]}
        sch={[9, 2]}
        label={[2.2, 1.6]}
      />
      <R
        name="R21"
        of={v.k1}
        nets={["RELAY_5V", "LED2_A"]}
        at={[-33, -40.4]}
        sch={[10.5, 1, 270]}
      />
      <Led
        name="LED2"
        part="150060AS75000"
        color="yellow"
        anode="LED2_A"
        cathode="GND"
        at={[-33, -42.8]}
        sch={[10.5, -0.6, 270]}
        label={[0, -1.4]}
      />
      <Chip
        name="U17"
        part={safetyParts.supervisor.parts[0]}
        footprint={sot23()}
        at={[16.5, -17.4]}
        sch={[-3, -4]}
        width={1.6}
        pins={["GND", "RST_N", "VCC"]}
        nets={{ GND: "GND", RST_N: "RESET_N", VCC: "V5" }}
        left={["VCC", "GND"]}
        right={["RST_N"]}
        label={[0, 2.2]}
      />
      <R name="R22" of={v.k10} nets={["V3V3", "RESET_N"]} at={[11.6, -12.4]} sch={[-1, -3, 270]} />
      <Chip
        name="D4"
        part="BAT54C,215"
        footprint={sot23()}
        at={[12, -17.4]}
        sch={[2, -4]}
        width={1.4}
        pins={["A1", "A2", "K"]}
        nets={{ A1: "ENABLE", A2: "RUN", K: "RESET_N" }}
        left={["K"]}
        right={["A1", "A2"]}
        label={[0, 2.2]}
      />
    </>
  )
}
