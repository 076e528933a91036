import type { ChipFault } from "../../sim/faults/faultyChip"
import { manifest } from "../../sim/manifest"

const { chips } = manifest

/** The chips on the I2C bus that may go wrong, and where they are. */
export const PARTS = {
  converter0: chips.adc.addresses[0],
  converter1: chips.adc.addresses[1],
  converter2: chips.adc.addresses[2],
  converter3: chips.adc.addresses[3],
  expander: chips.expander.addresses[0],
  thermometer: chips.thermometer.addresses[0],
  FRAM: chips.fram.addresses[0],
  coarseDac: chips.dacCoarse.addresses[0],
  fineDac: chips.dacFine.addresses[0],
}
export type Part = keyof typeof PARTS
/** It goes through the one, and stops while set-points cannot be sent. */
export const HEARTBEAT_NEEDS: readonly Part[] = ["expander", "coarseDac", "fineDac"]
export type ChipTrouble = ChipFault | "reset"
export type CellTrouble = "opened" | "shorted" | "replaced"
/** Its contacts are welded; they stay open, whatever its coil is told. */
export type RelayTrouble = "welded" | "open"

type Range = readonly [low: number, high: number]

/**
 * All that is left to chance in a torture, in one place. What happens follows from it and a seed. Rates are a
 * virtual day's means; what has a range is drawn so that each decade of it is as likely.
 */
export interface FaultOptions {
  /** The supply fails between two bytes of the buses. */
  cuts_per_d: number
  off_s: Range
  /** The share of cuts after which it fails once more while the board recovers; and of those, once more. */
  cutAgain: number
  /** Bytes that the buses move in a start: the next cut falls among them. */
  startBytes: number
  /** The microcontroller alone is reset. */
  resets_per_d: number
  /** Somebody holds the I2C clock. */
  stalls_per_d: number
  stall_s: Range
  /** Of each chip, by what goes wrong. */
  chips_per_d: Record<ChipTrouble, number>
  chip_s: Range
  /** Of each channel's cell. */
  cells_per_d: Record<CellTrouble, number>
  cell_s: Range
  short_ohm: Range
  /** Of each channel's relay. */
  relays_per_d: Record<RelayTrouble, number>
  relay_s: Range
  /** Of each DAC: its EEPROM forgets what it wakes with, and holds anything from then on. */
  eeproms_per_d: number
  /** A host that downloads; and for how long nobody does. */
  hosts_per_d: number
  absences_per_d: number
  absent_d: Range
  /** A person who looks at the tests: goes on with them, ends them, puts in other cells, starts others. */
  persons_per_d: number
  /** Neither power nor microcontroller fails, nor any chip in a way that only a restart mends or the watchdog ends. */
  isSteady: boolean
}

/** Of the soak: something happens every few hours, and tests go on for most of the time. */
export const SOAK: FaultOptions = {
  cuts_per_d: 1,
  off_s: [1, 20_000],
  cutAgain: 0.3,
  startBytes: 12_000,
  resets_per_d: 1,
  stalls_per_d: 0.5,
  stall_s: [0.05, 60],
  chips_per_d: {
    nack: 0.03,
    flaky: 0.03,
    wrongBytes: 0.03,
    stale: 0.03,
    mute: 0.03,
    zeros: 0.03,
    reset: 0.02,
  },
  chip_s: [0.02, 60],
  cells_per_d: { opened: 0.05, shorted: 0.03, replaced: 0.02 },
  cell_s: [0.1, 1000],
  short_ohm: [1, 5],
  relays_per_d: { welded: 0.02, open: 0.02 },
  relay_s: [0.1, 3000],
  eeproms_per_d: 0.02,
  hosts_per_d: 8,
  absences_per_d: 0.05,
  absent_d: [0.2, 3],
  persons_per_d: 24,
  isSteady: false,
}
