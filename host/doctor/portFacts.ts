import { accessSync, constants, readFileSync, statSync } from "node:fs"
import { holdersOf } from "../transport/portHolders"
import { mayBeBoard, serialPorts } from "../transport/serialPorts"
import type { PortFacts } from "./ports"

/** What can be told of this PC's serial ports without opening them. */
export async function portFacts(): Promise<PortFacts[]> {
  return (await serialPorts()).map((port) => ({
    path: port.path,
    isUsb: port.usbVendor !== undefined,
    mayBeBoard: mayBeBoard(port),
    isPermitted: isPermitted(port.path),
    group: groupOf(port.path),
    holders: holdersOf(port.path),
    hasBoard: false,
    failure: undefined,
  }))
}

function isPermitted(path: string): boolean {
  // Windows has no such rights on COM ports.
  if (process.platform === "win32") return true
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Name of the group that owns a device, where joining it helps: on Linux. */
function groupOf(path: string): string | undefined {
  if (process.platform !== "linux") return undefined
  try {
    const { gid } = statSync(path)
    const line = readFileSync("/etc/group", "utf8")
      .split("\n")
      .find((one) => one.split(":")[2] === `${gid}`)
    return line?.split(":")[0]
  } catch {
    return undefined
  }
}
