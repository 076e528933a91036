import { expect, test } from "vitest"
import { Probe } from "./probe"

test("channel 3 of the ADC reads a Pico's supply, not a Pico W's", () => {
  expect(new Probe().do("adc", [3]).answer).toBe(2070)
})

test("a program that sleeps until its alarm wakes at its time, every time", () => {
  const probe = new Probe()
  for (const duration_us of [1000, 37, 100, 3, 20_011]) {
    const { took_us } = probe.do("sleep", [duration_us, 0])
    expect(took_us).toBeGreaterThanOrEqual(duration_us)
    expect(took_us).toBeLessThan(duration_us + 3)
  }
})

test("with interrupts masked, an alarm ends the sleep and is served afterwards", () => {
  const done = new Probe().do("sleep", [500, 1])
  expect(done.answer).toBe(0)
  expect(done.took_us).toBeGreaterThanOrEqual(500)
  expect(done.took_us).toBeLessThan(503)
})

test("the share of time awake is what the program did not sleep", () => {
  const probe = new Probe()
  const during = (order: "sleep" | "spin") => {
    const { awake_ns, now_ns } = probe.chip
    probe.do(order, [50_000, 0])
    return (probe.chip.awake_ns - awake_ns) / (probe.chip.now_ns - now_ns)
  }
  expect(during("spin")).toBeGreaterThan(0.98)
  expect(during("sleep")).toBeLessThan(0.02)
})

test("work is what lies between bus accesses that are close", () => {
  const probe = new Probe()
  const worked_us = (pause_us: number) => {
    const before = probe.pico.worked_us
    probe.i2c(0x50, [0, 0, 1])
    probe.do("spin", [pause_us])
    probe.i2c(0x50, [0, 0, 1])
    return probe.pico.worked_us - before
  }
  expect(worked_us(5_000)).toBeGreaterThan(5_000)
  probe.do("sleep", [20_000, 0])
  expect(worked_us(20_000)).toBeLessThan(400)
})

test("the board's clock is the chip's", () => {
  const probe = new Probe()
  const began_ms = probe.board.now_ms
  probe.do("spin", [30_000])
  expect(probe.board.now_ms - began_ms).toBeGreaterThanOrEqual(30)
  expect(probe.board.now_ms - began_ms).toBeLessThan(30.5)
})

test.each([1, 2])("random bits are the board's, the same each time: seed %i", (seed) => {
  const draw = () => {
    const probe = new Probe({ seed })
    return [probe.do("random").answer, probe.do("random").answer]
  }
  const first = draw()
  expect(first[0]).not.toBe(first[1])
  expect(draw()).toEqual(first)
})

test("a pin reads what the program makes of it", () => {
  const probe = new Probe()
  const level = (pin: number) => (probe.do("pins", [1 << pin]).answer >> pin) & 1
  expect(level(9)).toBe(1)
  expect(probe.do("drive", [9, 1]).answer).toBe(0)
  expect(probe.do("drive", [9, 0]).answer).toBe(1)
  expect(probe.do("drive", [9, 1]).answer).toBe(0)
  expect(probe.do("drive", [9, 2]).answer).toBe(1)
})

test("what a UART sends takes its time: a DMA waits for all but the FIFO's 32 bytes", () => {
  const probe = new Probe()
  // 100 bytes of 10 bits, 16 × 81 cycles each at 125 MHz: 103.7 µs a byte.
  const sent = probe.do("uart", [100, 81], new Uint8Array(100))
  expect(sent.answer).toBeGreaterThan(66 * 103.7)
  expect(sent.answer).toBeLessThan(68 * 103.7)
  expect(sent.took_us).toBeGreaterThanOrEqual(100 * 103.7 - 1)
  expect(sent.took_us).toBeLessThan(100 * 103.7 + 20)
})

test("a reset of the MCU is the program's, the board's or the power's; each starts it anew", () => {
  const probe = new Probe()
  const first = probe.chip
  probe.order("reset")
  probe.board.advanceBy_ms(2)
  expect(probe.chip).not.toBe(first)
  expect(probe.do("adc", [3]).answer).toBe(2070)
  probe.board.resetMcu()
  probe.board.advanceBy_ms(2)
  expect(probe.do("adc", [3]).answer).toBe(2070)
  probe.board.powerOff()
  probe.board.advanceBy_ms(5)
  probe.board.powerOn()
  probe.board.advanceBy_ms(2)
  expect(probe.do("adc", [3]).answer).toBe(2070)
  expect(probe.pico.resets).toBe(1)
})
