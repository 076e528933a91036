import { crc } from "jacdac-ts"
import { FRAME_HEAD_BYTES, isFrame } from "../jacdacFrame"

// The board's end of its USB line: what the bridge of Jacdac's C runtime does (jd_usb.c), byte for byte.

const MAGIC = 0xfe
const LITERAL_MAGIC = 0xf8
const SERIAL_GAP = 0xfa
const FRAME_GAP = 0xfb
const FRAME_START = 0xfc
const FRAME_END = 0xfd

const DISABLE_PACKETS = 0x80
const ENABLE_PACKETS = 0x81
const DISABLE_LOG = 0x82
const ENABLE_LOG = 0x83
const UNKNOWN_COMMAND = 0xff

const SERVICE_CLASS = 0x18f61a4a
const MAX_FRAME_BYTES = 252
/** JD_USB_QUEUE_SIZE of a DeviceScript build: frames that wait for the host to read. */
const FRAME_QUEUE_BYTES = 2048
/** The ring that console text waits in. */
const TEXT_RING_BYTES = 4096

/** Frames and console text of one board on one serial line. */
export class UsbBridge {
  /** Whom it hands the host's frames. */
  onFrame: (frame: Uint8Array) => void = () => {}
  private isForwarding = false
  private isLogging = false
  private frames: Uint8Array[] = []
  private frameBytes = 0
  private lostFrames = false
  private text: number[] = []
  private lostText = false
  private received: number[] = []
  private isInFrame = false
  private isQuoted = false

  /** The board has started: whatever a host said before is forgotten. */
  reset(): void {
    this.isForwarding = false
    this.isLogging = false
    this.frames = []
    this.frameBytes = 0
    this.lostFrames = false
    this.text = []
    this.lostText = false
    this.dropFrame()
    this.isQuoted = false
  }

  /** A frame that the board sends: lost when too many wait, and the host is told of the gap. */
  sendFrame(frame: Uint8Array): void {
    if (this.isForwarding) this.queue(frame)
  }

  /** A line of the board's console. */
  sendLine(line: string): void {
    if (!this.isLogging) return
    const bytes = [...Buffer.from(`${line.replace(/\n$/, "")}\n`)].flatMap((byte) =>
      byte === MAGIC ? [MAGIC, LITERAL_MAGIC] : [byte],
    )
    const gap = this.lostText ? [MAGIC, SERIAL_GAP] : []
    this.lostText = this.text.length + gap.length + bytes.length > TEXT_RING_BYTES
    if (!this.lostText) this.text.push(...gap, ...bytes)
  }

  /** What goes to the host next: a whole frame, or all text that waits; undefined when there is nothing. */
  pull(): Uint8Array | undefined {
    const frame = this.frames.shift()
    if (frame !== undefined) {
      this.frameBytes -= frame.length
      return encode(frame)
    }
    if (this.lostFrames) {
      this.lostFrames = false
      return Uint8Array.of(MAGIC, FRAME_GAP)
    }
    if (this.text.length === 0) return undefined
    const text = Uint8Array.from(this.text)
    this.text = []
    return text
  }

  /** Bytes from the host, in pieces of any size. */
  receive(bytes: Uint8Array): void {
    for (const byte of bytes)
      if (this.isQuoted) this.quoted(byte)
      else if (byte === MAGIC) this.isQuoted = true
      else this.plain(byte)
  }

  private queue(frame: Uint8Array): void {
    if (this.frameBytes + frame.length > FRAME_QUEUE_BYTES) {
      this.lostFrames = true
      return
    }
    this.frames.push(frame)
    this.frameBytes += frame.length
  }

  private quoted(byte: number): void {
    if (byte === MAGIC) {
      // The runtime drops the frame and stays quoted.
      this.dropFrame()
      return
    }
    this.isQuoted = false
    if (byte === LITERAL_MAGIC) this.plain(MAGIC)
    else if (byte === FRAME_START) {
      this.received = []
      this.isInFrame = true
    } else if (byte === FRAME_END) {
      const frame = Uint8Array.from(this.received)
      const isWhole = this.isInFrame && isFrame(frame)
      this.dropFrame()
      if (isWhole) this.accept(frame)
    } else if (byte < 0xf9 || byte > FRAME_GAP) this.dropFrame()
  }

  /** Outside frames, a host's bytes mean nothing to the board. */
  private plain(byte: number): void {
    if (!this.isInFrame) return
    if (this.received.length < MAX_FRAME_BYTES) this.received.push(byte)
    else this.dropFrame()
  }

  private dropFrame(): void {
    this.isInFrame = false
    this.received = []
  }

  private accept(frame: Uint8Array): void {
    const view = new DataView(frame.buffer)
    const isForUs = (frame[3] & 0x05) === 0x05 && view.getUint32(4, true) === SERVICE_CLASS
    if (isForUs) this.obey(view.getUint16(14, true))
    else this.onFrame(frame)
  }

  private obey(command: number): void {
    if (command === ENABLE_PACKETS || command === DISABLE_PACKETS)
      this.isForwarding = command === ENABLE_PACKETS
    else if (command === ENABLE_LOG || command === DISABLE_LOG)
      this.isLogging = command === ENABLE_LOG
    const isKnown = command >= DISABLE_PACKETS && command <= ENABLE_LOG
    this.queue(answer(isKnown ? command : UNKNOWN_COMMAND))
  }
}

function encode(frame: Uint8Array): Uint8Array {
  const bytes = [MAGIC, FRAME_START]
  for (const byte of frame) {
    bytes.push(byte)
    if (byte === MAGIC) bytes.push(LITERAL_MAGIC)
  }
  return Uint8Array.from([...bytes, MAGIC, FRAME_END])
}

/** The bridge says what it did. */
function answer(command: number): Uint8Array {
  const frame = new Uint8Array(FRAME_HEAD_BYTES + 4)
  const view = new DataView(frame.buffer)
  frame[2] = 4
  frame[3] = 0x04
  view.setUint32(4, SERVICE_CLASS, true)
  view.setUint32(8, 0xaaaaaaaa, true)
  frame[13] = 0x3d
  view.setUint16(14, command, true)
  view.setUint16(0, crc(frame.subarray(2)), true)
  return frame
}
