import { crc } from "jacdac-ts"

/** Of a Jacdac frame before its packets: checksum, size, flags, device. */
export const FRAME_HEAD_BYTES = 12
/** The longest Jacdac frame. */
const FRAME_BYTES = 252

/** Whether bytes are a frame, as the runtime's USB link looks at them (jacdac-c, `jd_usb.c`): size, then checksum. */
export function isFrame(bytes: Uint8Array): boolean {
  const end = FRAME_HEAD_BYTES + (bytes[2] ?? 0)
  if (bytes.length < end || end > FRAME_BYTES) return false
  return crc(bytes.subarray(2, end)) === (bytes[0] | (bytes[1] << 8))
}
