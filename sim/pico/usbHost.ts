import { type RPUSBController, USBCDC } from "rp2040js"

/**
 * A full-speed packet of 64 bytes with its tokens and handshake: 12 Mbit/s, with bits stuffed on average, and
 * what a host leaves between two of one pipe (USB 2.0, 5.8.4: at most 19 in a frame of 1 ms).
 */
const PACKET_us = 1000 / 19

/** What a USB controller holds open for a packet from the host. */
interface Offer {
  endpoint: number
  room: number
}

/**
 * The host's end of a Pico's serial port. The emulator's own answers an endpoint that has room at once, with a
 * packet of nothing when there is nothing to send, for ever; this one lets it wait, as the bus's NAK does.
 */
export class UsbHost {
  /** Hears what the board sends. */
  onBytes: (bytes: Uint8Array) => void = () => {}
  /** The board is known and its port open: the host may send. */
  onOpen: () => void = () => {}
  private queue: number[] = []
  private offer: Offer | undefined
  private isOpen = false

  constructor(
    private readonly usb: RPUSBController,
    private isPlugged: boolean,
  ) {
    usb.readDelayMicroseconds = PACKET_us
    usb.writeDelayMicroseconds = PACKET_us
    if (isPlugged) this.enumerate()
  }

  send(bytes: Uint8Array): void {
    if (!this.isOpen) return
    for (const byte of bytes) this.queue.push(byte)
    this.deliver()
  }

  /** Bytes that the board has not taken yet. */
  get waiting(): number {
    return this.queue.length
  }

  plug(): void {
    if (this.isPlugged) return
    this.isPlugged = true
    this.enumerate()
    this.usb.resetDevice()
  }

  /** What a board sees of a cable that is pulled: here a bus reset after which nobody speaks. */
  unplug(): void {
    if (!this.isPlugged) return
    this.isPlugged = false
    this.forget()
    const { usb } = this
    usb.onUSBEnabled = usb.onResetReceived = usb.onEndpointRead = usb.onEndpointWrite = undefined
    usb.resetDevice()
  }

  private forget(): void {
    this.isOpen = false
    this.queue = []
    this.offer = undefined
  }

  private enumerate(): void {
    this.forget()
    const cdc = new USBCDC(this.usb)
    cdc.onDeviceConnected = () => {
      this.isOpen = true
      this.onOpen()
    }
    cdc.onSerialData = (bytes) => {
      if (bytes.length > 0) this.onBytes(bytes)
    }
    this.usb.onEndpointRead = (endpoint, room) => {
      // Endpoint 0 takes the empty packets that end a request: the next request does.
      if (endpoint === 0) return
      this.offer = { endpoint, room }
      this.deliver()
    }
  }

  private deliver(): void {
    if (this.offer === undefined || this.queue.length === 0) return
    const { endpoint, room } = this.offer
    this.offer = undefined
    this.usb.endpointReadDone(endpoint, Uint8Array.from(this.queue.splice(0, room)))
  }
}
