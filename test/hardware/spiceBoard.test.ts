import { beforeAll } from "vitest"
import { Ngspice } from "../../hardware/spice/ngspice"
import { connecting } from "../../hardware/spice/studies/connecting"
import { heartbeat } from "../../hardware/spice/studies/heartbeat"
import { inputs } from "../../hardware/spice/studies/inputs"
import { overVoltage } from "../../hardware/spice/studies/overVoltage"
import { powerDown } from "../../hardware/spice/studies/powerDown"
import { powerUp } from "../../hardware/spice/studies/powerUp"
import { checkStudy } from "./spice/recorded"

let spice: Ngspice
beforeAll(async () => {
  spice = await Ngspice.start()
})

for (const study of [inputs, connecting, heartbeat, overVoltage, powerUp, powerDown])
  checkStudy(study, () => spice)
