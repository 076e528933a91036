// DeviceScript's real runtime is not part of this project, so these tests make one up: of the right structure (UF2
// family, addresses, board configuration), with noise where its code would be. It cannot run.
import { type FlashImage, writeFlash, writeUf2 } from "../../firmware/image/uf2"
import { Random } from "../../sim/random"

const DCFG = [0x47464344, 0xcab49b0a]

/** A board configuration with two entries, as DeviceScript's own tools lay it out. */
export function madeUpConfig(name: string, productId: number): Uint8Array {
  const entriesAt = 24 + 2 * 32
  const textAt = entriesAt + 3 * 24
  const bytes = new Uint8Array(textAt + name.length + 1)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, DCFG[0], true)
  view.setUint32(4, DCFG[1], true)
  view.setUint32(8, bytes.length, true)
  view.setUint16(12, 2, true)
  const entry = (i: number, key: string, kind: number, value: number) => {
    const at = entriesAt + 24 * i
    bytes.set(Buffer.from(key), at)
    view.setUint16(at + 18, kind, true)
    view.setUint32(at + 20, value, true)
  }
  entry(0, "productId", 1, productId)
  entry(1, "devName", 2 | (name.length << 2), textAt)
  bytes.fill(0xff, entriesAt + 48, entriesAt + 72)
  bytes.set(Buffer.from(name), textAt)
  return bytes
}

const noise = (count: number) => {
  const random = new Random(1, "made-up runtime")
  return Uint8Array.from({ length: count }, () => random.uint32() & 0xff)
}

/** For an RP2040: code from the flash's beginning, configuration at 0x100dc000. */
export function madeUpUf2(
  name = "Raspberry Pi Pico",
  productId = 0x3f6e1f0c,
  familyId = 0xe48bff56,
): Uint8Array {
  const image: FlashImage = { familyId, pages: new Map() }
  writeFlash(image, 0x10000000, noise(10_000))
  writeFlash(image, 0x100dc000, madeUpConfig(name, productId))
  return writeUf2(image)
}

/** For an ESP32-C3: a file from address 0 on, configuration at 0x9000. */
export function madeUpBin(productId = 0x3eff6b51): Uint8Array {
  const bytes = new Uint8Array(0x20000).fill(0xff)
  bytes.set(noise(0x8000))
  bytes.set(madeUpConfig("Seeed Studio XIAO ESP32C3", productId), 0x9000)
  return bytes
}
