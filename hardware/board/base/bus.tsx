import { Chip } from "../elements/chip"
import { C, R } from "../elements/passives"
import { Led } from "../elements/semiconductors"
import { soic, soic208, soicWide, wson6 } from "../footprints"
import * as v from "../passives"

/** Memories, thermometer, expander, on the two buses. */
export function Bus() {
  return (
    <>
      <R name="R2" of={v.k2_2} nets={["V3V3", "SDA"]} at={[23.2, 29, 90]} sch={[-9, 4, 90]} />
      <R name="R3" of={v.k2_2} nets={["V3V3", "SCL"]} at={[25.4, 29, 90]} sch={[-7, 4, 90]} />
      <R name="R4" of={v.k10} nets={["V3V3", "MISO"]} at={[30.6, -19.6]} sch={[-5, 4, 90]} />
      <R name="R5" of={v.k10} nets={["V3V3", "CS"]} at={[30.6, -21.9]} sch={[-3, 4, 90]} />
      <Chip
        name="U4"
        part="W25Q128JVSIQ"
        footprint={soic208()}
        at={[37.5, -14.6, 90]}
        sch={[-8, 0]}
        width={1.6}
        pins={["CS_N", "DO", "WP_N", "GND", "DI", "CLK", "HOLD_N", "VCC"]}
        nets={{
          CS_N: "CS",
          DO: "MISO",
          WP_N: "V3V3",
          GND: "GND",
          DI: "MOSI",
          CLK: "SCK",
          HOLD_N: "V3V3",
          VCC: "V3V3",
        }}
      />
      <C name="C3" of={v.n100} nets={["V3V3", "GND"]} at={[32.2, -10.4]} sch={[-4.5, -0.5, 270]} />
      <Chip
        name="U5"
        part="MB85RC256VPNF-G-JNERE1"
        footprint={soic(8)}
        at={[26, -14.4, 90]}
        sch={[-8, -4]}
        width={1.6}
        pins={["A0", "A1", "A2", "VSS", "SDA", "SCL", "WP", "VDD"]}
        nets={{
          A0: "GND",
          A1: "GND",
          A2: "GND",
          VSS: "GND",
          SDA: "SDA",
          SCL: "SCL",
          WP: "GND",
          VDD: "V3V3",
        }}
      />
      <C
        name="C4"
        of={v.n100}
        nets={["V3V3", "GND"]}
        at={[20.6, -13.6, 90]}
        sch={[-4.5, -4.5, 270]}
      />
      <Chip
        name="U6"
        part="TMP117AIDRVR"
        footprint={wson6()}
        at={[12, 8.5]}
        sch={[-0.5, 0]}
        width={1.6}
        label={[0, 2]}
        pins={["SCL", "GND", "ALERT", "ADD0", "VDD", "SDA", "PAD"]}
        nets={{ SCL: "SCL", GND: "GND", ADD0: "GND", VDD: "V3V3", SDA: "SDA", PAD: "GND" }}
        left={["SDA", "SCL", "ADD0", "ALERT"]}
        right={["VDD", "GND", "PAD"]}
      />
      <C name="C5" of={v.n100} nets={["V3V3", "GND"]} at={[16, 8.5, 90]} sch={[2, -0.5, 270]} />
      <Chip
        name="U7"
        part="MCP23008-E/SO"
        footprint={soicWide(18)}
        at={[15.5, -2.8]}
        sch={[6, -1.5]}
        width={1.8}
        pins={[
          "SCL",
          "SDA",
          "A2",
          "A1",
          "A0",
          "RESET_N",
          "NC",
          "INT",
          "VSS",
          "GP0",
          "GP1",
          "GP2",
          "GP3",
          "GP4",
          "GP5",
          "GP6",
          "GP7",
          "VDD",
        ]}
        nets={{
          SCL: "SCL",
          SDA: "SDA",
          A2: "GND",
          A1: "GND",
          A0: "GND",
          RESET_N: "RESET_N",
          VSS: "GND",
          VDD: "V3V3",
          GP0: "RELAY0",
          GP1: "RELAY1",
          GP2: "RELAY2",
          GP3: "RELAY3",
          GP4: "HEARTBEAT",
          GP5: "LED",
        }}
        left={["SDA", "SCL", "A2", "A1", "A0", "RESET_N", "INT", "NC", "VSS"]}
        right={["VDD", "GP0", "GP1", "GP2", "GP3", "GP4", "GP5", "GP6", "GP7"]}
      />
      <C
        name="C6"
        of={v.n100}
        nets={["V3V3", "GND"]}
        at={[22.4, 2.4, 90]}
        sch={[10, -0.5, 270]}
        label={[1.2, 0, 90]}
      />
      <R name="R6" of={v.k1} nets={["LED", "LED1_A"]} at={[12, 41.5]} sch={[9, -4]} />
      <Led
        name="LED1"
        part="150060VS75000"
        color="green"
        anode="LED1_A"
        cathode="GND"
        at={[12, 44]}
        sch={[10.5, -5, 270]}
        label={[-3.4, 0]}
      />
    </>
  )
}
