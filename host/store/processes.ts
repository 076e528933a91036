import { readFileSync } from "node:fs"

/** Whether a process of this computer runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process answers so.
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}

/**
 * What tells a process from another that got its number later: which start of the computer it belongs to,
 * and when in that it began. Empty where the system does not say, which is everywhere but on Linux.
 */
export function processStart(pid: number): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    // The name, in brackets, may hold spaces and brackets. proc(5): starttime is field 22.
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]
    return `${boot} ${ticks}`
  } catch {
    return ""
  }
}
