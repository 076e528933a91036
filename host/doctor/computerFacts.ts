import { accessSync, constants, existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import manifest from "../../devicescript.json" with { type: "json" }
import project from "../../package.json" with { type: "json" }
import type { ComputerFacts } from "./computer"

/** Looks at this PC. */
export function computerFacts(): ComputerFacts {
  return {
    platform: process.platform,
    nodeVersion: process.versions.node,
    nodeNeeded: project.engines.node.replace(/^\D+/, ""),
    unixTime_s: Date.now() / 1000,
    builtFirmware: Object.keys(manifest.boards).filter((board) =>
      existsSync(new URL(`../../firmware/.devicescript/${board}/bytecode.devs`, import.meta.url)),
    ),
    hasSocat: isOnPath("socat"),
  }
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
