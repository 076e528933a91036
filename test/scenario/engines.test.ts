import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import { PAGE_BYTES } from "../../host/log/page"
import { circuit } from "../../host/manifest"
import { compileProtocol } from "../../host/protocol/compile"
import { readFirmware } from "../../host/transport/simulated"
import { SimulatedBoard } from "../../sim/board"
import { LithiumCopper } from "../../sim/cells/lithiumCopper"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { bareLithium_1, kneadedLithiumAlN_20 } from "../../sim/cells/parameters/Ma2024"
import { lfp } from "../../sim/cells/parameters/Ma2024FullCell"
import { copper_985 } from "../../sim/cells/parameters/Wang2023"
import { Thevenin } from "../../sim/cells/thevenin"
import { protocol, startRig } from "./harness"
import { ScriptedHost } from "./scriptedHost"

const cycling = (current_mA: number, until_V: number) =>
  protocol([
    { step: "constant_current", current_mA, until_time_s: 600, until_voltage_V: until_V },
    { step: "constant_current", current_mA: -current_mA, until_time_s: 600 },
    { step: "open_circuit_voltage", until_time_s: 30 },
    { step: "loop", loop_to: 1, cycle_count: 100 },
  ])

const holding = protocol([
  {
    step: "constant_current_constant_voltage",
    current_mA: 1,
    voltage_V: 3.45,
    until_current_mA: 0.3,
  },
  { step: "voltage_scan", start_voltage_V: 3.4, end_voltage_V: 3.3, scan_rate_mV_per_s: 0.5 },
  { step: "loop", loop_to: 1, cycle_count: 100 },
])

/** What a board has in its flash and FRAM after an hour with a reset and a power cut in between. */
function memories(firmware: Uint8Array | "native", seed: number): string[] {
  const cells = [
    new LithiumSymmetric(bareLithium_1),
    new LithiumSymmetric(kneadedLithiumAlN_20),
    new LithiumCopper(copper_985, "copper"),
    new Thevenin(lfp, 0.5),
  ]
  const board = new SimulatedBoard({ seed, firmware, cells })
  board.powerOn()
  const host = new ScriptedHost(board)
  const runs = [cycling(1, 4), cycling(30, 4), cycling(-2, 1), holding]
  for (const [channel, run] of runs.entries()) {
    const { bytes } = compileProtocol({ ...run, resume: "continue" }, { name: "cell" }, circuit)
    host.load(10 + channel, channel, bytes)
  }
  for (const channel of runs.keys()) host.start(20 + 20 * channel, channel, 1)
  board.runUntil_ms(1_500_000)
  board.resetMcu()
  board.runUntil_ms(2_000_000)
  board.powerOff()
  board.powerOn()
  board.runUntil_ms(3_600_000)
  const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")
  // The first page that was never written.
  let pages = 0
  while (board.flashMemory[pages * PAGE_BYTES] !== 0xff) pages++
  return [`${pages} pages`, hash(board.flashMemory), hash(board.framMemory)]
}

test.each([61, 62])(
  "compiled for Node, the firmware leaves the same bytes as in the VM, seed %i",
  (seed) => {
    const inVm = memories(readFirmware(), seed)
    expect(memories("native", seed)).toEqual(inVm)
    expect(Number.parseInt(inVm[0], 10)).toBeGreaterThan(60)
  },
)

test.each(["native", undefined] as const)(
  "a host goes on hearing a board that only announces itself, engine %s, seed 63",
  async (firmware) => {
    const { link, client, close } = await startRig({ seed: 63, cells: [], firmware })
    await link.settle(link.bus.delay(30_000))
    const device = link.bus.device(client.id, true)
    expect(link.bus.timestamp - (device?.lastSeen ?? 0)).toBeLessThan(600)
    await close()
  },
)
