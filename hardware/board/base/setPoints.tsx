import { supplies } from "../../components"
import { Chip } from "../elements/chip"
import { TestPoint } from "../elements/marks"
import { C, R } from "../elements/passives"
import { msop10, sot23 } from "../footprints"
import * as v from "../passives"

export function SetPoints() {
  const pins = ["VDD", "SCL", "SDA", "LDAC_N", "RDY", "VOUTA", "VOUTB", "VOUTC", "VOUTD", "VSS"]
  const nets = (name: string) => ({
    ...{ VDD: "VREF", SCL: "SCL", SDA: "SDA", LDAC_N: "GND", VSS: "GND" },
    ...{ VOUTA: `${name}0`, VOUTB: `${name}1`, VOUTC: `${name}2`, VOUTD: `${name}3` },
  })
  const sides = {
    left: ["VDD", "SCL", "SDA", "LDAC_N", "VSS"],
    right: ["VOUTA", "VOUTB", "VOUTC", "VOUTD", "RDY"],
  }
  return (
    <>
      <Chip
        name="U8"
        part={supplies.reference.parts[0]}
        footprint={sot23()}
        at={[12.6, 36]}
        sch={[-4, 3]}
        width={1.2}
        label={[0, 2.3]}
        pins={["K", "A", "NC"]}
        nets={{ K: "VREF", A: "GND" }}
        left={["K"]}
        right={["A", "NC"]}
      />
      <R name="R7" of={v.feedReference} nets={["VP", "VREF"]} at={[17.4, 37]} sch={[-7, 4]} />
      <C name="C7" of={v.u10} nets={["VREF", "GND"]} at={[17.6, 34.4]} sch={[-5.5, 2, 270]} />
      <Chip
        name="U9"
        part="MCP4728-E/UN"
        footprint={msop10()}
        at={[15, 27]}
        sch={[-4, 0]}
        width={1.8}
        label={[0, 0]}
        pins={pins}
        nets={nets("COARSE")}
        {...sides}
      />
      <C name="C8" of={v.n100} nets={["VREF", "GND"]} at={[11.2, 30.2]} sch={[-7, 0, 270]} />
      <Chip
        name="U10"
        part="MCP4728A1-E/UN"
        footprint={msop10()}
        at={[15, 18]}
        sch={[-4, -3]}
        width={1.8}
        label={[0, 0]}
        pins={pins}
        nets={nets("FINE")}
        {...sides}
      />
      <C name="C9" of={v.n100} nets={["VREF", "GND"]} at={[11.2, 21.2]} sch={[-7, -3, 270]} />
      <TestPoint name="TP1" net="VREF" at={[20.6, 32]} sch={[-2, 4]} />
    </>
  )
}
