import { readdirSync, readFileSync, realpathSync } from "node:fs"
import { dirname, join } from "node:path"
import { SerialPort } from "serialport"

/** A serial port that this computer has now. */
export interface SerialPortInfo {
  path: string
  /** Four hexadecimal digits; undefined when the port is not on USB, or nobody says. */
  usbVendor: string | undefined
}

/** Whose USB ports may be opened unasked: opening a stranger's may reset it. */
const BOARD_VENDORS: Record<string, string> = {
  "2e8a": "Raspberry Pi",
  "303a": "Espressif",
}

/** Whether a board could be behind a port, as its USB vendor tells. */
export function mayBeBoard(port: SerialPortInfo): boolean {
  return port.usbVendor !== undefined && port.usbVendor.toLowerCase() in BOARD_VENDORS
}

/** A port as the library lists it. */
export type ListedPort = Pick<
  Awaited<ReturnType<typeof SerialPort.list>>[number],
  "path" | "vendorId"
>

/** All serial ports, by path. */
export async function serialPorts(): Promise<SerialPortInfo[]> {
  const seen = process.platform === "linux" ? usbPortsOfSysfs("/sys/class/tty") : []
  // On Linux the library asks udevadm, which small systems lack.
  const listed = await SerialPort.list().catch(() => [])
  return portsOf(process.platform, listed, seen)
}

/**
 * The ports of a system's listing.
 * @param seen USB ports that are known otherwise
 */
export function portsOf(
  platform: NodeJS.Platform,
  listed: readonly ListedPort[],
  seen: readonly SerialPortInfo[] = [],
): SerialPortInfo[] {
  const ports = listed.map(({ path, vendorId }) => ({
    path: platform === "darwin" ? calledOut(path) : path,
    usbVendor: vendorId,
  }))
  const known = new Set(ports.filter((one) => one.usbVendor !== undefined).map((one) => one.path))
  const found = [
    ...ports.filter((one) => !seen.some(({ path }) => path === one.path) || known.has(one.path)),
    ...seen.filter((one) => !known.has(one.path)),
  ]
  return found.sort((a, b) => a.path.localeCompare(b.path, "en", { numeric: true }))
}

/** On macOS a port has two names; that with tty is for calls that come in, and may wait for one. */
function calledOut(path: string): string {
  return path.replace(/^\/dev\/tty\./, "/dev/cu.")
}

/**
 * USB serial ports as Linux's sysfs has them: a port's device is an interface of the USB device that knows
 * its vendor.
 * @param folder `/sys/class/tty`
 */
export function usbPortsOfSysfs(folder: string): SerialPortInfo[] {
  return list(folder)
    .filter((name) => /^tty(ACM|USB)/.test(name))
    .map((name) => ({
      path: join("/dev", name),
      usbVendor: vendorOf(join(folder, name, "device")),
    }))
}

function vendorOf(device: string): string | undefined {
  try {
    // ttyACM's device is the interface, ttyUSB's a port of it.
    for (let at = realpathSync(device), up = 0; up < 3; at = dirname(at), up++)
      if (list(at).includes("idVendor")) return readFileSync(join(at, "idVendor"), "utf8").trim()
  } catch {
    return undefined
  }
  return undefined
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
