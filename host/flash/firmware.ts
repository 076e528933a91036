import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { buildHash } from "../../firmware/buildHash.mjs"
import { builtFirmware } from "../board/builtFirmware"
import type { FirmwareMark } from "../board/firmware"
import { TesterError } from "../errors"

/** Firmware for a board, compiled. */
export interface Firmware {
  mark: FirmwareMark
  bytecode: Uint8Array
  /** Hexadecimal, as DeviceScript's runtime tells it of its program. */
  sha256: string
}

/**
 * The firmware of this host's version for a board, compiled now if it is not, or from older sources.
 * @throws TesterError when it does not compile
 */
export function firmwareFor(board: string): Firmware {
  if (builtFirmware(board)?.build !== buildHash()) compile(board)
  const mark = builtFirmware(board)
  if (mark === undefined) throw new TesterError(notBuilt(board))
  const path = new URL(`../../firmware/.devicescript/${board}/bytecode.devs`, import.meta.url)
  return firmwareOf(mark, readFileSync(path))
}

export function firmwareOf(mark: FirmwareMark, bytecode: Uint8Array): Firmware {
  return { mark, bytecode, sha256: createHash("sha256").update(bytecode).digest("hex") }
}

function compile(board: string): void {
  const root = fileURLToPath(new URL("../..", import.meta.url))
  try {
    // What it says goes to a person; stdout is for results.
    execFileSync(process.execPath, ["firmware/build.mjs", board], {
      cwd: root,
      stdio: ["ignore", process.stderr, process.stderr],
    })
  } catch {
    throw new TesterError(notBuilt(board))
  }
}

function notBuilt(board: string): string {
  return `The firmware for ${board} does not compile: 'node firmware/build.mjs ${board}' says why.`
}
