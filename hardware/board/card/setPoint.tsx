import { channel } from "../../components"
import { R } from "../elements/passives"

export function SetPoint() {
  return (
    <>
      <R
        name="R1"
        of={channel.coarse_ohm}
        nets={["SUM_P", "COARSE"]}
        at={[9.6, 4.1]}
        sch={[-9, 2.5, 180]}
      />
      <R
        name="R2"
        of={channel.fine_ohm}
        nets={["SUM_P", "FINE"]}
        at={[9.8, 1.6]}
        sch={[-9, 1.5, 180]}
      />
      <R
        name="R3"
        of={channel.summerGround_ohm}
        nets={["SUM_P", "SHUNT_LO"]}
        at={[5.6, 4.9]}
        sch={[-8, 0.5, 270]}
      />
      <R
        name="R4"
        of={channel.summerReference_ohm}
        nets={["SUM_N", "VREF"]}
        at={[9.6, 6.4]}
        sch={[-9, 4, 180]}
      />
      <R
        name="R5"
        of={channel.summerFeedback_ohm}
        nets={["SET", "SUM_N"]}
        at={[5.6, 7.2]}
        sch={[-6, 4.5, 180]}
      />
    </>
  )
}
