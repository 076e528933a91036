import { expect, test } from "vitest"
import { SimulatedBoard } from "../../sim/board"
import { findScriptHeap } from "../../sim/pico/heap"
import { vmTarget } from "./targets"

/** The same runtime's sources made the VM, so that its memory holds the same heap. */
const { firmware, heap: heapOfVm } = vmTarget()

test("the script's heap is found in the memory of DeviceScript's VM, 64 kB of it, and what is free: seed 1", () => {
  const board = new SimulatedBoard({ seed: 1, firmware })
  board.powerOn()
  expect(heapOfVm(board)).toBeUndefined()
  board.advanceBy_ms(10_000)
  const heap = heapOfVm(board)
  expect(heap?.size).toBeGreaterThan(65_000)
  expect(heap?.size).toBeLessThanOrEqual(65_536)
  expect(heap?.free).toBeGreaterThan(5_000)
  expect(heap?.free).toBeLessThan(40_000)
})

test("what only looks like a heap is none", () => {
  const memory = new Uint8Array(40_000)
  const view = new DataView(memory.buffer)
  view.setUint32(8, 32_000, true)
  view.setUint32(32_000, 0x4f000001, true)
  expect(findScriptHeap(memory)).toBeUndefined()
  view.setUint32(12, 0x01000000 | ((32_000 - 12) / 4 - 100), true)
  expect(findScriptHeap(memory)).toBeUndefined()
  view.setUint32(32_000 - 400, 0x42000064, true)
  expect(findScriptHeap(memory)).toEqual({ size: 32_000 - 12, free: 32_000 - 412 })
})
