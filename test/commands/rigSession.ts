import { vi } from "vitest"
import { builtFirmware } from "../../host/board/builtFirmware"
import type { Session } from "../../host/session"
import type { Rig } from "../scenario/harness"

/** The board that commands find, whatever they are told about ports. Tests mock `host/session` with this. */
export const found: { session: Session | undefined } = { session: undefined }

/** What stands in for `host/session`. */
export function sessionModule() {
  const opened = async (): Promise<Session> => {
    if (found.session === undefined) throw new Error("no session")
    return found.session
  }
  return {
    openBoard: opened,
    openBoards: async () => [await opened()],
    findBoards: vi.fn(),
  }
}

/** Lets commands find a rig's board. */
export function offer({ link, client }: Rig): void {
  const firmware = builtFirmware("sim")
  if (firmware === undefined) throw new Error("the firmware is not built")
  found.session = {
    link,
    board: client,
    firmware,
    isSimulated: true,
    close: async () => {},
  }
}
