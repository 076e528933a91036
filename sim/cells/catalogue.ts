import type { Cell } from "./cell"
import { LithiumCopper } from "./lithiumCopper"
import { LithiumSymmetric } from "./lithiumSymmetric"
import * as Ding2022 from "./parameters/Ding2022"
import * as Ma2024 from "./parameters/Ma2024"
import * as Ma2024FullCell from "./parameters/Ma2024FullCell"
import * as Wang2023 from "./parameters/Wang2023"
import { Thevenin } from "./thevenin"

/** The simulated cells that can be asked for by name; full cells come discharged. */
export const cellCatalogue: Record<string, () => Cell> = {
  "Ma2024 bare Li, 1 mA/cm2": () => new LithiumSymmetric(Ma2024.bareLithium_1),
  "Ma2024 K-Li@AlN, 1 mA/cm2": () => new LithiumSymmetric(Ma2024.kneadedLithiumAlN_1),
  "Ma2024 bare Li, 20 mA/cm2": () => new LithiumSymmetric(Ma2024.bareLithium_20),
  "Ma2024 K-Li@AlN, 20 mA/cm2": () => new LithiumSymmetric(Ma2024.kneadedLithiumAlN_20),
  "Wang2023 Li-Cu 98.5 %, Cu at +": () => new LithiumCopper(Wang2023.copper_985, "copper"),
  "Wang2023 Li-Cu 98.5 %, Li at +": () => new LithiumCopper(Wang2023.copper_985, "lithium"),
  "Wang2023 Li-Cu 96.2 %, Cu at +": () => new LithiumCopper(Wang2023.copper_962, "copper"),
  "Ma2024 LFP": () => new Thevenin(Ma2024FullCell.lfp, 0),
  "Ma2024 LFP, 35 um Li": () => new Thevenin(Ma2024FullCell.lfpThinLithium, 0),
  "Ding2022 NCM811": () => new Thevenin(Ding2022.ncm811, 0),
  "Ding2022 NCM811, plain Li": () => new Thevenin(Ding2022.ncm811PlainLithium, 0),
}
