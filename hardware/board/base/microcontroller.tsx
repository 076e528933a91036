import { Chip, Row } from "../elements/chip"
import { C, R } from "../elements/passives"
import { module_, sot23_6 } from "../footprints"
import * as v from "../passives"

/** From pin 1, down the left and up the right, USB above. */
const PICO = [
  ...["GP0", "GP1", "GND3", "GP2", "GP3", "GP4", "GP5", "GND8", "GP6", "GP7"],
  ...["GP8", "GP9", "GND13", "GP10", "GP11", "GP12", "GP13", "GND18", "GP14", "GP15"],
  ...["GP16", "GP17", "GND23", "GP18", "GP19", "GP20", "GP21", "GND28", "GP22", "RUN"],
  ...["GP26", "GP27", "AGND", "GP28", "ADC_VREF", "3V3", "3V3_EN", "GND38", "VSYS", "VBUS"],
]
/** They free a stuck bus. Drawn at the far side: pins of a net that are neighbours are joined without its name. */
const FREEING = ["GP3", "GP6"]
const XIAO = ["D0", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D10", "3V3", "GND", "5V"]

/** One of two sockets is fitted. */
export function Microcontroller() {
  const grounds = Object.fromEntries(
    PICO.filter((pin) => pin.includes("GND")).map((pin) => [pin, "GND"]),
  )
  return (
    <>
      <Chip
        name="U1"
        part="PPTC201LFBN-RC"
        footprint={module_(40, 17.78, [21, 51], 8)}
        at={[37.5, 20]}
        sch={[-8, 0]}
        pins={PICO}
        width={2.4}
        label={[0, 18]}
        nets={{
          // Each line twice: the runtime keeps its I2C pins, GP4 and GP5, to itself.
          GP3: "SDA",
          GP4: "SDA",
          GP5: "SCL",
          GP6: "SCL",
          GP16: "MISO",
          GP17: "CS",
          GP18: "SCK",
          GP19: "MOSI",
          RUN: "RUN",
          "3V3": "V3V3",
          VBUS: "V5_USB",
          ...grounds,
        }}
        left={PICO.slice(0, 20).filter((pin) => !FREEING.includes(pin))}
        right={[...PICO.slice(20).reverse(), ...FREEING]}
      />
      <Chip
        name="U2"
        part="PPTC071LFBN-RC"
        footprint={module_(14, 15.24, [17.8, 21], 9)}
        at={[37.5, -35.3, 180]}
        sch={[-1, 2]}
        pins={XIAO}
        width={2}
        label={[0, 3]}
        nets={{
          D1: "CS",
          D4: "SDA",
          D5: "SCL",
          D8: "SCK",
          D9: "MISO",
          D10: "MOSI",
          "3V3": "V3V3",
          GND: "GND",
          "5V": "V5_USB",
        }}
        left={XIAO.slice(0, 7)}
        right={XIAO.slice(7).reverse()}
      />
      <C name="C1" of={v.u10} nets={["V3V3", "GND"]} at={[25, -4.5, 90]} sch={[5, 5, 270]} />
      <Chip
        name="U3"
        part="TPL5010DDCR"
        footprint={sot23_6()}
        at={[24, -24]}
        sch={[-1, -3.5]}
        width={1.8}
        label={[2.9, 0, 90]}
        pins={["VDD", "GND", "DELAY", "DONE", "WAKE", "RST_N"]}
        nets={{ VDD: "V3V3", GND: "GND", DELAY: "WDT_TIME", DONE: "HEARTBEAT", RST_N: "WDT" }}
      />
      <R
        name="R1"
        of={v.watchdogTime}
        nets={["WDT_TIME", "GND"]}
        at={[19.8, -25.4]}
        sch={[-4.5, -4.8, 270]}
      />
      <C name="C2" of={v.n100} nets={["V3V3", "GND"]} at={[19.8, -23.2, 180]} sch={[-6, -4, 270]} />
      <Row
        name="J6"
        part="PREC002SAAN-RC"
        names={["WDT", "RUN"]}
        nets={{ WDT: "WDT", RUN: "RUN" }}
        at={[23, -29]}
        sch={[7, -3.5]}
        facing="left"
        label={[-3.6, 0]}
      />
      <Row
        name="J5"
        part="PREC006SAAN-RC"
        names={["V5_USB", "V3V3", "SDA", "SCL", "GND", "RUN"]}
        nets={{ V5_USB: "V5_USB", V3V3: "V3V3", SDA: "SDA", SCL: "SCL", GND: "GND", RUN: "RUN" }}
        at={[15, -43.5]}
        sch={[7, 2]}
        facing="left"
        label={[-8.6, 0]}
      />
    </>
  )
}
