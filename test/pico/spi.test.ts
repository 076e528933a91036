import { expect, test, vi } from "vitest"
import { Probe } from "./probe"

const page = Array.from({ length: 256 }, (_, i) => (i * 31 + 5) & 0xff)

test.each([
  ["by FIFO", false],
  ["by DMA", true],
] as const)(
  "the flash's number, a page programmed and read back over the emulated SPI %s",
  (_, byDma) => {
    const probe = new Probe()
    expect(probe.spi([0x9f, 0, 0, 0], byDma).received.slice(1)).toEqual([0xef, 0x40, 0x18])
    probe.spi([0x06], byDma)
    expect(probe.spi([0x05, 0], byDma).received[1] & 0x02).toBe(0x02)
    const sent = probe.spi([0x02, 0x01, 0x23, 0x00, ...page], byDma)
    // 260 bytes of 8 bits at 7.8 MHz.
    expect(sent.took_us).toBeGreaterThanOrEqual(266)
    expect(sent.took_us).toBeLessThan(340)
    // Programming takes 0.7 ms, of the emulated clock.
    expect(probe.spi([0x05, 0], byDma).received[1] & 0x01).toBe(1)
    probe.do("sleep", [1000, 0])
    expect(probe.spi([0x05, 0], byDma).received[1] & 0x01).toBe(0)
    const read = probe.spi([0x03, 0x01, 0x23, 0x00, ...page.map(() => 0)], byDma)
    expect(read.received.slice(4)).toEqual(page)
    expect([...probe.board.flashMemory.subarray(0x12300, 0x12400)]).toEqual(page)
  },
)

test("the chip hears the emulated clock's time with each byte and edge of its select", () => {
  const probe = new Probe()
  const { board } = probe
  const off_us: number[] = []
  const look = () => off_us.push(Math.abs(board.clock.now_us - probe.chip.now_ns / 1000))
  for (const call of ["select", "deselect", "transfer"] as const) {
    const usual = board.flash[call].bind(board.flash) as (byte: number) => number
    vi.spyOn(board.flash, call).mockImplementation(((byte: number) => {
      look()
      return usual(byte)
    }) as () => number)
  }
  probe.spi([0x03, ...new Uint8Array(99)])
  expect(off_us).toHaveLength(102)
  expect(Math.max(...off_us)).toBeLessThan(0.1)
})
