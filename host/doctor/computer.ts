import { type Finding, ok, problem, warning } from "./finding"

/** What the PC has, apart from boards and the store. */
export interface ComputerFacts {
  /** As `process.platform` gives it. */
  platform: string
  /** Without a v before it. */
  nodeVersion: string
  /** The oldest that works. */
  nodeNeeded: string
  unixTime_s: number
  /** Boards whose firmware is built, by their key in devicescript.json. */
  builtFirmware: string[]
  hasSocat: boolean
}

/** Anything earlier is a clock that was never set. */
const THIS_PROGRAM_s = Date.UTC(2026, 0, 1) / 1000

export function checkComputer(facts: ComputerFacts): Finding[] {
  return [
    checkNode(facts.nodeVersion, facts.nodeNeeded),
    checkCalendar(facts.unixTime_s),
    checkFirmware(facts.builtFirmware),
    ...(facts.platform === "linux" ? [checkSocat(facts.hasSocat)] : []),
  ]
}

export function checkNode(version: string, needed: string): Finding {
  if (compareVersions(version, needed) >= 0) return ok("Node.js", `version ${version}`)
  return problem(
    "Node.js",
    `version ${version} is older than ${needed}`,
    `install Node.js ${needed} or newer, from nodejs.org or with nvm`,
  )
}

export function checkCalendar(unixTime_s: number): Finding {
  const today = new Date(unixTime_s * 1000).toISOString().slice(0, 16).replace("T", " ")
  if (unixTime_s >= THIS_PROGRAM_s) return ok("PC clock", `${today} UTC`)
  return problem(
    "PC clock",
    `it says ${today} UTC, and boards take their time from it`,
    "set the clock, best by NTP: timedatectl set-ntp true",
  )
}

export function checkFirmware(built: readonly string[]): Finding {
  if (built.includes("sim")) return ok("firmware", `built for ${built.join(", ")}`)
  return warning(
    "firmware",
    "it is not built for the simulated board, so --port sim and demo do not work",
    "run 'npm run build'",
  )
}

export function checkSocat(isThere: boolean): Finding {
  if (isThere) return ok("socat", "found, for 'coincell sim --pty'")
  return warning("socat", "not found; only 'coincell sim --pty' needs it", "apt install socat")
}

/** Below 0, 0 or above 0, as `a` is older than `b`, the same or newer. */
function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => version.split(".").map(Number))
  const at = x.findIndex((part, i) => part !== y[i])
  return at < 0 ? 0 : x[at] - (y[at] ?? 0)
}
