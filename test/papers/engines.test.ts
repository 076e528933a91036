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

/** Of each paper; the others begin alike. */
const RUNS = 4
/** Time of a board: what the first cycles come to in an hour. */
const END_s = 3600
/** Rests are cut to that: while a cell rests there is little to agree on. */
const REST_s = 60

/** Runs from all over a paper's list, of different cells. */
function sample({ runs }: Paper): Run[] {
  const byCell = [...new Map(runs.map((run) => [run.simulatedCell, run])).values()]
  return Array.from({ length: RUNS }, (_, i) => byCell[Math.floor((i * byCell.length) / RUNS)])
}

function withShortRests(protocol: Protocol): Protocol {
  const method = protocol.method.map((step) =>
    step.step === "open_circuit_voltage" ? { ...step, until_time_s: REST_s } : step,
  )
  return { ...protocol, method, allow_uncalibrated: true }
}

/** What a board has in flash and FRAM after the beginning of a run. */
async function memories(run: Run, engine: EngineName, seed: number): Promise<string[]> {
  const { board, link } = await startSimulatedBoard({ seed, engine, cells: [run.simulatedCell] })
  const host = new ScriptedHost(board)
  const cell = readCell(JSON.stringify(run.cell), "cell.yaml")
  const { bytes } = compileProtocol(withShortRests(run.protocol), cell, circuit)
  host.load(5, 0, bytes)
  host.start(10, 0, 1)
  board.runUntil_ms(1000 * END_s)
  await link.close()
  let pages = 0
  while (board.flashMemory[pages * PAGE_BYTES] !== 0xff) pages++
  const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")
  return [`${pages} pages`, hash(board.flashMemory), hash(board.framMemory)]
}

const runs = papers.flatMap((paper, i) =>
  sample(paper).map((run, k) => ({ run, key: run.key, seed: 70 + 10 * i + k })),
)

test.each(runs)(
  "the first cycles of $key leave the same bytes in the VM and compiled for Node, seed $seed",
  async ({ run, seed }) => {
    const inVm = await memories(run, "vm", seed)
    expect(await memories(run, "native", seed)).toEqual(inVm)
    expect(Number.parseInt(inVm[0], 10)).toBeGreaterThan(1)
  },
)
