/**
 * DeviceScript's heap of a script, found in the memory that a runtime lives in: the RP2040's SRAM, or the VM's.
 * Source: microsoft/devicescript, runtime/devicescript/gc_alloc.c. A chunk begins with a pointer to the next
 * one and one to its last word; then block follows block, each with a header of tag (8 bits) and size in words (24).
 */
export interface ScriptHeap {
  /** Of all blocks, bytes. */
  size: number
  /** Of free ones. What the script has dropped is not free before the runtime collects it. */
  free: number
}

const LAST_WORD = 0x4f000001 // final, pinned; one word
const FREE = 0x1
const TAG_MASK = 0xf
const SIZE_MASK = 0xffffff
/** A script's heap has 64 kB; smaller things that look like one are none. */
const LEAST_BYTES = 16 * 1024

/**
 * @param address of the memory's first byte, as the runtime sees it
 * @returns undefined where no script runs
 */
export function findScriptHeap(memory: Uint8Array, address = 0): ScriptHeap | undefined {
  const view = new DataView(memory.buffer, memory.byteOffset, memory.length)
  for (let at = 0; at + 8 <= memory.length; at += 4) {
    const end = view.getUint32(at + 4, true) - address
    if (end < at + LEAST_BYTES || end + 4 > memory.length || end % 4 !== 0) continue
    if (view.getUint32(end, true) !== LAST_WORD) continue
    const heap = walk(view, at + 8, end)
    if (heap !== undefined) return heap
  }
  return undefined
}

function walk(view: DataView, start: number, end: number): ScriptHeap | undefined {
  let free = 0
  for (let at = start; at < end; ) {
    const header = view.getUint32(at, true)
    const bytes = 4 * (header & SIZE_MASK)
    const tag = header >>> 24
    if (bytes === 0 || tag === 0 || at + bytes > end) return undefined
    if ((tag & TAG_MASK) === FREE) free += bytes
    at += bytes
  }
  return { size: end - start, free }
}
