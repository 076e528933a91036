import { BOARD_CHANNEL } from "../../../firmware/core/logFormat"
import { decodePage, type LogPage } from "../../../host/log/decodePage"
import { isWhole } from "../../../host/log/page"
import { Store } from "../../../host/store/store"
import type { StoredTest } from "../../../host/store/storedTest"
import type { FleetBoard } from "./boards"
import { startNode } from "./processes"

/** What stands in the boards' flash: fetched anew from each, into a store that no agent knows. */
export interface Truth {
  tests: StoredTest[]
  /** Of tests, by board, in their order. */
  pages: Map<string, LogPage[]>
  tornPages: number
}

/** @param program the tool @param folder a new one */
export async function fetchTruth(
  program: string,
  folder: string,
  boards: readonly FleetBoard[],
): Promise<Truth> {
  for (const { served } of boards)
    await run([program, "download", "--port", served.tcp, "--data", folder])
  const store = Store.open(folder)
  const pages = new Map<string, LogPage[]>()
  let tornPages = 0
  for (const { id } of boards) {
    const all = [...store.board(id).pages()]
    tornPages += all.filter((page) => !isWhole(page)).length
    const decoded = all.filter(isWhole).map((page) => decodePage(page))
    pages.set(
      id,
      decoded.filter(({ channel }) => channel !== BOARD_CHANNEL),
    )
  }
  return { tests: store.tests(), pages, tornPages }
}

function run(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ""
    const child = startNode(args, {}, (text) => {
      said += text
    })
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(said))))
  })
}
