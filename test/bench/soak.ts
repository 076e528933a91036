// A week of virtual time with a board that is unplugged and plugged in at random: is the log whole, is memory flat?
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { fetcher } from "../../host/follow/fetch"
import { Store } from "../../host/store/store"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { kneadedLithiumAlN_1 } from "../../sim/cells/parameters/Ma2024"
import { followRig } from "../scenario/following"
import { protocol, start, startRig } from "../scenario/harness"
import { letHappen, replugging } from "../scenario/troubles"

const SEED = 72
const DAYS = 7
const HOUR_ms = 3.6e6
const HALF_h = 1

setFlagsFromString("--expose-gc")
const collectGarbage = runInNewContext("gc") as () => void

/** What the host holds, MB: the simulated board's own memory is in it, and does not change. */
function held_MB(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}

const folder = mkdtempSync(join(tmpdir(), "soak-"))
const started_ms = performance.now()
const rig = await startRig({ seed: SEED, cells: [new LithiumSymmetric(kneadedLithiumAlN_1)] })
const half = (sign: number) =>
  ({
    step: "constant_current",
    current_density_mA_per_cm2: sign,
    until_time_s: HALF_h * 3600,
  }) as const
const cycles = (DAYS * 24) / (2 * HALF_h)
const cycling = protocol([half(1), half(-1), { step: "loop", loop_to: 1, cycle_count: cycles }], {
  resume: "continue",
})
await start(rig, 0, 1, cycling, { area_cm2: 1.539 })
letHappen(rig.board, rig.link.now_ms, [
  ...replugging(SEED, DAYS * 24 * HOUR_ms, { here_h: 3, away_h: 1 }),
  { at_ms: 30.1 * HOUR_ms, kind: "reset" },
  { at_ms: 77.7 * HOUR_ms, kind: "powerOff" },
  { at_ms: 79.2 * HOUR_ms, kind: "powerOn" },
])
const store = Store.open(folder)
const held: [day: number, held_MB: number][] = []
const began_ms = rig.link.now_ms
const days = () => (rig.link.now_ms - began_ms) / HOUR_ms / 24
let reconnections = 0
const fetch = fetcher(store, new AbortController().signal)
await followRig(rig, {
  fetch: async (session) => {
    await fetch(session)
    if (days() >= held.length) held.push([days(), held_MB()])
  },
  every_ms: 1_800_000,
  most_ms: (DAYS + 2) * 24 * HOUR_ms,
  onChange: ({ kind }) => {
    if (kind === "board_back") reconnections++
  },
})
const { next } = await rig.client.logRange()
const stored = Buffer.concat([...store.board(rig.client.id).pages()])
const isWhole = stored.equals(rig.board.flashMemory.subarray(0, next * 256))
const reader = store.tests()[0].reader()
let records = 0
for (const batch of reader) records += batch.length
const { lostPages, gaps, end } = reader.about
console.log(`a week of one channel, unplugged at random (seed ${SEED})`)
console.log(
  `virtual time       ${days().toFixed(2)} days, in ${((performance.now() - started_ms) / 1000).toFixed(0)} s`,
)
console.log(`reconnections      ${reconnections}`)
console.log(
  `pages              ${next}, stored ${isWhole ? "to the byte" : "OTHERWISE THAN IN THE FLASH"}`,
)
console.log(`records            ${records}; lost pages ${lostPages}; test ${end?.kind}`)
console.log(
  `gaps               ${gaps.map(({ kind }) => kind).join(", ")} (a reset and a power cut were made)`,
)
console.log(`memory by day, MB  ${held.map(([, MB]) => MB.toFixed(1)).join("  ")}`)
await rig.close()
rmSync(folder, { recursive: true })
