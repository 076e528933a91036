import { readFileSync } from "node:fs"
import type { FirmwareMark } from "./firmware"

/** The firmware that this host has built for a board; undefined when it has not. */
export function builtFirmware(board: string): FirmwareMark | undefined {
  const path = new URL(`../../firmware/.devicescript/${board}/build.json`, import.meta.url)
  try {
    return JSON.parse(readFileSync(path, "utf8")) as FirmwareMark
  } catch {
    return undefined
  }
}

/**
 * Why new tests should not be started on a board: its firmware has this host's version, but is another build than
 * this host's. Undefined when all is well, or when this host has built none for such a board and cannot tell.
 */
export function otherBuild(
  firmware: FirmwareMark,
  built = builtFirmware(firmware.board),
): string | undefined {
  if (built?.build === undefined || firmware.build === built.build) return undefined
  const has = firmware.build === undefined ? "an early build" : `build ${firmware.build}`
  return `its firmware is ${has} of version ${firmware.version}, this host's is build ${built.build}`
}
