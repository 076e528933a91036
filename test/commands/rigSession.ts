import { vi } from "vitest"
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
  found.session = {
    link,
    board: client,
    firmware: { version: "0.1.0", board: "sim" },
    isSimulated: true,
    close: async () => {},
  }
}
