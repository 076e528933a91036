import { expect, test } from "vitest"
import { Probe } from "./probe"

// Addresses and registers from the chips' datasheets, as in test/datasheet.

test("the probe reads and writes each simulated chip over the emulated I2C", () => {
  const probe = new Probe()
  expect(probe.i2c(0x48, [0x0f], 2).read).toEqual([0x01, 0x17])
  expect(probe.i2c(0x20, [0x00, 0xc0]).acknowledged).toBe(true)
  expect(probe.i2c(0x20, [0x00], 1).read).toEqual([0xc0])
  expect(probe.i2c(0x50, [0x12, 0x34, 9, 8, 7]).acknowledged).toBe(true)
  expect(probe.i2c(0x50, [0x12, 0x34], 3).read).toEqual([9, 8, 7])
  expect(probe.i2c(0x41, [0x40, 0x6a]).acknowledged).toBe(true)
  expect(probe.i2c(0x41, [0x20], 1).read).toEqual([0x6a])
  expect(probe.i2c(0x60, [0x02, 0xab]).acknowledged).toBe(true)
  const dac = probe.i2c(0x60, [], 24).read
  expect(dac.slice(1, 3).map((byte, i) => byte & (i === 0 ? 0x0f : 0xff))).toEqual([0x02, 0xab])
})

test("a read of more than the FIFO's 16 bytes is whole, and in order", () => {
  const probe = new Probe()
  const bytes = Array.from({ length: 100 }, (_, i) => (i * 7) & 0xff)
  expect(probe.i2c(0x50, [0, 0, ...bytes]).acknowledged).toBe(true)
  expect(probe.i2c(0x50, [0, 0], 100).read).toEqual(bytes)
})

test.each(["i2c", "i2cByteByByte"] as const)(
  "nobody at an address is told of, and hangs nothing: %s",
  (order) => {
    const probe = new Probe()
    const refused = probe.i2c(0x33, [1, 2, 3], 0, order)
    expect(refused.acknowledged).toBe(false)
    expect(refused.took_us).toBeLessThan(60)
    expect(probe.i2c(0x50, [0, 7, 1], 0, order).acknowledged).toBe(true)
  },
)

test("a byte that a chip refuses ends the transaction", () => {
  const probe = new Probe()
  const board = probe.board
  board.i2c.replace(0x50, (chip) => {
    let left = 2
    return {
      name: chip.name,
      powerOn: () => chip.powerOn(),
      powerOff: () => chip.powerOff(),
      start: (read) => chip.start(read),
      write: (byte) => left-- > 0 && chip.write(byte),
      read: () => chip.read(),
      stop: () => chip.stop(),
    }
  })
  // The third is refused, and known to be before the fourth is sent.
  expect(probe.i2c(0x50, [0, 0, 5, 6, 7, 8], 0, "i2cByteByByte").answer).toBe(-1 - 2)
  expect(probe.i2c(0x50, [0, 0, 5, 6, 7, 8]).answer).toBe(-1)
  expect([...board.framMemory.subarray(0, 4)]).toEqual([0, 0, 0, 0])
})

test("bits take their time on the emulated clock, as on the simulated bus", () => {
  const probe = new Probe()
  // Start, stop and 4 bytes of 9 bits at 400 kHz are 95 µs.
  const three = probe.i2c(0x50, [0, 0, 1]).took_us
  expect(three).toBeGreaterThanOrEqual(95)
  expect(three).toBeLessThan(105)
  const many = probe.i2c(0x50, new Array(103).fill(0)).took_us
  expect(many - three).toBeGreaterThanOrEqual(100 * 22.5 - 1)
  expect(many - three).toBeLessThan(100 * 22.5 + 5)
})

test("the chips live by the emulated clock: a conversion ends when its datasheet says", () => {
  const probe = new Probe()
  // Single-shot, 20 SPS in normal mode: 50.01 ms, by a clock that is 2 % off at most.
  probe.i2c(0x40, [0x44, 0x00])
  probe.i2c(0x40, [0x08])
  const began_ms = probe.board.now_ms
  while ((probe.i2c(0x40, [0x28], 1).read[0] & 0x80) === 0) probe.do("sleep", [200, 0])
  const took_ms = probe.board.now_ms - began_ms
  expect(took_ms).toBeGreaterThan(49)
  expect(took_ms).toBeLessThan(52)
})

test("somebody who holds the clock line delays a transaction until he lets go, and the pin reads low", () => {
  const probe = new Probe()
  probe.board.i2c.holdClockFor_ms(20)
  expect((probe.do("pins", [(1 << 5) | (1 << 4)]).answer >> 4) & 3).toBe(0b01)
  expect(probe.i2c(0x48, [0x0f], 2)).toMatchObject({ acknowledged: true, read: [0x01, 0x17] })
  expect(probe.board.now_ms).toBeGreaterThan(20)
  expect(probe.i2c(0x48, [0x0f], 2).took_us).toBeLessThan(200)
  expect((probe.do("pins", [(1 << 5) | (1 << 4)]).answer >> 4) & 3).toBe(0b11)
})

test("a chip that was left in the middle of a byte is freed by clocks on the pins for that", () => {
  const probe = new Probe()
  probe.board.i2c.lines.leave(0b1000_0100, 2)
  const sda = () => (probe.do("pins", [1 << 3]).answer >> 3) & 1
  probe.do("pins", [1 << 6])
  let clocks = 0
  for (; sda() === 0; clocks++) {
    probe.do("drive", [6, 1])
    probe.do("drive", [6, 0])
  }
  // Three bits of 0 come before the 1.
  expect(clocks).toBe(3)
  for (let i = 0; i < 9; i++) {
    probe.do("drive", [6, 1])
    probe.do("drive", [6, 0])
  }
  expect(sda()).toBe(1)
  expect(probe.i2c(0x48, [0x0f], 2).read).toEqual([0x01, 0x17])
})

test("a line that a chip holds lets no transaction begin", () => {
  const probe = new Probe()
  probe.board.i2c.lines.leave(0, 0)
  expect(() => probe.i2c(0x48, [0x0f], 2)).toThrow("hangs")
})

test("a power cut in the middle of a transaction leaves what had passed", () => {
  const probe = new Probe()
  const { board } = probe
  board.supply.failAfter(board.supply.bytes + 5)
  probe.order("i2c", [0x50, 8, 0, 300], [0, 0, 1, 2, 3, 4, 5, 6])
  board.advanceBy_ms(5)
  expect(board.isOn).toBe(false)
  expect([...board.framMemory.slice(0, 4)]).toEqual([1, 2, 0, 0])
})
