import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { soundPages } from "../soundStore"
import type { Target } from "../target"
import { lyingBoards } from "./boards"
import { jdusbAtBoard, jdusbAtHost, tcpAtHost } from "./jdusb"
import { calibrations, logPages } from "./pages"
import { requests } from "./requests"
import { stores } from "./stores"
import { cells, notifyFiles, protocols, pybammSteps } from "./texts"

/** All that takes something from outside, but for the board itself: `frames.ts`. @param root an empty folder, for all that is written */
export function allTargets(root: string): Target[] {
  const folder = (name: string) => {
    mkdirSync(join(root, name), { recursive: true })
    return join(root, name)
  }
  return [
    jdusbAtHost,
    jdusbAtBoard,
    tcpAtHost,
    protocols,
    pybammSteps,
    cells,
    notifyFiles(folder("notify")),
    logPages(soundPages(folder("pages"))),
    calibrations,
    stores(folder("stores")),
    lyingBoards(folder("boards")),
    requests(folder("requests")),
  ]
}
