import { readdirSync, readFileSync, readlinkSync } from "node:fs"
import { join } from "node:path"

/** Of a line of /proc/net/tcp: the state of a socket that listens. */
const LISTENING = "0A"

/**
 * Who listens at a TCP port, as far as Linux's /proc tells: it shows a person's own programs, and root all.
 * @returns such as "coincell serve, process 1234"
 */
export function portHolder(port: number, proc = "/proc"): string | undefined {
  const sockets = new Set(
    ["net/tcp", "net/tcp6"].flatMap((file) => listening(join(proc, file), port)),
  )
  if (sockets.size === 0) return undefined
  const pid = names(proc)
    .filter((name) => /^\d+$/.test(name))
    .find((one) =>
      names(join(proc, one, "fd")).some((fd) => sockets.has(link(join(proc, one, "fd", fd)))),
    )
  return pid === undefined ? undefined : `${text(join(proc, pid, "comm")).trim()}, process ${pid}`
}

/** What `/proc/<pid>/fd` shows of the sockets that listen at a port. */
function listening(path: string, port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, "0")
  return text(path)
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(`:${hex}`) && state === LISTENING)
    .map((columns) => `socket:[${columns[9]}]`)
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function text(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return ""
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ""
  }
}
