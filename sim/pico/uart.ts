import type { RP2040 } from "rp2040js"

const UARTFR = 0x18 // flags: RP2040 datasheet, 4.2.8
const BUSY = 0x08
const TXFF = 0x20
const TXFE = 0x80
const FIFO_BYTES = 32
/** A start bit, eight of data, a stop bit. */
const BITS = 10

type Uart = RP2040["uart"][number]

/**
 * Lets what a UART sends take its time, and fill its FIFO. The emulator's swallows all at once, so that a DMA to it
 * ends as soon as it begins: DeviceScript's runtime stays awake while its log is sent that way.
 */
export function mendUarts(rp2040: RP2040): void {
  for (const uart of rp2040.uart) mendUart(rp2040, uart)
}

function mendUart({ clock, dma }: RP2040, uart: Uart): void {
  let waiting = 0
  const { tx } = uart.dreq
  const left = clock.createAlarm(() => {
    waiting--
    if (waiting > 0) next()
    dma.setDREQ(tx)
  })
  const next = () => left.schedule((BITS * 1e9) / uart.baudRate)
  uart.onByte = () => {
    waiting++
    if (waiting === 1) next()
    // One is in the shift register.
    if (waiting > FIFO_BYTES) dma.clearDREQ(tx)
  }
  const read = uart.readUint32.bind(uart)
  uart.readUint32 = (offset) => {
    const value = read(offset)
    if (offset !== UARTFR || waiting === 0) return value
    const isFull = waiting > FIFO_BYTES
    return (value & ~(waiting > 1 ? TXFE : 0)) | BUSY | (isFull ? TXFF : 0)
  }
}
