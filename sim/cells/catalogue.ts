import type { Cell } from "./cell"
import { LithiumSymmetric } from "./lithiumSymmetric"
import * as Ma2024 from "./parameters/Ma2024"

/** The simulated cells that can be asked for by name. */
export const cellCatalogue: Record<string, () => Cell> = {
  "Ma2024 bare Li, 1 mA/cm2": () => new LithiumSymmetric(Ma2024.bareLithium_1),
  "Ma2024 K-Li@AlN, 1 mA/cm2": () => new LithiumSymmetric(Ma2024.kneadedLithiumAlN_1),
  "Ma2024 bare Li, 20 mA/cm2": () => new LithiumSymmetric(Ma2024.bareLithium_20),
  "Ma2024 K-Li@AlN, 20 mA/cm2": () => new LithiumSymmetric(Ma2024.kneadedLithiumAlN_20),
}
