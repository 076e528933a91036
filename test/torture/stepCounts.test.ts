import { expect, test } from "vitest"
import { decodeTests } from "../../host/log/read"
import { circuit } from "../../host/manifest"
import { compileProtocol } from "../../host/protocol/compile"
import { readFirmware } from "../../host/transport/simulated"
import { SimulatedBoard } from "../../sim/board"
import { Resistor } from "../../sim/cells/resistor"
import { protocol } from "../scenario/harness"
import { ScriptedHost } from "../scenario/scriptedHost"

const SEED = 73
const STEP_s = 20
const steps = [5, -5, 5].map(
  (current_mA) => ({ step: "constant_current", current_mA, until_time_s: STEP_s }) as const,
)

test.each<[name: string, firmware: Uint8Array | "native", startedAgain: boolean]>([
  ["compiled, before its first step", readFirmware(), true],
  ["in Node, before its first step", "native", true],
  ["in Node, in its second step alone", "native", false],
])(
  `a test whose board starts anew, %s: each step has a number of its own, seed ${SEED}`,
  (_, firmware, startedAgain) => {
    const cell = new Resistor(50)
    const board = new SimulatedBoard({ seed: SEED, firmware, cells: [cell] })
    board.powerOn()
    const host = new ScriptedHost(board)
    const input = protocol([...steps], { resume: "continue" })
    host.load(5, 0, compileProtocol(input, { name: "cell" }, circuit).bytes)
    host.start(7, 0, 1)
    // It finds its zeros, and has not begun.
    board.runUntil_ms(8_000)
    if (startedAgain) board.resetMcu()
    board.runUntil_ms(60_000)
    board.resetMcu()
    board.runUntil_ms(150_000)
    const [{ samples, end }] = decodeTests(board.flashMemory.slice(0, 4096 * 64))
    expect(end?.kind).toBe("finished")
    const numbers = [
      ...new Set(samples.map(({ stepIndex, stepCount }) => `${stepIndex} ${stepCount}`)),
    ]
    expect(numbers).toEqual(["0 1", "1 2", "2 3"])
  },
)
