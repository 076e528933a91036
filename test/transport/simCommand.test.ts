import { afterEach, expect, test } from "vitest"
import { parseCells } from "../../host/commands/sim"
import { obey, openWays } from "../../host/transport/served"
import { BoardServer } from "../../host/transport/simulated"
import { Resistor } from "../../sim/cells/resistor"
import { type Served, serve } from "./served"

let served: Served | undefined
afterEach(async () => {
  await served?.stop()
  served = undefined
})

test("cells are given by channel; the others stay empty", () => {
  expect(parseCells(["0=Ma2024 LFP", "2=Wang2023 Li-Cu 98.5 %, Cu at +", "3=none"])).toEqual([
    "Ma2024 LFP",
    undefined,
    "Wang2023 Li-Cu 98.5 %, Cu at +",
    undefined,
  ])
  for (const wrong of ["Ma2024 LFP", "4=Ma2024 LFP", "0="])
    expect(() => parseCells([wrong])).toThrow("write CHANNEL=NAME, with a channel of 0 to 3")
})

test("what a person types is done to the board, seed 461", async () => {
  served = await serve({ seed: 461, cells: [new Resistor(50)] })
  const { server, board } = served
  const [channel] = board.channels
  channel.attach(board.cells[0], board.clock.now_us)
  expect(obey(server, "remove 0")).toBe(true)
  expect(channel.cell_V).toBeUndefined()
  expect(obey(server, " insert  0 ")).toBe(true)
  expect(channel.cell_V).toBeDefined()
  for (const line of ["cut", "power", "reset", "unplug", "plug"])
    expect(obey(server, line)).toBe(true)
  for (const line of ["fly", "remove 9", "remove"]) expect(obey(server, line)).toBe(false)
})

test("a port that is taken, and nothing to join, are told with what to do, seed 462", async () => {
  served = await serve({ seed: 462 })
  const other = new BoardServer(served.board, 1)
  const tcp = Number(served.tcp.split(":")[2])
  await expect(openWays(other, { tcp }, () => {})).rejects.toThrow(`TCP port ${tcp} is taken`)
  const join = { host: "127.0.0.1", port: 1 }
  await expect(openWays(other, { tcp: 0, join }, () => {})).rejects.toThrow(
    "Nothing listens at 127.0.0.1:1: start 'npx devs devtools' there first.",
  )
  const stopped = new AbortController()
  stopped.abort()
  await other.run(stopped.signal)
})
