// JDUSB: Jacdac frames and console text on one serial line, as the USB bridge of Jacdac's C runtime has it.
import { crc, SRV_USB_BRIDGE, UsbBridgeCmd, UsbBridgeQByte } from "jacdac-ts"

const HEADER_BYTES = 12
/** Of a frame: its size stands in one byte, and leaves room for no more. */
const MAX_FRAME_BYTES = 252
const SIZE_AT = 2
const FLAGS_AT = 3
/** Frame flags: a command; to or from all services of a class. */
const COMMAND = 0x01
const SERVICE_CLASS = 0x04
/** Upper half of the address of a class, and the index that stands for any service. */
const ANY_DEVICE = 0xaaaaaaaa
const ANY_SERVICE = 0x3d
/** A console line is never so long; garbled bytes might be. */
const MAX_LINE_BYTES = 1000
/**
 * What the firmware prints for nobody: it keeps the log's UART sending, lest the runtime sleep. DeviceScript puts a
 * mark of the level before a line, `? ` for `console.debug`; after a gap only the end of a line comes.
 */
const KEEPS_AWAKE = /^(\? )?~+$/

/** What a board is told when its port is opened: send frames, and send console text. */
export const openingFrames = [UsbBridgeCmd.EnablePackets, UsbBridgeCmd.EnableLog].map(bridgeFrame)

/** A frame as bytes on the line. */
export function encodeFrame(frame: Uint8Array): Uint8Array {
  const { Magic, LiteralMagic, FrameStart, FrameEnd } = UsbBridgeQByte
  const bytes: number[] = [Magic, FrameStart]
  for (const byte of frame) {
    bytes.push(byte)
    if (byte === Magic) bytes.push(LiteralMagic)
  }
  bytes.push(Magic, FrameEnd)
  return Uint8Array.from(bytes)
}

/**
 * Takes a line's bytes in pieces of any size apart. Whatever is garbled or cut, every frame that came whole
 * is given: a frame's start ends all that stood open.
 */
export class JdUsbDecoder {
  private frame: number[] | undefined
  private line: number[] = []
  private isQuoted = false

  constructor(
    private readonly onFrame: (frame: Uint8Array) => void,
    /** Hears each line of console text, without its end; not those that only keep the board awake. */
    private readonly onLine: (line: string) => void,
  ) {}

  push(bytes: Uint8Array): void {
    for (const byte of bytes)
      if (this.isQuoted) this.quoted(byte)
      else if (byte === UsbBridgeQByte.Magic) this.isQuoted = true
      else this.plain(byte)
  }

  private quoted(byte: number): void {
    // The second of two quotes may be the one of a frame's start.
    this.isQuoted = byte === UsbBridgeQByte.Magic
    switch (byte) {
      case UsbBridgeQByte.LiteralMagic:
        this.plain(UsbBridgeQByte.Magic)
        return
      case UsbBridgeQByte.FrameStart:
        this.frame = []
        return
      case UsbBridgeQByte.FrameEnd:
        // Without a start, what stands as text is the rest of a frame.
        if (this.frame === undefined) this.line = []
        else this.endFrame(Uint8Array.from(this.frame))
        return
      case UsbBridgeQByte.SerialGap:
        this.line = []
        return
      case UsbBridgeQByte.FrameGap:
      case UsbBridgeQByte.Reserved:
        return
      default:
        this.frame = undefined
    }
  }

  private plain(byte: number): void {
    if (this.frame === undefined) this.text(byte)
    else if (this.frame.length < MAX_FRAME_BYTES) this.frame.push(byte)
    else this.frame = undefined
  }

  private endFrame(frame: Uint8Array): void {
    this.frame = undefined
    if (frame.length < HEADER_BYTES || frame.length !== HEADER_BYTES + frame[SIZE_AT]) return
    const checksum = crc(frame.subarray(2))
    if (frame[0] === (checksum & 0xff) && frame[1] === checksum >> 8) this.onFrame(frame)
  }

  private text(byte: number): void {
    if (byte !== 0x0a && byte !== 0x0d) {
      if (this.line.length < MAX_LINE_BYTES) this.line.push(byte)
      return
    }
    const line = Buffer.from(this.line).toString("utf8")
    this.line = []
    if (line !== "" && !KEEPS_AWAKE.test(line)) this.onLine(line)
  }
}

/** Whether a frame is the bridge's own answer, which no board on the bus sent. */
export function isFromBridge(frame: Uint8Array): boolean {
  return (
    (frame[FLAGS_AT] & SERVICE_CLASS) !== 0 &&
    new DataView(frame.buffer, frame.byteOffset).getUint32(4, true) === SRV_USB_BRIDGE
  )
}

function bridgeFrame(command: number): Uint8Array {
  const frame = new Uint8Array(HEADER_BYTES + 4)
  const view = new DataView(frame.buffer)
  frame[SIZE_AT] = 4
  frame[FLAGS_AT] = COMMAND | SERVICE_CLASS
  view.setUint32(4, SRV_USB_BRIDGE, true)
  view.setUint32(8, ANY_DEVICE, true)
  frame[13] = ANY_SERVICE
  view.setUint16(14, command, true)
  view.setUint16(0, crc(frame.subarray(2)), true)
  return frame
}
