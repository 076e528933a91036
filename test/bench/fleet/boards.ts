// Boards for `fleet.ts`, in a process of their own: each with a running test on each of its channels, on a TCP port.
import { setTimeout } from "node:timers/promises"
import { compileProtocol } from "../../../host/protocol/compile"
import { circuit } from "../../../host/manifest"
import { BoardServer, readFirmware, TcpPort } from "../../../host/transport/simulated"
import type { SimulatedBoard } from "../../../sim/board"
import { LithiumSymmetric } from "../../../sim/cells/lithiumSymmetric"
import { kneadedLithiumAlN_1 } from "../../../sim/cells/parameters/Ma2024"
import { protocol, startRig } from "../../scenario/harness"

/** Where a board is, and what its time 0 was by the wall's clock, UTC. */
export interface RunningBoard {
  id: string
  port: number
  began_unix_ms: number
}

/** How far the boards were behind the wall's clock, and how often that was looked at. */
export interface Lag {
  most_ms: number
  p99_ms: number
}

const HALF_s = 30
/**
 * All boards run this far in one go: answers wait that long, as for a script that sends a packet every 20 ms. In
 * smaller steps 250 boards take a whole core.
 */
const TICK_ms = 20

console.debug = () => {}

const [boards, channels, seconds, engine] = process.argv.slice(2)
const halves = Math.round(Number(seconds) / HALF_s)
const half = (sign: number) =>
  ({ step: "constant_current", current_density_mA_per_cm2: sign, until_time_s: HALF_s }) as const
const method = Array.from({ length: halves }, (_, i) => half(i % 2 === 0 ? 1 : -1))
const atOneHz = protocol(method, { record: { time_s: 1, burst_s: 0 }, resume: "continue" })
const { bytes } = compileProtocol(atOneHz, { name: "cell", area_cm2: 1.539 }, circuit)

const firmware = engine === "native" ? "native" : readFirmware()
const made: { board: SimulatedBoard; id: string; port: number }[] = []
for (let seed = 1; seed <= Number(boards); seed++) {
  const cells = Array.from(
    { length: Number(channels) },
    () => new LithiumSymmetric(kneadedLithiumAlN_1),
  )
  const { board, link, client } = await startRig({ seed, cells, firmware })
  for (let channel = 0; channel < Number(channels); channel++) await client.start(channel, 1, bytes)
  await link.close()
  // The server's own clock would wake each board by itself.
  const { port } = await TcpPort.listen(new BoardServer(board, 1), 0)
  made.push({ board, id: client.id, port })
}

const began_ms = performance.now()
const running = made.map(({ board, id, port }) => ({
  board,
  id,
  port,
  aside_ms: board.now_ms - began_ms,
}))
process.send?.(
  running.map(
    ({ id, port, aside_ms }): RunningBoard => ({
      id,
      port,
      began_unix_ms: performance.timeOrigin - aside_ms,
    }),
  ),
)
const lags: number[] = []
process.on("message", () => {
  lags.sort((a, b) => a - b)
  const lag: Lag = { most_ms: lags.at(-1) ?? 0, p99_ms: lags[Math.floor(0.99 * lags.length)] }
  process.send?.(lag)
})
for (;;) {
  const now_ms = performance.now()
  for (const { board, aside_ms } of running) board.runUntil_ms(now_ms + aside_ms)
  const took_ms = performance.now() - now_ms
  lags.push(took_ms)
  await setTimeout(Math.max(0, TICK_ms - took_ms))
}
