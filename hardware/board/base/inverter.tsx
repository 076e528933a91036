import { Chip } from "../elements/chip"
import { C } from "../elements/passives"
import { D } from "../elements/semiconductors"
import { sot23_6 } from "../footprints"
import * as v from "../passives"

/** From V5 to a negative rail; two share the load. */
export function Inverter({ k, y, sch }: { k: number; y: number; sch: readonly [number, number] }) {
  const raw = `VN_${k}`
  return (
    <>
      <Chip
        name={`U${11 + k}`}
        part="LM2776DBVR"
        footprint={sot23_6()}
        at={[-12.6, y]}
        sch={sch}
        width={1.6}
        label={[0, 2.1]}
        pins={["VOUT", "GND", "VIN", "EN", "CF_P", "CF_N"]}
        nets={{ VOUT: raw, GND: "GND", VIN: "V5", EN: "V5", CF_P: `CF${k}_P`, CF_N: `CF${k}_N` }}
        left={["VIN", "EN", "GND"]}
        right={["CF_P", "CF_N", "VOUT"]}
      />
      <C
        name={`C${9 + 3 * k}`}
        of={v.u1}
        nets={[`CF${k}_N`, `CF${k}_P`]}
        at={[-8.8, y, 90]}
        sch={[sch[0] + 2, sch[1] + 0.2, 90]}
        label={[1.2, 0, 90]}
      />
      <C
        name={`C${10 + 3 * k}`}
        of={v.u10}
        nets={["V5", "GND"]}
        at={[-9.6, y - 3.1]}
        sch={[sch[0] - 2, sch[1] - 1, 270]}
        label={[3, 0]}
      />
      <C
        name={`C${11 + 3 * k}`}
        of={v.u10}
        nets={[raw, "GND"]}
        at={[-16.9, y, 270]}
        sch={[sch[0] + 3, sch[1] - 1.2, 270]}
      />
      <D
        name={`D${k}`}
        part="B5819W-7-F"
        anode="VN_RAW"
        cathode={raw}
        at={[-15.6, y - 3.1]}
        sch={[sch[0] + 4, sch[1] - 0.2]}
        label={[-3.6, 0]}
      />
    </>
  )
}
