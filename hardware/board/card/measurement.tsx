import { channel, channelParts } from "../../components"
import { Chip } from "../elements/chip"
import { C, R } from "../elements/passives"
import { tssop } from "../footprints"
import * as v from "../passives"

export function Measurement() {
  return (
    <>
      <R
        name="R18"
        of={channel.dividerTop_ohm}
        nets={["DIV_P", "SENSE"]}
        at={[5.6, -2]}
        sch={[-8, -2, 180]}
      />
      <R
        name="R19"
        of={channel.dividerBottom_ohm}
        nets={["DIV_P", "GND"]}
        at={[5.6, 0.3]}
        sch={[-7, -3, 270]}
      />
      <C
        name="C5"
        of={channel.dividerFilter_F}
        nets={["DIV_P", "GND"]}
        at={[5.6, -4.3]}
        sch={[-6, -3, 270]}
      />
      <R
        name="R20"
        of={channel.dividerTop_ohm}
        nets={["SENSE_N", "DIV_M"]}
        at={[-6.2, -2.4]}
        sch={[-8, -5]}
      />
      <R
        name="R21"
        of={channel.dividerBottom_ohm}
        nets={["GND", "DIV_M"]}
        at={[-6.2, -0.1]}
        sch={[-7, -6, 90]}
      />
      <C
        name="C6"
        of={channel.dividerFilter_F}
        nets={["GND", "DIV_M"]}
        at={[-6.2, -4.7]}
        sch={[-6, -6, 90]}
      />
      <R
        name="R22"
        of={channel.adcInput_ohm}
        nets={["KP", "AIN0"]}
        at={[-3.4, -11]}
        sch={[-1, -2.5]}
      />
      <R
        name="R23"
        of={channel.adcInput_ohm}
        nets={["KM", "AIN1"]}
        at={[-3.4, -13.3]}
        sch={[-1, -3.5]}
      />
      <C
        name="C7"
        of={channel.adcFilter_F}
        nets={["AIN1", "AIN0"]}
        at={[0.1, -12.2, 90]}
        sch={[0.5, -3, 90]}
        label={[0, -2.1]}
      />
      <R
        name="R24"
        of={channel.adcInput_ohm}
        nets={["CELL_N_SENSE", "AIN2"]}
        at={[-3.4, -6.4]}
        sch={[-1, -4.8]}
      />
      <R
        name="R25"
        of={channel.adcInput_ohm}
        nets={["SHUNT_LO", "AIN3"]}
        at={[-3.4, -8.7]}
        sch={[-1, -5.8]}
      />
      <C
        name="C8"
        of={channel.adcFilter_F}
        nets={["AIN3", "AIN2"]}
        at={[0.1, -7.5, 90]}
        sch={[0.5, -5.3, 90]}
        label={[0, -2.1]}
      />
      <Chip
        name="U2"
        part={channelParts.adc.parts[0]}
        footprint={tssop(16)}
        at={[5, -10.4, -90]}
        sch={[4, -4]}
        width={2}
        label={[0, 0]}
        pins={[
          "A0",
          "A1",
          "RESET_N",
          "DGND",
          "AVSS",
          "AIN3",
          "AIN2",
          "REFN",
          "REFP",
          "AIN1",
          "AIN0",
          "AVDD",
          "DVDD",
          "DRDY_N",
          "SDA",
          "SCL",
        ]}
        nets={{
          A0: "A0",
          A1: "A1",
          RESET_N: "V3V3",
          DGND: "GND",
          AVSS: "AVSS",
          AIN3: "AIN3",
          AIN2: "AIN2",
          AIN1: "AIN1",
          AIN0: "AIN0",
          AVDD: "AVDD",
          DVDD: "V3V3",
          SDA: "SDA",
          SCL: "SCL",
        }}
        left={["AIN0", "AIN1", "AIN2", "AIN3", "REFP", "REFN", "AVSS", "DGND"]}
        right={["AVDD", "DVDD", "RESET_N", "DRDY_N", "SDA", "SCL", "A0", "A1"]}
      />
      <C name="C9" of={v.n100} nets={["AVDD", "GND"]} at={[2.4, -16.6]} sch={[7, -3, 270]} />
      <C name="C10" of={v.n100} nets={["V3V3", "GND"]} at={[6.2, -16.6]} sch={[8.2, -3, 270]} />
      <C
        name="C11"
        of={v.n100}
        nets={["AVSS", "GND"]}
        at={[5.2, -5.85]}
        sch={[7, -5.5, 90]}
        label={[2.4, 0]}
      />
    </>
  )
}
