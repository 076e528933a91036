import { supplies } from "../../components"
import { Chip } from "../elements/chip"
import { TestPoint } from "../elements/marks"
import { Bead, C, Coil, Fuse, R } from "../elements/passives"
import { can8, sot23, sot23_6 } from "../footprints"
import * as v from "../passives"
import { Inverter } from "./inverter"

export function Power() {
  return (
    <>
      <Fuse
        name="F1"
        part={v.usbFuse.parts[0]}
        hold="1.1A"
        nets={["V5_USB", "V5"]}
        at={[20, -34.5]}
        sch={[-9, 5]}
      />
      <C name="C10" of={v.u10} nets={["V5", "GND"]} at={[15, -34, 90]} sch={[-7.5, 4, 270]} />
      <Chip
        name="U11"
        part="TLV61046ADBVR"
        footprint={sot23_6()}
        at={[3, -30]}
        sch={[-3, 4.5]}
        width={1.6}
        label={[0, -2.2]}
        pins={["SW", "GND", "FB", "EN", "VOUT", "VIN"]}
        nets={{ SW: "SW", GND: "GND", FB: "FB", EN: "V5", VOUT: "VP_RAW", VIN: "V5" }}
        left={["VIN", "EN", "SW"]}
        right={["VOUT", "FB", "GND"]}
      />
      <Coil
        name="L1"
        of={v.boostCoil}
        nets={["SW", "V5"]}
        at={[3, -25.2]}
        sch={[-5.5, 6]}
        label={[0, 2.8]}
      />
      <R
        name="R8"
        of={v.boostTop}
        nets={["VP_RAW", "FB"]}
        at={[-1.4, -33.2]}
        sch={[-0.5, 3.8, 270]}
      />
      <R name="R9" of={v.boostBottom} nets={["GND", "FB"]} at={[-1.4, -31]} sch={[-0.5, 2.2, 90]} />
      <C
        name="C11"
        of={v.u10}
        nets={["V5", "GND"]}
        at={[8, -28.6, 270]}
        sch={[-6.5, 4, 270]}
        label={[1.3, 0, 90]}
      />
      <C name="C18" of={v.u10} nets={["VP_RAW", "GND"]} at={[6.4, -33.2]} sch={[1, 4, 270]} />
      <Bead
        name="L2"
        part={v.bead.parts[0]}
        nets={["VP", "VP_RAW"]}
        at={[-1, -36]}
        sch={[2.5, 5, 180]}
      />
      <C
        name="C19"
        of={{ ...supplies.hold_F, parts: supplies.hold_F.parts }}
        footprint={can8()}
        nets={["VP", "PGND"]}
        at={[-42, -26.4]}
        sch={[4, 4, 270]}
        label={[0, 0]}
      />
      <Inverter k={1} y={-24.2} sch={[-3, 0]} />
      <Inverter k={2} y={-31.4} sch={[-3, -3.5]} />
      <Bead
        name="L3"
        part={v.bead.parts[0]}
        nets={["VN_RAW", "VN"]}
        at={[-19.2, -36.6, 180]}
        sch={[3.5, -1]}
        label={[0, -1.4]}
      />
      <C
        name="C20"
        of={{ ...supplies.hold_F, parts: supplies.hold_F.parts }}
        footprint={can8()}
        nets={["PGND", "VN"]}
        at={[-42, -36, 180]}
        sch={[5, -2, 270]}
        label={[0, 0]}
      />
      <R name="R10" of={v.star} nets={["PGND", "GND"]} at={[-34.4, -31.2, 270]} sch={[6, 1, 270]} />
      <Chip
        name="U14"
        part="TL431AIDBZR"
        footprint={sot23()}
        at={[-13, -42.6]}
        sch={[9, 3]}
        width={1.2}
        pins={["K", "REF", "A"]}
        nets={{ K: "AVDD", REF: "AVDD", A: "GND" }}
        left={["K", "REF"]}
        right={["A"]}
        label={[-2.9, 0, 90]}
      />
      <R
        name="R11"
        of={v.feedPositive}
        nets={["V5", "AVDD"]}
        at={[-9, -44]}
        sch={[7, 4]}
        label={[0, 1]}
      />
      <C name="C21" of={v.u10} nets={["AVDD", "GND"]} at={[-17.2, -42.6, 90]} sch={[11, 3, 270]} />
      <Chip
        name="U15"
        part="TL431AIDBZR"
        footprint={sot23()}
        at={[-13, -38]}
        sch={[9, -1]}
        width={1.2}
        pins={["K", "REF", "A"]}
        nets={{ K: "GND", REF: "GND", A: "AVSS" }}
        left={["K", "REF"]}
        right={["A"]}
        label={[-2.9, 0, 90]}
      />
      <R
        name="R12"
        of={v.feedNegative}
        nets={["VN", "AVSS"]}
        at={[-9, -39.6]}
        sch={[7, -2.5]}
        label={[0, 1.3]}
      />
      <C
        name="C22"
        of={v.u10}
        nets={["GND", "AVSS"]}
        at={[-9, -37]}
        sch={[11, -1, 270]}
        label={[3, 0]}
      />
      <TestPoint name="TP2" net="V5" at={[-3, -39.6]} sch={[-8, 6]} />
      <TestPoint name="TP3" net="VP" at={[0.6, -39.6]} sch={[4, 6]} />
      <TestPoint name="TP4" net="VN" at={[4.2, -39.6]} sch={[6, -1]} />
      <TestPoint name="TP5" net="AVDD" at={[-3, -43.6]} sch={[11, 5]} />
      <TestPoint name="TP6" net="AVSS" at={[0.6, -43.6]} sch={[11, -3]} />
      <TestPoint name="TP7" net="GND" at={[4.2, -43.6]} sch={[8, 1]} />
    </>
  )
}
