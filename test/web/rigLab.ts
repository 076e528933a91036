import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Row } from "../../host/catalogue/catalogue"
import { ownCatalogue } from "../../host/catalogue/open"
import { FollowedBoard } from "../../host/follow/followedBoard"
import { readNotifyConfig } from "../../host/notify/config"
import { Store } from "../../host/store/store"
import { StoredData } from "../../host/web/data/storedData"
import { Lab } from "../../host/live/lab"
import { SimulatedBoardProcess } from "../../host/web/simulatedBoard"
import { createApp } from "../../host/web/server/app"
import { Token } from "../../host/web/server/token"
import type { Rig } from "../scenario/harness"

const TOKEN = "a-token-for-the-tests"

/** An answer of the server: its status and its JSON. */
export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  body: any
}

/** A server over a rig's board, which looks at it only when it is told to. */
export interface RigLab {
  lab: Lab
  board: FollowedBoard
  /** What was noted in the data folder. */
  noted(): Promise<Row[]>
  get(path: string): Promise<Answer>
  /** @param body a text is sent as it is */
  post(path: string, body: unknown): Promise<Answer>
  close(): void
}

export async function rigLab({ client, link }: Rig): Promise<RigLab> {
  const folder = mkdtempSync(join(tmpdir(), "web-"))
  const notify = readNotifyConfig(folder, {})
  const lab = new Lab({ store: Store.open(folder), notify, ports: ["none"] })
  const board = new FollowedBoard(client.id, client.name)
  const firmware = await client.firmware()
  board.session = { link, board: client, firmware, isSimulated: true, close: async () => {} }
  lab.follower.boards.set(client.id, board)
  await board.look(board.session)
  const names = new Set(["localhost"])
  const simulated = new SimulatedBoardProcess()
  const guarded = { token: new Token(TOKEN), names, isOpen: true }
  const app = createApp({
    lab,
    data: new StoredData(folder),
    page: new Map(),
    simulated,
    ...guarded,
  })
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const headers = { host: "localhost", authorization: `Bearer ${TOKEN}` }
    const response = await app.request(`http://localhost${path}`, { ...init, headers })
    return { status: response.status, body: await response.json() }
  }
  return {
    lab,
    board,
    noted: () => ownCatalogue(folder).rows("actions"),
    get: (path) => ask(path, {}),
    post: (path, body) =>
      ask(path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) }),
    close: () => rmSync(folder, { recursive: true }),
  }
}
