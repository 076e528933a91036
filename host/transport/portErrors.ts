import { BoardError } from "../errors"

/** A port that cannot be opened, or has no board of ours. The message says what to do about it. */
export class PortError extends BoardError {
  constructor(
    readonly address: string,
    problem: string,
  ) {
    super(`${address}: ${problem}`)
  }
}

/** What else is known when a port does not open. */
export interface PortSurroundings {
  /** Programs that have it open, with their names. */
  holders: string[]
  /** The serial ports that there are. */
  ports: string[]
}

/**
 * Why a serial port does not open, and what to do.
 * @param message what the system said, such as "Permission denied, cannot open /dev/ttyACM0"
 */
export function portProblem(
  path: string,
  message: string,
  around: PortSurroundings,
  platform = process.platform,
): string {
  if (/permission denied|operation not permitted|EACCES|EPERM/i.test(message))
    return notAllowed(path, platform)
  if (/no such file|ENOENT|file not found|ENXIO|no such device/i.test(message))
    return `there is no such port. ${portList(around.ports)}`
  if (/lock port|temporarily unavailable|busy|EBUSY|access denied/i.test(message))
    return `another program has the port open${held(around.holders)}. Close it and try again.`
  if (/inappropriate ioctl|ENOTTY|not a (tty|typewriter)/i.test(message))
    return `this is no serial port. ${portList(around.ports)}`
  // Windows tells numbers: 22 and 31 of a device that does not work, 433 and 1167 of one that has gone.
  if (/input\/output error|EIO|bad file descriptor|error code (22|31|433|1167)\b/i.test(message))
    return "the port went away while it was opened: was the board unplugged? Plug it in and try again."
  return `the port does not open (${message}).`
}

function notAllowed(path: string, platform: NodeJS.Platform): string {
  return platform === "linux"
    ? `this user may not open the port. Join the group that may: 'sudo usermod -aG dialout $USER', then log ` +
        `out and in again ('ls -l ${path}' shows the group, where it is another one).`
    : "this user may not open the port. Ask who keeps this computer for the right."
}

function held(holders: string[]): string {
  return holders.length === 0 ? "" : `: ${[...new Set(holders)].join(", ")}`
}

/** The ports that there are, as a sentence. */
export function portList(ports: string[]): string {
  return ports.length === 0
    ? "This computer has no serial port now: is the board plugged in, and its cable one that carries data?"
    : `There are: ${ports.join(", ")}.`
}

/** What a TCP connection failed with, and what to do. */
export function tcpProblem(code: string | undefined): string {
  switch (code) {
    case "ECONNREFUSED":
      return "nothing listens there. Start it first: 'coincell sim' serves a simulated board."
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "no computer of that name is known. Check the name, or give its IP address."
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "ETIMEDOUT":
      return "that computer does not answer. Is it on, in this network, and does its firewall let the port through?"
    default:
      return `the connection fails${code === undefined ? "" : ` (${code})`}.`
  }
}

/** What was heard on an open port in the time in which a board would have announced itself. */
export interface Heard {
  /** Jacdac devices. */
  devices: number
  /** Programs that have the port open beside us. */
  holders: string[]
}

/** Why no board of ours is at an open port, and what to do. */
export function absence(heard: Heard): string {
  if (heard.devices > 0)
    return "a DeviceScript board answers, but without our firmware: 'coincell flash' puts it there."
  const others =
    heard.holders.length > 0 ? ` The port is open in ${heard.holders.join(", ")} too.` : ""
  return (
    "no DeviceScript answers there: is this the board's port? A new board needs DeviceScript's runtime " +
    `first: 'coincell flash'. If it has that, press its reset button and try again.${others}`
  )
}

/** A board's firmware that is not this host's. */
export function wrongVersion(has: string, wanted: string, board: string): string {
  return (
    `the board has firmware ${has}, this host wants ${wanted}: each speaks its own version. Let the board's tests ` +
    "end, download them with the host of its version, and give it this version's firmware: 'coincell flash --board " +
    `${board === "" ? "KIND" : board}'.`
  )
}
