import { describe, expect, test } from "vitest"
import { freeBus, type OpenDrain } from "../../firmware/drivers/freeBus"
import { I2cLines } from "../../sim/i2cLines"

/** The firmware's hands on the simulated wires, counting clocks. */
function hands(lines: I2cLines) {
  const clocks = { count: 0 }
  const sda: OpenDrain = {
    low: () => lines.setSda(false),
    release: () => lines.setSda(true),
    isHigh: () => lines.sda,
  }
  const scl: OpenDrain = {
    low: () => {
      clocks.count++
      lines.setScl(false)
    },
    release: () => lines.setScl(true),
    isHigh: () => lines.scl,
  }
  return { sda, scl, clocks }
}

const free = () => new I2cLines(() => false)

describe("a chip that was left in the middle of a byte", () => {
  const left = [0x00, 0x01, 0x55, 0x7f, 0x80, 0xaa, 0xfe, 0xff].flatMap((byte) =>
    [0, 1, 2, 3, 4, 5, 6, 7].map((sent) => [byte, sent] as const),
  )

  test.each(left)("%i, of which %i bits were sent: lets go within nine clocks", (byte, sent) => {
    const lines = free()
    lines.leave(byte, sent)
    const { sda, scl, clocks } = hands(lines)
    expect(freeBus(sda, scl)).toBe(true)
    expect(clocks.count).toBeLessThanOrEqual(9)
    expect([lines.sda, lines.scl, lines.isStuck]).toEqual([true, true, false])
    // Nobody waits for clocks any more: those of the next transaction are its own.
    lines.setScl(false)
    expect(lines.sda).toBe(true)
  })

  test("is left alone by no clock at all, where it sends a one: a START and a STOP end it", () => {
    const lines = free()
    lines.leave(0xff, 3)
    const { sda, scl, clocks } = hands(lines)
    expect(freeBus(sda, scl)).toBe(true)
    expect(clocks.count).toBe(0)
  })
})

test("a bus that is free is left as it is", () => {
  const { sda, scl, clocks } = hands(free())
  expect(freeBus(sda, scl)).toBe(true)
  expect(clocks.count).toBe(0)
})

test("SCL that is held, or SDA for ever, is told", () => {
  const held = hands(new I2cLines(() => true))
  expect(freeBus(held.sda, held.scl)).toBe(false)
  const lines = free()
  const shorted = { ...hands(lines).sda, isHigh: () => false }
  const { scl, clocks } = hands(lines)
  expect(freeBus(shorted, scl)).toBe(false)
  expect(clocks.count).toBe(18)
})
