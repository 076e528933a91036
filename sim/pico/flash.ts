import type { FlashImage } from "../../firmware/image/uf2"

/** The 2 MB of a Pico's W25Q16JV, where the RP2040 sees them. */
export const FLASH_AT = 0x10000000
export const FLASH_BYTES = 2 * 1024 * 1024
export const SECTOR_BYTES = 4096
export const PAGE_BYTES = 256

/** Typical times of the W25Q16JV (datasheet revision H, 9.6): 4 kB and 64 kB erased, 256 bytes programmed. */
const SECTOR_ERASE_us = 45_000
const BLOCK_ERASE_us = 150_000
const PAGE_PROGRAM_us = 400
const BLOCK_BYTES = 64 * 1024

/** A Pico's own flash chip: what is in it outlives power and resets of the MCU. */
export class PicoFlash {
  readonly content = new Uint8Array(FLASH_BYTES).fill(0xff)

  constructor(
    /** Its 64-bit number, that of the board too. */
    readonly uniqueId: Uint8Array,
  ) {}

  /**
   * Writes an image, as its boot drive does: sectors that it touches are erased first.
   * @throws Error when it does not fit
   */
  install(image: FlashImage): void {
    const erased = new Set<number>()
    for (const [address, bytes] of image.pages) {
      const at = address - FLASH_AT
      if (at < 0 || at + bytes.length > FLASH_BYTES)
        throw new Error(
          `The image writes at 0x${address.toString(16)}: a Pico's flash is not there.`,
        )
      const sector = at - (at % SECTOR_BYTES)
      if (!erased.has(sector)) this.content.fill(0xff, sector, sector + SECTOR_BYTES)
      erased.add(sector)
      this.content.set(bytes, at)
    }
  }

  /** Erases whole sectors. @returns how long that takes, µs */
  erase(at: number, count: number): number {
    this.check(at, count, SECTOR_BYTES)
    this.content.fill(0xff, at, at + count)
    let time_us = 0
    for (let left = count, from = at; left > 0; ) {
      const isBlock = from % BLOCK_BYTES === 0 && left >= BLOCK_BYTES
      time_us += isBlock ? BLOCK_ERASE_us : SECTOR_ERASE_us
      const done = isBlock ? BLOCK_BYTES : SECTOR_BYTES
      from += done
      left -= done
    }
    return time_us
  }

  /** Programs whole pages: bits go from 1 to 0 only. @returns how long that takes, µs */
  program(at: number, bytes: Uint8Array): number {
    this.check(at, bytes.length, PAGE_BYTES)
    for (let i = 0; i < bytes.length; i++) this.content[at + i] &= bytes[i]
    return (bytes.length / PAGE_BYTES) * PAGE_PROGRAM_us
  }

  private check(at: number, count: number, grain: number): void {
    if (at % grain === 0 && count % grain === 0 && at + count <= FLASH_BYTES) return
    throw new Error(
      `A flash access at ${at} of ${count} bytes, not in steps of ${grain} within ${FLASH_BYTES}.`,
    )
  }
}
