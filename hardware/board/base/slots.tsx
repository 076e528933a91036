import { Row } from "../elements/chip"
import { pinRow } from "../footprints"
import { SLOT_PINS, slotNets } from "../slot"

/** ADS122C04, table of addresses: A1 and A0 to ground or to the supply. */
const ADDRESS = [
  { A1: "GND", A0: "GND" },
  { A1: "GND", A0: "V3V3" },
  { A1: "V3V3", A0: "GND" },
  { A1: "V3V3", A0: "V3V3" },
]

export function Slots() {
  return (
    <>
      {[0, 1, 2, 3].map((i) => (
        <Row
          key={i}
          name={`J${i + 1}`}
          part="PPTC201LFBN-RC"
          names={SLOT_PINS}
          facing="left"
          nets={slotNets({
            ...ADDRESS[i],
            COARSE: `COARSE${i}`,
            FINE: `FINE${i}`,
            RELAY: `RELAY${i}`,
          })}
          at={[-20.5, 36 - 18 * i]}
          sch={[-8 + i * 5, 0]}
          footprint={pinRow(20)}
          label={[26.6, 0]}
        />
      ))}
    </>
  )
}
