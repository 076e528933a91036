import { encodeFrame, JdUsbDecoder, openingFrames } from "../../../../host/transport/jdusb"
import { FrameSplitter, withLength } from "../../../../host/transport/tcp"
import { isFrame } from "../../../../sim/jacdacFrame"
import { UsbBridge } from "../../../../sim/server/usbBridge"
import { broken, type Target } from "../target"
import { announcement, report } from "../scriptedBoard"

const MOST_LINE = 1_000
const SOUND = report(0x83, Buffer.alloc(16, 0xfe))
const TEXT = Buffer.from("a line of the console\n")
const streams = [
  Buffer.from(encodeFrame(SOUND)),
  Buffer.concat([encodeFrame(announcement()), TEXT, encodeFrame(SOUND)]),
  Buffer.concat(openingFrames.map(encodeFrame)),
]
const words = [0xf8, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe].map((byte) => Buffer.of(0xfe, byte))

/** A serial line's bytes at the host: what is given is a frame, the same in any pieces, and the next one is not lost. */
export const jdusbAtHost: Target = {
  name: "jdusb-at-host",
  seeds: streams,
  words,
  run(input) {
    const whole = heard((push) => push(input))
    const bytewise = heard((push) => {
      for (const byte of input) push(Uint8Array.of(byte))
    })
    if (JSON.stringify(whole) !== JSON.stringify(bytewise)) broken("pieces make a difference")
    const after = heard((push) => {
      push(input)
      push(encodeFrame(SOUND))
    })
    if (after.frames.at(-1) !== SOUND.toString("hex")) broken("a frame that came whole is lost")
  },
}

function heard(feed: (push: (bytes: Uint8Array) => void) => void) {
  const frames: string[] = []
  const lines: string[] = []
  const decoder = new JdUsbDecoder(
    (frame) => {
      if (!isFrame(frame)) broken("what is no frame is given as one")
      frames.push(Buffer.from(frame).toString("hex"))
    },
    (line) => {
      if (line.length > MOST_LINE) broken(`a line of ${line.length} characters`)
      lines.push(line)
    },
  )
  feed((bytes) => decoder.push(bytes))
  return { frames, lines }
}

/** The same at the board's end. */
export const jdusbAtBoard: Target = {
  name: "jdusb-at-board",
  seeds: streams,
  words,
  run(input) {
    const bridge = new UsbBridge()
    let last = ""
    bridge.onFrame = (frame) => {
      if (!isFrame(frame)) broken("what is no frame is given as one")
      last = Buffer.from(frame).toString("hex")
    }
    bridge.receive(input)
    while (bridge.pull() !== undefined);
    bridge.receive(encodeFrame(SOUND))
    if (last !== SOUND.toString("hex")) broken("a frame that came whole is lost")
  },
}

/** Frames with their lengths, as a TCP port carries them: no byte is lost, invented or kept for ever. */
export const tcpAtHost: Target = {
  name: "tcp-at-host",
  seeds: [Buffer.from(withLength(SOUND)), Buffer.from([0, 0, 3, 1, 2, 3])],
  run(input) {
    let whole = 0
    let bytewise = 0
    const one = new FrameSplitter((frame) => {
      whole += 1 + frame.length
    })
    one.push(input)
    const other = new FrameSplitter((frame) => {
      bytewise += 1 + frame.length
    })
    for (const byte of input) other.push(Uint8Array.of(byte))
    if (whole !== bytewise) broken("pieces make a difference")
    if (whole > input.length || input.length - whole > 255)
      broken(`${whole} of ${input.length} bytes`)
  },
}
