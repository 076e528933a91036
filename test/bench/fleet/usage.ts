import { readFileSync } from "node:fs"

/** Clock ticks of Linux's `/proc`, a second. */
const TICKS_PER_s = 100
const EVERY_ms = 1_000

/** What a process had used by then. */
export interface Used {
  at_s: number
  cpu_s: number
  memory_MB: number
}

/** Looks at the CPU time and the resident memory of processes once a second, in Linux's `/proc`. */
export class Usage {
  private readonly samples = new Map<string, Used[]>()
  private readonly timer: NodeJS.Timeout

  /** @param pids by name */
  constructor(pids: Readonly<Record<string, number>>) {
    this.timer = setInterval(() => {
      for (const [name, pid] of Object.entries(pids)) {
        const used = look(pid)
        if (used === undefined) continue
        const samples = this.samples.get(name) ?? []
        this.samples.set(name, samples)
        samples.push(used)
      }
    }, EVERY_ms)
  }

  of(name: string): Used[] {
    return this.samples.get(name) ?? []
  }

  close(): void {
    clearInterval(this.timer)
  }
}

/** A process's CPU time ÷ wall time between the first and the last look. */
export function cpuShare(used: readonly Used[]): number {
  const [first, last] = [used[0], used[used.length - 1]]
  return (last.cpu_s - first.cpu_s) / (last.at_s - first.at_s)
}

/** Undefined once it has ended. */
function look(pid: number): Used | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    // Behind the name, which may have spaces; see proc(5).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    const [user, system] = [Number(fields[11]), Number(fields[12])]
    const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]
    if (resident === undefined) return undefined
    return {
      at_s: performance.now() / 1000,
      cpu_s: (user + system) / TICKS_PER_s,
      memory_MB: (Number(resident) * 1024) / 1e6,
    }
  } catch {
    return undefined
  }
}
