import fc from "fast-check"
import { crc, UsbBridgeQByte } from "jacdac-ts"
import { expect, test } from "vitest"
import { encodeFrame, isFromBridge, JdUsbDecoder, openingFrames } from "../../host/transport/jdusb"

/** A sound frame with some payload; FE is common, since it is what is quoted. */
const frame = fc
  .uint8Array({ minLength: 4, maxLength: 240 })
  .chain((data) => fc.tuple(fc.constant(data), fc.uint8Array({ minLength: 8, maxLength: 8 })))
  .map(([data, id]) => soundFrame(data, id))

const bytes = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0xfe, 0xfc, 0xfd, 0xf8, 0xfa, 0x0a) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) },
)
const rubbish = fc.array(bytes, { maxLength: 60 }).map((list) => Uint8Array.from(list))

function soundFrame(data: Uint8Array, id: Uint8Array): Uint8Array {
  const made = new Uint8Array(12 + data.length)
  made[2] = data.length
  made.set(id, 4)
  made.set(data, 12)
  const checksum = crc(made.subarray(2))
  made[0] = checksum & 0xff
  made[1] = checksum >> 8
  return made
}

function decode(pieces: Uint8Array[]): { frames: string[]; lines: string[] } {
  const frames: string[] = []
  const lines: string[] = []
  const decoder = new JdUsbDecoder(
    (one) => frames.push(Buffer.from(one).toString("hex")),
    (line) => lines.push(line),
  )
  for (const piece of pieces) decoder.push(piece)
  return { frames, lines }
}

const hex = (frames: Uint8Array[]) => frames.map((one) => Buffer.from(one).toString("hex"))

function cut(all: Uint8Array, at: number[]): Uint8Array[] {
  const edges = [0, ...at.map((share) => Math.floor(share * all.length)), all.length]
  edges.sort((a, b) => a - b)
  return edges.slice(1).map((end, i) => all.subarray(edges[i], end))
}

const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })

test("frames and console lines come through in pieces of any size, seed 1", () => {
  const line = fc
    .string({ minLength: 1, maxLength: 40, unit: "grapheme-ascii" })
    .filter((text) => !/^(\? )?~+$/.test(text))
  const item = fc.oneof(frame, line)
  fc.assert(
    fc.property(fc.array(item, { maxLength: 12 }), shares, (items, at) => {
      const all = Buffer.concat(
        items.map((one) => (typeof one === "string" ? Buffer.from(`${one}\n`) : encodeFrame(one))),
      )
      const { frames, lines } = decode(cut(all, at))
      expect(frames).toEqual(hex(items.filter((one) => typeof one !== "string")))
      expect(lines).toEqual(items.filter((one) => typeof one === "string"))
    }),
    { seed: 1, numRuns: 200 },
  )
})

test("after rubbish of any kind the next frame is whole, seed 2", () => {
  fc.assert(
    fc.property(rubbish, frame, rubbish, frame, (before, first, between, second) => {
      const all = Buffer.concat([before, encodeFrame(first), between, encodeFrame(second)])
      expect(decode([all]).frames).toEqual(expect.arrayContaining(hex([first, second])))
    }),
    { seed: 2, numRuns: 1000 },
  )
})

test("a line that is cut anywhere loses the cut frame, and gives nothing false, seed 3", () => {
  fc.assert(
    fc.property(
      fc.array(frame, { minLength: 2, maxLength: 5 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 100 }),
      (sent, share, missing) => {
        const all = Buffer.concat(sent.map(encodeFrame))
        const at = Math.floor(share * all.length)
        const got = decode([all.subarray(0, at), all.subarray(at + missing)]).frames
        const all_ = hex(sent)
        expect(all_).toEqual(expect.arrayContaining(got))
        let end = 0
        sent.forEach((one, i) => {
          const start = end
          end += encodeFrame(one).length
          if (end <= at || start >= at + missing) expect(got).toContain(all_[i])
        })
      },
    ),
    { seed: 3, numRuns: 500 },
  )
})

test("one flipped bit costs one frame, seed 4", () => {
  fc.assert(
    fc.property(
      fc.array(frame, { minLength: 1, maxLength: 4 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.integer({ min: 0, max: 7 }),
      (sent, share, bit) => {
        const all = Buffer.concat(sent.map(encodeFrame))
        all[Math.floor(share * all.length)] ^= 1 << bit
        const got = decode([all]).frames
        expect(hex(sent)).toEqual(expect.arrayContaining(got))
        expect(got.length).toBeGreaterThanOrEqual(sent.length - 2)
      },
    ),
    { seed: 4, numRuns: 500 },
  )
})

test("lines that only keep the board awake are left out, whole or cut by a gap; others with a tilde are not", () => {
  const awake = "~".repeat(15)
  const kept = ["> begun", "? ~ 5 mV", `! ${awake}`, `~${awake} `]
  const text = Buffer.from(
    [...kept, `? ${awake}`, awake, "", "> lost"].map((line) => `${line}\r\n`).join(""),
  )
  const end = text.length - 5
  const { Magic, SerialGap } = UsbBridgeQByte
  const bytes = [text.subarray(0, end), [Magic, SerialGap], Buffer.from("~~~\n")]
  expect(decode(bytes.map((piece) => Uint8Array.from(piece))).lines).toEqual(kept)
})

test("what is said at opening is what the runtime's own tools say", () => {
  // Written out from jacdac-ts' JdUsbProto; its frames also ask to be heard at home, which a bridge ignores.
  expect(openingFrames.map((one) => Buffer.from(one.subarray(4)).toString("hex"))).toEqual([
    "4a1af618aaaaaaaa003d8100",
    "4a1af618aaaaaaaa003d8300",
  ])
  for (const one of openingFrames) {
    expect(decode([encodeFrame(one)]).frames).toHaveLength(1)
    expect(isFromBridge(one)).toBe(true)
  }
})
