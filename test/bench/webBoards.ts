// Boards for `webLive.ts`, in a process of their own: each with a running test on each of its channels, on a TCP port.
import { compileProtocol } from "../../host/protocol/compile"
import { circuit } from "../../host/manifest"
import { BoardServer, TcpPort } from "../../host/transport/simulated"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { kneadedLithiumAlN_1 } from "../../sim/cells/parameters/Ma2024"
import { protocol, startRig } from "../scenario/harness"

console.debug = () => {}

const [boards, channels] = process.argv.slice(2).map(Number)
const half = (sign: number) =>
  ({ step: "constant_current", current_density_mA_per_cm2: sign, until_time_s: 600 }) as const
const cycling = protocol([half(1), half(-1), { step: "loop", loop_to: 1, cycle_count: 500 }], {
  record: { time_s: 1 },
  resume: "continue",
})
const { bytes } = compileProtocol(cycling, { name: "cell", area_cm2: 1.539 }, circuit)

const ports: number[] = []
for (let seed = 1; seed <= boards; seed++) {
  const cells = Array.from({ length: channels }, () => new LithiumSymmetric(kneadedLithiumAlN_1))
  const { board, link, client } = await startRig({ seed, cells, firmware: "native" })
  for (let channel = 0; channel < channels; channel++) await client.start(channel, 1, bytes)
  await link.close()
  const server = new BoardServer(board, 1)
  ports.push((await TcpPort.listen(server, 0)).port)
  server.run(new AbortController().signal)
}
process.send?.(ports)
