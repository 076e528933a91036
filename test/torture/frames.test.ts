import { expect, test } from "vitest"
import { readFirmware } from "../../host/transport/simulated"
import { SimulatedBoard } from "../../sim/board"
import { Resistor } from "../../sim/cells/resistor"
import { compileProtocol } from "../../host/protocol/compile"
import { circuit } from "../../host/manifest"
import { protocol } from "../scenario/harness"
import { ScriptedHost } from "../scenario/scriptedHost"
import { sendNonsense } from "./frames"

test.each([91, 92])(
  "twenty thousand frames that are nearly right: no cell is energised, the board answers, seed %i",
  (seed) => {
    const { answers, resets } = sendNonsense(seed, 20_000, readFirmware())
    // Its service understood many of them.
    expect(answers).toBeGreaterThan(1_000)
    // Among them are orders to reset, and empty packets, at which the runtime panics.
    expect(resets).toBeGreaterThan(0)
  },
)

test("hosts that ask far more than can be answered stop no test: four of 32 steps run on, seed 93", () => {
  const channels = [0, 1, 2, 3]
  const cells = channels.map(() => new Resistor(50))
  const board = new SimulatedBoard({ seed: 93, firmware: readFirmware(), cells })
  const lines: string[] = []
  board.onLog = (line) => lines.push(line)
  board.powerOn()
  const host = new ScriptedHost(board)
  const method = Array.from({ length: 32 }, () => ({
    step: "constant_current" as const,
    current_mA: 5,
    until_time_s: 60,
  }))
  const { bytes } = compileProtocol(protocol(method), { name: "A" }, circuit)
  for (const channel of channels) host.load(6 + 2 * channel, channel, bytes)
  for (const channel of channels) host.start(15 + 5 * channel, channel, 1)
  board.runUntil_ms(60_000)
  const before_C = cells.map(({ charge_C }) => charge_C)
  for (let burst = 0; burst < 500; burst++) {
    for (let i = 0; i < 12; i++) host.send("status", [i % 4])
    host.send("read_log", [0, 0, 224])
    host.send("read_log", [1, 0, 224])
    board.advanceBy_ms(20)
  }
  expect(lines.filter((line) => /panic|Exception/.test(line))).toEqual([])
  cells.forEach(({ charge_C }, i) => {
    expect(charge_C - before_C[i]).toBeCloseTo(0.005 * 10, 2)
  })
})
