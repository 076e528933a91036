import type { Study } from "../study"
import { compliance } from "./compliance"
import { connecting } from "./connecting"
import { heartbeat } from "./heartbeat"
import { inputs } from "./inputs"
import { loop } from "./loop"
import { overVoltage } from "./overVoltage"
import { powerDown } from "./powerDown"
import { powerUp } from "./powerUp"
import { steps } from "./steps"

export const STUDIES: readonly Study[] = [
  loop,
  steps,
  compliance,
  inputs,
  connecting,
  heartbeat,
  overVoltage,
  powerUp,
  powerDown,
]
