// UF2, the file that a boot drive takes: blocks of 512 bytes, each with the place of its 256 bytes in flash.
// Source: github.com/microsoft/uf2, README, "File format". Imports nothing, for host and simulator alike.

const BLOCK_BYTES = 512
const DATA_AT = 32
const END_AT = 508
/** Of a page; blocks of other sizes are taken, and written as these. */
export const UF2_PAGE_BYTES = 256
/** What a flash erases at once. */
const SECTOR_BYTES = 4096

const MAGIC_START = [0x0a324655, 0x9e5d5157]
const MAGIC_END = 0x0ab16f30
/** Flags: the block is not for the flash; it says which family of microcontrollers it is for. */
const NOT_FLASH = 0x00000001
const HAS_FAMILY = 0x00002000

/** Family of the RP2040. */
export const RP2040_FAMILY = 0xe48bff56

/** What lies where in a flash: pages of 256 bytes by their addresses. What it does not name stays as it is. */
export interface FlashImage {
  familyId: number | undefined
  pages: Map<number, Uint8Array>
}

/**
 * Reads a UF2 file.
 * @throws Error saying which block is wrong, and how
 */
export function readUf2(bytes: Uint8Array): FlashImage {
  if (bytes.length === 0 || bytes.length % BLOCK_BYTES !== 0)
    throw new Error(`this is no UF2 file: ${bytes.length} bytes are no blocks of ${BLOCK_BYTES}`)
  const image: FlashImage = { familyId: undefined, pages: new Map() }
  const blocks = bytes.length / BLOCK_BYTES
  for (let i = 0; i < blocks; i++) {
    const block = new DataView(bytes.buffer, bytes.byteOffset + i * BLOCK_BYTES, BLOCK_BYTES)
    readBlock(block, i, blocks, image)
  }
  return image
}

function readBlock(block: DataView, index: number, blocks: number, image: FlashImage): void {
  const word = (at: number) => block.getUint32(at, true)
  if (word(0) !== MAGIC_START[0] || word(4) !== MAGIC_START[1] || word(END_AT) !== MAGIC_END)
    throw new Error(`block ${index} is no UF2 block`)
  if (word(20) !== index || word(24) !== blocks)
    throw new Error(`block ${index} calls itself ${word(20)} of ${word(24)}: the file is cut`)
  const flags = word(8)
  if ((flags & NOT_FLASH) !== 0) return
  const size = word(16)
  if (size > END_AT - DATA_AT) throw new Error(`block ${index} tells of ${size} bytes`)
  if ((flags & HAS_FAMILY) !== 0) {
    if (image.familyId !== undefined && image.familyId !== word(28))
      throw new Error(`block ${index} is for another microcontroller than those before it`)
    image.familyId = word(28)
  }
  writeFlash(image, word(12), new Uint8Array(block.buffer, block.byteOffset + DATA_AT, size))
}

/** Puts bytes into an image, whatever lay there. */
export function writeFlash(image: FlashImage, address: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    const at = address + done
    const start = at - (at % UF2_PAGE_BYTES)
    const count = Math.min(bytes.length - done, start + UF2_PAGE_BYTES - at)
    pageAt(image, start).set(bytes.subarray(done, done + count), at - start)
    done += count
  }
}

/** Bytes of an image; undefined when it does not name all of them. */
export function readFlash(
  image: FlashImage,
  address: number,
  count: number,
): Uint8Array | undefined {
  const bytes = new Uint8Array(count)
  for (let done = 0; done < count; ) {
    const at = address + done
    const start = at - (at % UF2_PAGE_BYTES)
    const page = image.pages.get(start)
    if (page === undefined) return undefined
    const part = page.subarray(at - start, at - start + count - done)
    bytes.set(part, done)
    done += part.length
  }
  return bytes
}

/** Whether an image names any byte of a stretch of flash. */
export function touches(image: FlashImage, address: number, count: number): boolean {
  return [...image.pages.keys()].some(
    (start) => start + UF2_PAGE_BYTES > address && start < address + count,
  )
}

/**
 * An image as a UF2 file, by rising addresses, with the family in each block, as the RP2040 wants it (its datasheet,
 * "UF2 Format Details"). Sectors that it names in part are filled up with what erasing
 * leaves: the RP2040's boot ROM erases a sector with its first block, and is not sound about those half written.
 */
export function writeUf2(image: FlashImage): Uint8Array {
  const { familyId } = image
  const starts = wholeSectors([...image.pages.keys()])
  const file = new Uint8Array(starts.length * BLOCK_BYTES)
  starts.forEach((start, i) => {
    const block = new DataView(file.buffer, i * BLOCK_BYTES, BLOCK_BYTES)
    const words = [
      ...MAGIC_START,
      familyId === undefined ? 0 : HAS_FAMILY,
      start,
      UF2_PAGE_BYTES,
      i,
      starts.length,
      familyId ?? 0,
    ]
    words.forEach((word, k) => {
      block.setUint32(4 * k, word, true)
    })
    file.set(image.pages.get(start) ?? emptyPage(), i * BLOCK_BYTES + DATA_AT)
    block.setUint32(END_AT, MAGIC_END, true)
  })
  return file
}

/** Addresses of all pages of the sectors in which the given pages lie, rising. */
function wholeSectors(starts: number[]): number[] {
  const sectors = new Set(starts.map((start) => start - (start % SECTOR_BYTES)))
  return [...sectors]
    .sort((a, b) => a - b)
    .flatMap((sector) =>
      Array.from({ length: SECTOR_BYTES / UF2_PAGE_BYTES }, (_, i) => sector + i * UF2_PAGE_BYTES),
    )
}

function pageAt(image: FlashImage, start: number): Uint8Array {
  const known = image.pages.get(start)
  if (known !== undefined) return known
  const page = emptyPage()
  image.pages.set(start, page)
  return page
}

function emptyPage(): Uint8Array {
  return new Uint8Array(UF2_PAGE_BYTES).fill(0xff)
}
