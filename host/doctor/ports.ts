import type { Holder } from "../transport/portHolders"
import { type Finding, fromMessage, ok, problem, warning } from "./finding"

/** A serial port that the PC has. */
export interface PortFacts {
  /** Such as `/dev/ttyACM0`. */
  path: string
  isUsb: boolean
  /** Its USB vendor makes boards of ours; others' ports are not opened unasked. */
  mayBeBoard: boolean
  isPermitted: boolean
  /** Group that owns the device; undefined where there are no groups. */
  group: string | undefined
  /** Other programs that have it open. */
  holders: readonly Holder[]
  /** A board of ours answered on it. */
  hasBoard: boolean
  /** What went wrong when it was opened. */
  failure: string | undefined
}

/** What the ports are like. Those that are no USB devices matter only if a board is on them. */
export function checkPorts(ports: readonly PortFacts[]): Finding[] {
  const relevant = ports.filter((port) => port.isUsb || port.hasBoard)
  if (relevant.length > 0) return relevant.map(checkPort)
  return [
    warning(
      "serial ports",
      "no USB serial port",
      "plug a board in, by a cable that carries data, and look again",
    ),
  ]
}

export function checkPort(port: PortFacts): Finding {
  const about = port.path
  if (port.hasBoard) return ok(about, "a board answers")
  if (!port.mayBeBoard)
    return ok(about, `of another USB vendor, so left alone; '--port ${about}' looks at it`)
  if (!port.isPermitted)
    return problem(
      about,
      "you may not open it",
      `sudo usermod -aG ${port.group ?? "dialout"} $USER, then log out and in again`,
    )
  if (port.holders.length > 0)
    return warning(
      about,
      `open in ${port.holders.map(({ name, pid }) => `${name} (process ${pid})`).join(", ")}`,
      "close that program, unless it is the one that is to speak to the board",
    )
  if (port.failure !== undefined) return fromMessage(about, port.failure)
  return warning(
    about,
    "no board of ours answers",
    "press its reset button and look again; if it is new, 'coincell flash' gives it its firmware",
  )
}
