// The configuration of a board in DeviceScript's runtime, "DCFG": named numbers and texts. Layout as
// @devicescript/cli 2.16.4 writes it.

const MAGIC = [0x47464344, 0xcab49b0a]
const HEADER_BYTES = 24 + 2 * 32
/** A key of at most 15 characters with its NUL, a hash, type and size, a value. */
const ENTRY_BYTES = 24
const TYPE_AT = 18
const VALUE_AT = 20
const TEXT = 2
/** Whatever tells of more is broken. */
const MOST_BYTES = 16_384

/** What a runtime says of the board that it was made for; undefined when it does not say. */
export interface BoardConfig {
  name: string | undefined
  productId: number | undefined
}

/** Bytes of which a configuration's whole size can be told. */
export const CONFIG_HEAD_BYTES = HEADER_BYTES

/** Size of a configuration by its head; undefined when there is none. */
export function configBytes(head: Uint8Array): number | undefined {
  if (head.length < HEADER_BYTES) return undefined
  const view = viewOf(head)
  const isConfig = MAGIC.every((word, i) => view.getUint32(4 * i, true) === word)
  const count = view.getUint32(8, true)
  return isConfig && count <= MOST_BYTES ? count : undefined
}

/** Reads a whole configuration. */
export function readConfig(bytes: Uint8Array): BoardConfig {
  const values = new Map<string, number | string>()
  const view = viewOf(bytes)
  const count = view.getUint16(12, true)
  for (let i = 0; i < count; i++) {
    const at = HEADER_BYTES + i * ENTRY_BYTES
    if (at + ENTRY_BYTES > bytes.length) break
    const key = text(bytes.subarray(at, at + 16))
    const kind = view.getUint16(at + TYPE_AT, true)
    const value = view.getUint32(at + VALUE_AT, true)
    values.set(key, (kind & 3) === TEXT ? text(bytes.subarray(value, value + (kind >> 2))) : value)
  }
  const name = values.get("devName")
  const productId = values.get("productId")
  return {
    name: typeof name === "string" ? name : undefined,
    productId: typeof productId === "number" ? productId : undefined,
  }
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString("utf8")
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}
