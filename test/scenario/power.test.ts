import { expect, test } from "vitest"
import { pagesOf } from "../../host/log/pages"
import { readFirmware } from "../../host/transport/simulated"
import { SimulatedBoard } from "../../sim/board"
import { Resistor } from "../../sim/cells/resistor"
import { protocol, start, startRig } from "./harness"

const burst = protocol([{ step: "constant_current", current_mA: 5, until_time_s: 1e6 }], {
  record: { time_s: 1, voltage_V: 0.001, burst_s: 1e5 },
})

test("the log survives a power cut, the cell is let go, the board starts again, seed 31", async () => {
  const cell = new Resistor(50)
  const rig = await startRig({ seed: 31, cells: [cell] })
  await start(rig, 0, 1, burst)
  await rig.link.sleep_ms(60_000)
  const before = await rig.client.logRange()
  const log = await rig.client.readLog(before.first, before.next)
  expect(before.next).toBeGreaterThan(5)

  rig.board.powerOff()
  const charge_C = cell.charge_C
  rig.board.advanceBy_ms(3_600_000)
  expect(cell.charge_C).toBe(charge_C)

  rig.board.powerOn()
  await rig.link.sleep_ms(5_000)
  expect((await rig.client.register("boot_count"))[0]).toBe(2)
  expect((await rig.client.status(0)).state).toBe("Paused")
  expect(cell.charge_C).toBe(charge_C)
  const after = await rig.client.logRange()
  expect(after.next).toBeGreaterThanOrEqual(before.next)
  const again = await rig.client.readLog(before.first, before.next)
  expect(Buffer.from(again).equals(Buffer.from(log))).toBe(true)

  // It goes on writing behind what it had.
  await rig.client.stop(0)
  await start(rig, 0, 2, burst)
  await rig.link.sleep_ms(30_000)
  await rig.client.stop(0)
  await rig.link.sleep_ms(2_000)
  const last = await rig.client.logRange()
  const { pages } = pagesOf(await rig.client.readLog(last.first, last.next))
  expect(pages.filter((page) => page.test === 1).length).toBeGreaterThanOrEqual(before.next)
  expect(pages.filter((page) => page.test === 2 && page.boot === 2).length).toBeGreaterThan(3)
  await rig.close()
})

test("an MCU reset alone: relays drop without its heartbeat within 0.8 s, seed 32", async () => {
  const rig = await startRig({ seed: 32, cells: [new Resistor(50)] })
  await start(rig, 0, 1, burst)
  await rig.link.sleep_ms(20_000)
  expect(rig.board.channels[0].current_A).toBeGreaterThan(0.0049)
  rig.board.resetMcu()
  rig.board.advanceBy_ms(800)
  expect(rig.board.channels[0].current_A).toBe(0)
  await rig.link.sleep_ms(5_000)
  expect((await rig.client.status(0)).state).toBe("Paused")
  expect(rig.board.channels[0].current_A).toBe(0)
  await rig.close()
})

test("several boards in one process keep to themselves, seeds 33 and 34", () => {
  const firmware = readFirmware()
  const boards = [33, 34].map((seed) => new SimulatedBoard({ seed, firmware }))
  const frames = boards.map((board) => {
    let count = 0
    board.onFrame = () => count++
    board.powerOn()
    return () => count
  })
  boards[0].runUntil_ms(10_000)
  expect(frames[1]()).toBe(0)
  boards[1].runUntil_ms(2_000)
  expect(frames[0]()).toBeGreaterThan(frames[1]())
  expect(frames[1]()).toBeGreaterThan(0)
})
