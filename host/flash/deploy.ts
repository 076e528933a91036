import { parseFirmware } from "../board/firmware"
import { BoardClient } from "../boardClient"
import { BoardError, LinkLostError, TesterError } from "../errors"
import type { Link } from "../transport/link"
import { checkIdle, checkKind } from "./checks"
import type { Firmware } from "./firmware"
import { Manager } from "./manager"

/** What there is to tell while firmware is written. */
export interface Telling {
  /** A step in words. */
  step(text: string): void
  /** Share that is written, 0 … 1. */
  progress(share: number): void
}

/** A board that runs the firmware that it was given. */
export interface Verified {
  /** As other commands have them. */
  name: string
  id: string
  address: string
}

/**
 * The runtime at a link; undefined when none answers.
 * @throws BoardError when there are several
 */
export async function runtimeAt(link: Link): Promise<Manager | undefined> {
  const managers = await Manager.list(link)
  if (managers.length > 1)
    throw new BoardError(
      `${link.address}: ${managers.length} boards answer there. Leave one plugged in while flashing.`,
    )
  return managers[0]
}

/**
 * Puts firmware on a board that has DeviceScript's runtime, unless a test is on it.
 * @returns whether anything had to be written
 * @throws BoardError, with what to do; the board takes firmware again after any of them
 */
export async function deploy(
  link: Link,
  manager: Manager,
  firmware: Firmware,
  telling: Telling,
): Promise<boolean> {
  await checkKind(manager, firmware.mark.board, link.address)
  if ((await manager.programHash()) === firmware.sha256) return false
  await checkIdle(link, manager)
  telling.step(`Writing firmware to the board at ${link.address} …`)
  await manager.deploy(firmware.bytecode, telling.progress)
  return true
}

/**
 * Makes sure that a board runs a firmware: its runtime has these very bytes, and the board itself says version and
 * build.
 * @throws BoardError when it does not
 */
export async function verify(link: Link, { mark, sha256 }: Firmware): Promise<Verified> {
  const { address } = link
  const manager = await runtimeAt(link)
  const hash = await manager?.programHash()
  if (hash !== sha256)
    throw new BoardError(
      `${address}: the board does not have what was written to it. Flash it again.`,
    )
  const { name, id, says } = await askFirmware(link)
  const { version, build } = parseFirmware(says)
  if (version === mark.version && build === mark.build) return { name, id, address }
  throw new BoardError(
    `${address}: the board says that it runs ${says}, and was given ${mark.version} ${mark.board} ${mark.build}. ` +
      "Flash it again.",
  )
}

async function askFirmware(link: Link): Promise<{ name: string; id: string; says: string }> {
  try {
    const board = await BoardClient.find(link)
    const [says] = await board.register("firmware")
    return { name: board.name, id: board.id, says: String(says) }
  } catch (error) {
    if (!(error instanceof TesterError) || error instanceof LinkLostError) throw error
    throw new BoardError(
      `${link.address}: the firmware is on the board, but does not answer (${error.message}) Unplug the board, plug ` +
        "it in and look at 'coincell doctor'; if it stays silent, its runtime may be an old one: install it anew by " +
        "the boot loader.",
    )
  }
}
