import { expect, test } from "vitest"
import { circuit } from "../../host/manifest"
import { compileProtocol } from "../../host/protocol/compile"
import { readFirmware } from "../../host/transport/simulated"
import { SimulatedBoard } from "../../sim/board"
import { Resistor } from "../../sim/cells/resistor"
import { address, manifest } from "../../sim/manifest"
import { protocol } from "./harness"
import { ScriptedHost } from "./scriptedHost"

const PERIOD_ms = manifest.control.period_ms

test("two hours without a word from a host: no control period is longer or shorter than another, seed 88", () => {
  const cell = new Resistor(50)
  const board = new SimulatedBoard({
    seed: 88,
    firmware: readFirmware(),
    cells: [cell],
    errors: { crystal: false },
  })
  board.powerOn()
  const host = new ScriptedHost(board)
  const half = (current_mA: number) =>
    ({ step: "constant_current", current_mA, until_time_s: 600 }) as const
  const cycling = protocol([half(5), half(-5), { step: "loop", loop_to: 1, cycle_count: 100 }])
  host.load(5, 0, compileProtocol(cycling, { name: "cell" }, circuit).bytes)
  host.start(7, 0, 1)
  board.runUntil_ms(60_000)
  // Each period asks the expander once whether it still drives its pins.
  const expander = address(manifest.chips.expander.addresses[0])
  const ends_ms: number[] = []
  const transact = board.i2c.transact.bind(board.i2c)
  board.i2c.transact = (at, write, read) => {
    if (at === expander && read.length > 0) ends_ms.push(board.now_ms)
    return transact(at, write, read)
  }
  board.advanceBy_ms(2 * 3600e3)
  expect(ends_ms.length).toBeGreaterThan((2 * 3600e3) / PERIOD_ms - 2)
  const periods_ms = ends_ms.slice(1).map((end_ms, i) => end_ms - ends_ms[i])
  expect(Math.max(...periods_ms.slice(0, 100_000))).toBeLessThan(PERIOD_ms + 10)
  expect(Math.min(...periods_ms.slice(0, 100_000))).toBeGreaterThan(PERIOD_ms - 10)
  const mean_ms = (ends_ms[ends_ms.length - 1] - ends_ms[0]) / periods_ms.length
  expect(mean_ms).toBeCloseTo(PERIOD_ms, 2)
})
