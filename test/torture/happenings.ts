import { Random } from "../../sim/random"
import type { CellTrouble, ChipTrouble, FaultOptions, Part, RelayTrouble } from "./faultOptions"
import { PARTS, HEARTBEAT_NEEDS } from "./faultOptions"

const DAY_ms = 86_400_000
const CHANNELS = [0, 1, 2, 3]
const DACS = [0, 1]
/**
 * The channel of the full cells: only there a relay that does not close is found out, since in its place the dummy
 * is a plausible symmetric cell (FAULTS.md).
 */
const FULL_CELLS = 2
/** Mended only by a start of the board: the chip is set up then. */
const WANTS_RESTART: readonly Part[] = [
  "converter0",
  "converter1",
  "converter2",
  "converter3",
  "expander",
  "coarseDac",
]

export type Happening = { at_ms: number } & (
  | { kind: "cut"; off_ms: number; bytes: number; again: number[] }
  | { kind: "reset" }
  | { kind: "stall"; for_ms: number }
  | { kind: "chip"; part: Part; what: ChipTrouble; for_ms: number }
  | { kind: "cell"; channel: number; what: CellTrouble; ohm: number; for_ms: number }
  | { kind: "relay"; channel: number; what: RelayTrouble; for_ms: number }
  | { kind: "eeprom"; dac: number; byte: number }
  | { kind: "host" }
  | { kind: "absence"; for_ms: number }
  | { kind: "person" }
)
/** All that goes wrong; without them it is an ordinary lab. */
export const isFault = ({ kind }: Happening) => kind !== "host" && kind !== "person"

/** A stall of which the watchdog takes no notice. */
const UNWATCHED_ms = 5_000
/** The supply's bytes in a second, more or less: a cut falls anywhere in them. */
const BYTES_PER_s = 1500

/**
 * What happens in so many days, in order. Each kind draws from a stream of its own, so that one that is switched
 * off leaves the others as they were.
 */
export function draw(options: FaultOptions, seed: number, days: number): Happening[] {
  const all: Happening[] = []
  const times = (name: string, per_d: number, make: (random: Random) => object) => {
    const random = new Random(seed, name)
    if (per_d <= 0) return
    for (let at_d = 0; ; ) {
      at_d += -Math.log(1 - random.uniform()) / per_d
      if (at_d >= days) return
      all.push({ at_ms: Math.round(at_d * DAY_ms), ...make(random) } as Happening)
    }
  }
  const { isSteady } = options
  if (!isSteady) {
    times("cuts", options.cuts_per_d, (random) => cut(random, options))
    times("resets", options.resets_per_d, () => ({ kind: "reset" }))
  }
  const most_ms = (isWatched: boolean) => (isSteady && isWatched ? UNWATCHED_ms : Infinity)
  times("stalls", options.stalls_per_d, (random) => ({
    kind: "stall",
    for_ms: Math.min(span_ms(random, options.stall_s), most_ms(true)),
  }))
  for (const part of Object.keys(PARTS) as Part[])
    for (const [what, per_d] of Object.entries(options.chips_per_d)) {
      const isLasting = part === "FRAM" || (what === "reset" && WANTS_RESTART.includes(part))
      if (isSteady && isLasting) continue
      const atMost_ms = most_ms(HEARTBEAT_NEEDS.includes(part))
      times(`${part} ${what}`, per_d, (random) => ({
        kind: "chip",
        part,
        what,
        for_ms: Math.min(span_ms(random, options.chip_s), atMost_ms),
      }))
    }
  for (const channel of CHANNELS)
    for (const [what, per_d] of Object.entries(options.cells_per_d))
      times(`cell ${channel} ${what}`, per_d, (random) => ({
        kind: "cell",
        channel,
        what,
        ohm: decades(random, options.short_ohm),
        for_ms: span_ms(random, options.cell_s),
      }))
  for (const channel of CHANNELS)
    for (const [what, per_d] of Object.entries(options.relays_per_d))
      if (what !== "open" || channel === FULL_CELLS)
        times(`relay ${channel} ${what}`, per_d, (random) => ({
          kind: "relay",
          channel,
          what,
          for_ms: span_ms(random, options.relay_s),
        }))
  for (const dac of DACS)
    times(`EEPROM ${dac}`, options.eeproms_per_d, (random) => ({
      kind: "eeprom",
      dac,
      byte: Math.floor(random.uniform(0, 256)),
    }))
  times("hosts", options.hosts_per_d, () => ({ kind: "host" }))
  times("absences", options.absences_per_d, (random) => ({
    kind: "absence",
    for_ms: decades(random, options.absent_d) * DAY_ms,
  }))
  times("persons", options.persons_per_d, () => ({ kind: "person" }))
  return all.sort((a, b) => a.at_ms - b.at_ms)
}

function cut(random: Random, { off_s, cutAgain, startBytes }: FaultOptions) {
  const again: number[] = []
  const off_ms = span_ms(random, off_s)
  const bytes = Math.floor(random.uniform(0, BYTES_PER_s))
  while (again.length < 2 && random.uniform() < cutAgain)
    again.push(Math.floor(random.uniform(0, startBytes)))
  return { kind: "cut", off_ms, bytes, again }
}

function span_ms(random: Random, range_s: readonly [number, number]): number {
  return Math.round(1000 * decades(random, range_s))
}

function decades(random: Random, [low, high]: readonly [number, number]): number {
  return low * (high / low) ** random.uniform()
}
