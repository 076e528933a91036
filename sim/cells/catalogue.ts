import { ding2022 } from "./catalogue/Ding2022"
import { duan2023 } from "./catalogue/Duan2023"
import type { CatalogueEntry } from "./catalogue/entry"
import { ma2024 } from "./catalogue/Ma2024"
import { wang2023 } from "./catalogue/Wang2023"
import { zhang2021 } from "./catalogue/Zhang2021"

/**
 * The simulated cells that can be asked for by name. Full cells come discharged, but for SPAN and
 * sulfur, which hold no lithium when new.
 */
export const cellCatalogue: Record<string, CatalogueEntry> = {
  ...ma2024,
  ...wang2023,
  ...ding2022,
  ...duan2023,
  ...zhang2021,
}
