import { BoardPort } from "../board/port"
import { BoardClient } from "../boardClient"
import { BoardError } from "../errors"
import { hasTest } from "../follow/changes"
import type { Link } from "../transport/link"
import type { Manager } from "./manager"
import { SIMULATED, targets } from "./targets"

/** By which the simulated board's runtime says what it is: that of DeviceScript's own simulator. */
const SIMULATED_PRODUCT = 0x3fe5b46f

/**
 * Makes sure that a board is of the kind that the firmware is for: pins are compiled in.
 * @throws BoardError naming the right kind
 */
export async function checkKind(manager: Manager, board: string, address: string): Promise<void> {
  const kinds = [
    ...targets,
    { board: SIMULATED, title: "simulated board", productId: SIMULATED_PRODUCT },
  ]
  const wanted = kinds.find((one) => one.board === board)
  const productId = await manager.productId()
  if (wanted?.productId === productId) return
  const is = kinds.find((one) => one.productId === productId)
  throw new BoardError(
    is === undefined
      ? `${address}: this board's runtime is made for product 0x${productId.toString(16)}, which is none of ours, ` +
          `and not for the ${wanted?.title}. Its pins would be wrong: install the right runtime first.`
      : `${address}: this is a ${is.title}: '--board ${is.board}' is for that.`,
  )
}

/**
 * Makes sure that firmware can be changed under no test: none runs, is paused, or waits for a person.
 * @throws BoardError naming what is on which channel, and how to end it
 */
export async function checkIdle(link: Link, manager: Manager): Promise<void> {
  if ((await manager.programSize()) === 0) return
  const busy: string[] = []
  for (const id of await BoardPort.list(link)) {
    const board = await BoardClient.find(link, id)
    busy.push(...(await tests(board)))
  }
  if (busy.length > 0)
    throw new BoardError(
      `${link.address}: firmware is never changed under a test.\n  ${busy.join("\n  ")}\nLet them end, or stop ` +
        "them, and flash then.",
    )
}

async function tests(board: BoardClient): Promise<string[]> {
  const found: string[] = []
  try {
    for (let channel = 0; channel < (await board.channels()); channel++) {
      const status = await board.status(channel)
      if (!hasTest(status)) continue
      const how = status.waitsForPerson ? "waits for a person" : `is ${status.state.toLowerCase()}`
      found.push(
        `board ${board.name}, channel ${channel}: test ${status.test} ${how}, in cycle ${status.cycle}: ` +
          `'coincell stop --channel ${channel}' ends it`,
      )
    }
  } catch (error) {
    if (!(error instanceof BoardError)) throw error
    throw new BoardError(
      `Board ${board.name} does not say whether a test runs on it: ${error.message} If none does, flash it by its ` +
        "boot loader: hold its BOOTSEL or BOOT button while plugging it in.",
    )
  }
  return found
}
