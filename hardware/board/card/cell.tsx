import { channel, channelParts } from "../../components"
import { Chip, Row } from "../elements/chip"
import { R } from "../elements/passives"
import { D, Fet, Led } from "../elements/semiconductors"
import { kelvin1206, relay, terminals } from "../footprints"
import * as v from "../passives"

export function Cell() {
  return (
    <>
      <Row
        name="J2"
        part="OSTTE040161"
        names={["FP", "SP", "SN", "FN"]}
        facing="left"
        footprint={terminals(4)}
        nets={{ FP: "CELL_P", SP: "SENSE_P", SN: "SENSE_N", FN: "CELL_N" }}
        at={[-17.5, 17.8]}
        sch={[6, 4]}
        label={[-8.2, 0]}
      />
      <R
        name="R12"
        of={channel.senseFallback_ohm}
        nets={["CELL_P", "SENSE_P"]}
        at={[-21.5, 12.8]}
        sch={[4, 5]}
      />
      <R
        name="R13"
        of={channel.senseFallback_ohm}
        nets={["SENSE_N", "CELL_N"]}
        at={[-15.5, 12.8]}
        sch={[4, 2]}
      />
      <Chip
        name="K1"
        part={channelParts.relay.parts[0]}
        footprint={relay()}
        at={[-1.5, 14.6]}
        sch={[-2, 4]}
        width={2.2}
        label={[0, 0]}
        pins={["COIL_P", "REST1", "COM1", "CELL1", "CELL2", "COM2", "REST2", "COIL_N"]}
        nets={{
          COIL_P: "RELAY_5V",
          COIL_N: "COIL",
          COM1: "FORCE",
          REST1: "DUMMY",
          CELL1: "CELL_P",
          COM2: "SENSE",
          REST2: "DUMMY_SENSE",
          CELL2: "SENSE_P",
        }}
        left={["COM1", "COM2", "COIL_P", "COIL_N"]}
        right={["CELL1", "REST1", "CELL2", "REST2"]}
      />
      <Chip
        name="R14"
        part={channel.dummy_ohm.parts[0]}
        value="100Ω 0.1%"
        footprint={kelvin1206()}
        at={[-9.6, 13, 180]}
        sch={[2, 1]}
        width={1.2}
        pins={["F1", "F2", "S1", "S2"]}
        nets={{ F1: "DUMMY", S1: "DUMMY_SENSE", F2: "CELL_N", S2: "CELL_N" }}
        left={["F1", "S1"]}
        right={["F2", "S2"]}
        label={[-3.5, 0]}
      />
      <Chip
        name="R15"
        part={channel.shunt_ohm.parts[0]}
        value="20Ω 0.1%"
        footprint={kelvin1206()}
        at={[-11.5, -13.6, 180]}
        sch={[6, 0]}
        width={1.2}
        label={[0, 1.7]}
        pins={["F1", "F2", "S1", "S2"]}
        nets={{ F1: "CELL_N", S1: "CELL_N_SENSE", F2: "PGND", S2: "SHUNT_LO" }}
        left={["F1", "S1"]}
        right={["F2", "S2"]}
      />
      <Fet
        name="Q3"
        part={channelParts.coilTransistor.parts[1]}
        channel="n"
        gate="GATE"
        drain="COIL"
        source="GND"
        at={[6.5, 18.4]}
        sch={[-6, 2]}
        label={[0, 2.3]}
      />
      <D
        name="D2"
        part={channelParts.coilDiode.parts[0]}
        anode="COIL"
        cathode="RELAY_5V"
        at={[7.5, 14.6, 180]}
        sch={[-6, 5, 90]}
        label={[0, -1.6]}
      />
      <R name="R16" of={v.k1} nets={["RELAY_5V", "LED_A"]} at={[13.5, 14.6]} sch={[-8, 5, 270]} />
      <Led
        name="LED1"
        part="150060AS75000"
        color="yellow"
        anode="LED_A"
        cathode="COIL"
        at={[17.5, 18.5]}
        sch={[-8, 3.4, 270]}
        label={[0, -1.5]}
      />
    </>
  )
}
