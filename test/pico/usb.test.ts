import { expect, test, vi } from "vitest"
import { encodeFrame, openingFrames } from "../../host/transport/jdusb"
import { Probe } from "./probe"

/** As long as frames come, and with the byte that the framing doubles. */
function frame(length: number): Uint8Array {
  const bytes = new Uint8Array(12 + length)
  bytes[2] = length
  for (let i = 3; i < bytes.length; i++) bytes[i] = i % 5 === 0 ? 0xfe : i
  let crc = 0xffff
  for (const byte of bytes.subarray(2)) {
    let x = (crc >> 8) ^ byte
    x ^= x >> 4
    crc = ((crc << 8) ^ (x << 12) ^ (x << 5) ^ x) & 0xffff
  }
  bytes[0] = crc & 0xff
  bytes[1] = crc >> 8
  return bytes
}

test("the host finds the emulated serial port, and frames go there and back in its own framing", () => {
  const probe = new Probe({ opening: openingFrames })
  probe.board.advanceBy_ms(20)
  expect(probe.frames).toEqual(openingFrames)
  const frames = [frame(4), frame(240), frame(52), frame(51)]
  for (const one of frames) probe.board.send(one)
  probe.board.advanceBy_ms(20)
  expect(probe.frames.slice(openingFrames.length)).toEqual(frames)
})

test("an endpoint that has room is answered only once there is something to send", () => {
  const probe = new Probe()
  probe.board.advanceBy_ms(20)
  const answers = vi.spyOn(probe.chip.rp2040.usbCtrl, "endpointReadDone")
  probe.board.advanceBy_ms(20)
  expect(answers).not.toHaveBeenCalled()
  probe.board.send(frame(4))
  probe.board.advanceBy_ms(5)
  expect(answers).toHaveBeenCalledOnce()
})

test("bytes come no faster than the bus carries them", () => {
  const probe = new Probe()
  probe.board.advanceBy_ms(20)
  const frames = Array.from({ length: 30 }, () => frame(240))
  for (const one of frames) probe.board.send(one)
  const began_ms = probe.board.now_ms
  while (probe.frames.length < frames.length) probe.board.advanceBy_ms(0.5)
  // 30 × 304 bytes on the line, of 1216 in a millisecond each way.
  expect(probe.board.now_ms - began_ms).toBeGreaterThan(7.4)
  expect(probe.board.now_ms - began_ms).toBeLessThan(10)
  expect(probe.frames).toEqual(frames)
})

test("a packet takes its time there, and back", () => {
  const probe = new Probe()
  probe.board.advanceBy_ms(20)
  const { chip } = probe
  const began_ns = chip.now_ns
  chip.usb.send(encodeFrame(frame(4)))
  while (probe.frames.length === 0 && chip.now_ns - began_ns < 1e6)
    chip.runUntil_ns(chip.now_ns + 1000)
  expect((chip.now_ns - began_ns) / 1000).toBeGreaterThan(2 * 52.6)
})

test("a cable that is pulled carries nothing, and one that is plugged in again does", () => {
  const probe = new Probe()
  probe.board.advanceBy_ms(20)
  probe.pico.unplug()
  probe.board.advanceBy_ms(20)
  probe.board.send(frame(9))
  probe.board.advanceBy_ms(20)
  expect(probe.frames).toEqual([])
  probe.pico.plug()
  probe.board.advanceBy_ms(20)
  probe.board.send(frame(8))
  probe.board.advanceBy_ms(20)
  expect(probe.frames).toEqual([frame(8)])
})
