import { expect, test } from "vitest"
import { encodeFrame, JdUsbDecoder, openingFrames } from "../../host/transport/jdusb"
import { UsbBridge } from "../../sim/server/usbBridge"

const [enablePackets, enableLog] = openingFrames.map(encodeFrame)
/** An announcement, as the firmware sent it once: control service, four bytes and some. */
const frame = Uint8Array.from(Buffer.from("00000800b70ff51b7719fe9b04000000fe004001", "hex"))

function drain(bridge: UsbBridge): { frames: Uint8Array[]; lines: string[]; bytes: string } {
  const frames: Uint8Array[] = []
  const lines: string[] = []
  const decoder = new JdUsbDecoder(
    (one) => frames.push(one),
    (line) => lines.push(line),
  )
  let bytes = ""
  for (let piece = bridge.pull(); piece !== undefined; piece = bridge.pull()) {
    bytes += Buffer.from(piece).toString("hex")
    decoder.push(piece)
  }
  return { frames, lines, bytes }
}

test("nothing is sent before a host asks, and the answer to that comes first", () => {
  const bridge = new UsbBridge()
  bridge.sendFrame(frame)
  bridge.sendLine("hello")
  expect(drain(bridge).bytes).toBe("")
  bridge.receive(enablePackets)
  expect(drain(bridge).frames).toHaveLength(1)
  bridge.sendLine("still unheard")
  bridge.sendFrame(frame)
  expect(drain(bridge).bytes).toBe(
    // FE inside is doubled.
    "fefc00000800b70ff51b7719fef89b04000000fef8004001fefd",
  )
  bridge.receive(enableLog)
  bridge.sendLine("heard")
  expect(drain(bridge).lines).toEqual(["heard"])
})

test("a start forgets what a host asked for", () => {
  const bridge = new UsbBridge()
  bridge.receive(enablePackets)
  bridge.receive(enableLog)
  bridge.reset()
  bridge.sendFrame(frame)
  bridge.sendLine("unheard")
  expect(drain(bridge).bytes).toBe("")
})

test("when nobody reads, 2 kB of frames and 4 kB of text wait; then gaps are told of", () => {
  const bridge = new UsbBridge()
  bridge.receive(enablePackets)
  bridge.receive(enableLog)
  drain(bridge)
  for (let i = 0; i < 200; i++) bridge.sendFrame(frame)
  for (let i = 0; i < 200; i++) bridge.sendLine("x".repeat(99))
  const { bytes, lines } = drain(bridge)
  const frameCount = bytes.split("fefc").length - 1
  expect(frameCount * frame.length).toBeLessThanOrEqual(2048)
  expect((frameCount + 1) * frame.length).toBeGreaterThan(2048)
  expect(bytes.match(/fefb/g)).toHaveLength(1)
  expect(lines).toHaveLength(40)
  bridge.sendLine("after")
  expect(drain(bridge).bytes).toBe(`fefa${Buffer.from("after\n").toString("hex")}`)
})

test("noise before a command, and a command in single bytes, are taken", () => {
  const bridge = new UsbBridge()
  const heard: Uint8Array[] = []
  bridge.onFrame = (one) => heard.push(one)
  // What jacdac-ts asks first, in case the board were a bootloader, padded as it pads.
  bridge.receive(Uint8Array.of(0x48, 1, 0, 0, 0, 0x81, 0x42, 0, 0, 0, 0, 0, 0xfe))
  for (const byte of enablePackets) bridge.receive(Uint8Array.of(byte))
  bridge.sendFrame(frame)
  expect(drain(bridge).bytes).toContain("fefc00000800")
  expect(heard).toEqual([])
})
