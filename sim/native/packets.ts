import { crc } from "jacdac-ts"

// Jacdac frames of one or more packets: https://jacdac.github.io/jacdac-docs/reference/protocol/
const FRAME_HEADER_BYTES = 12
const PACKET_HEADER_BYTES = 4
const SIZE_AT = 2
const FLAGS_AT = 3
const DEVICE_AT = 4
const COMMAND_FLAG = 0x01

export interface Packet {
  serviceIndex: number
  command: number
  data: Uint8Array
}

/** The packets in a frame that are commands to a device. */
export function commandsTo(device: Uint8Array, frame: Uint8Array): Packet[] {
  const isOurs = device.every((byte, i) => frame[DEVICE_AT + i] === byte)
  if (!isOurs || (frame[FLAGS_AT] & COMMAND_FLAG) === 0) return []
  const view = new DataView(frame.buffer, frame.byteOffset)
  const end = FRAME_HEADER_BYTES + frame[SIZE_AT]
  const packets: Packet[] = []
  for (let at = FRAME_HEADER_BYTES; at + PACKET_HEADER_BYTES <= end; ) {
    const dataAt = at + PACKET_HEADER_BYTES
    const dataEnd = dataAt + frame[at]
    packets.push({
      serviceIndex: frame[at + 1],
      command: view.getUint16(at + 2, true),
      data: frame.slice(dataAt, dataEnd),
    })
    at = (dataEnd + 3) & ~3
  }
  return packets
}

/** A frame with one packet, a report of a device. */
export function reportFrame(device: Uint8Array, { serviceIndex, command, data }: Packet) {
  const size = (PACKET_HEADER_BYTES + data.length + 3) & ~3
  const frame = new Uint8Array(FRAME_HEADER_BYTES + size)
  const view = new DataView(frame.buffer)
  frame[SIZE_AT] = size
  frame.set(device, DEVICE_AT)
  frame[FRAME_HEADER_BYTES] = data.length
  frame[FRAME_HEADER_BYTES + 1] = serviceIndex
  view.setUint16(FRAME_HEADER_BYTES + 2, command, true)
  frame.set(data, FRAME_HEADER_BYTES + PACKET_HEADER_BYTES)
  view.setUint16(0, crc(frame.subarray(2)), true)
  return frame
}
