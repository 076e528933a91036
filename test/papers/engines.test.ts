import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import { readCell } from "../../host/cell"
import { PAGE_BYTES } from "../../host/log/page"
import { circuit } from "../../host/manifest"
import type { Paper, Run } from "../../host/papers/paper"
import { papers } from "../../host/papers/papers"
import { compileProtocol } from "../../host/protocol/compile"
import type { Protocol } from "../../host/protocol/schema"
import { type EngineName, startSimulatedBoard } from "../../host/transport/simulated"
import { ScriptedHost } from "../scenario/scriptedHost"

const CHANNELS = 4
/** Time of a board: one cycle of 20 min and the beginning of another, or what others come to. */
const END_s = 2400
/** Rests are cut to that: while a cell rests there is little to agree on. */
const REST_s = 60

/** Four runs from all over a paper's list, of different cells. */
function sample({ runs }: Paper): Run[] {
  const byCell = [...new Map(runs.map((run) => [run.simulatedCell, run])).values()]
  return Array.from(
    { length: CHANNELS },
    (_, i) => byCell[Math.floor((i * byCell.length) / CHANNELS)],
  )
}

function withShortRests(protocol: Protocol): Protocol {
  const method = protocol.method.map((step) =>
    step.step === "open_circuit_voltage" ? { ...step, until_time_s: REST_s } : step,
  )
  return { ...protocol, method, allow_uncalibrated: true }
}

/** What a board has in flash and FRAM after the beginnings of four runs. */
async function memories(runs: readonly Run[], engine: EngineName, seed: number): Promise<string[]> {
  const cells = runs.map(({ simulatedCell }) => simulatedCell)
  const { board, link } = await startSimulatedBoard({ seed, engine, cells })
  const host = new ScriptedHost(board)
  for (const [channel, { cell, protocol }] of runs.entries()) {
    const known = readCell(JSON.stringify(cell), "cell.yaml")
    const { bytes } = compileProtocol(withShortRests(protocol), known, circuit)
    // A long program takes a second.
    host.load(5 + 2 * channel, channel, bytes)
  }
  for (const channel of runs.keys()) host.start(20 + 20 * channel, channel, 1)
  board.runUntil_ms(1000 * END_s)
  await link.close()
  let pages = 0
  while (board.flashMemory[pages * PAGE_BYTES] !== 0xff) pages++
  const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")
  return [`${pages} pages`, hash(board.flashMemory), hash(board.framMemory)]
}

test.each(papers.map((paper, i) => ({ paper, key: paper.key, seed: 70 + i })))(
  "the first cycles of $key leave the same bytes in the VM and compiled for Node, seed $seed",
  async ({ paper, seed }) => {
    const runs = sample(paper)
    const inVm = await memories(runs, "vm", seed)
    expect(await memories(runs, "native", seed)).toEqual(inVm)
    expect(Number.parseInt(inVm[0], 10)).toBeGreaterThan(15)
  },
)
