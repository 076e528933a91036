import { type FlashImage, readFlash, writeFlash, writeUf2 } from "../../firmware/image/uf2"
import { TesterError } from "../errors"
import { programStore } from "../transport/simulated"
import type { Runtime } from "./runtime"
import type { Target } from "./targets"

/**
 * One image with all that a board needs: the runtime, with the board's configuration in it, and the firmware as
 * the runtime keeps it, laid out by DeviceScript's own code. It has nothing of a single board, so one image serves
 * a whole class. The place of program and settings is named as a whole: whatever lay there before goes.
 * @returns a UF2 file, or a .bin for address 0
 */
export function boardImage(target: Target, runtime: Runtime, bytecode: Uint8Array): Uint8Array {
  const { chip } = target
  const store = programStore(bytecode, chip.storeBytes)
  const image: FlashImage = {
    familyId: runtime.image.familyId,
    pages: new Map([...runtime.image.pages].map(([at, page]) => [at, page.slice()])),
  }
  if (chip.way === "esptool") refuseProgram(runtime, chip.storeAt, chip.storeBytes)
  writeFlash(image, chip.storeAt, store)
  return chip.way === "drive" ? writeUf2(image) : bin(image)
}

/** A .bin may be padded as far as that, but nothing of it may lie there. */
function refuseProgram({ image, source }: Runtime, address: number, count: number): void {
  for (let at = address; at < address + count; at += 256) {
    const bytes = readFlash(image, at, 256)
    if (bytes?.some((byte) => byte !== 0x00 && byte !== 0xff))
      throw new TesterError(`${source}: this image has a program in it already.`)
  }
}

function bin(image: FlashImage): Uint8Array {
  const end = Math.max(...image.pages.keys()) + 256
  const file = new Uint8Array(end).fill(0xff)
  for (const [at, page] of image.pages) file.set(page, at)
  return file
}
