import { channelParts } from "../../components"
import { Chip } from "../elements/chip"
import { C } from "../elements/passives"
import { soic } from "../footprints"
import * as v from "../passives"

export function Amplifiers() {
  const pins = [
    "OUT_A",
    "MINUS_A",
    "PLUS_A",
    "VP",
    "PLUS_B",
    "MINUS_B",
    "OUT_B",
    "OUT_C",
    "MINUS_C",
    "PLUS_C",
    "VN",
    "PLUS_D",
    "MINUS_D",
    "OUT_D",
  ]
  return (
    <>
      <Chip
        name="U1"
        part={channelParts.opAmp.parts[0]}
        footprint={soic(14)}
        at={[-1, 2]}
        sch={[0, 0]}
        label={[0, 0]}
        pins={pins}
        nets={{
          OUT_A: "OA",
          MINUS_A: "MINUS",
          PLUS_A: "SET",
          VP: "VP",
          PLUS_B: "DIV_M",
          MINUS_B: "KM",
          OUT_B: "KM",
          OUT_C: "KP",
          MINUS_C: "KP",
          PLUS_C: "DIV_P",
          VN: "VN",
          PLUS_D: "SUM_P",
          MINUS_D: "SUM_N",
          OUT_D: "SET",
        }}
        sections={[
          { title: "U1D", sch: [-6, 3], left: ["MINUS_D", "PLUS_D"], right: ["OUT_D"] },
          { title: "U1A", sch: [-2, 2], left: ["PLUS_A", "MINUS_A"], right: ["OUT_A"] },
          {
            title: "U1C",
            sch: [-4, -2.5],
            left: ["PLUS_C", "MINUS_C"],
            right: ["OUT_C"],
            sheet: "sense",
          },
          {
            title: "U1B",
            sch: [-4, -5.5],
            left: ["PLUS_B", "MINUS_B"],
            right: ["OUT_B"],
            sheet: "sense",
          },
          { title: "U1E", sch: [-5, -4], left: ["VP", "VN"], right: [] },
        ]}
      />
      <C name="C12" of={v.n100} nets={["GND", "VP"]} at={[-6.2, 2.2]} sch={[-7, -4, 90]} />
      <C name="C13" of={v.n100} nets={["VN", "GND"]} at={[5.6, 2.6]} sch={[-8, -4, 90]} />
    </>
  )
}
