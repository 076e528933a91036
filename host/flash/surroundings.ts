import { statSync } from "node:fs"
import type { Link } from "../transport/link"
import { openLink, parseAddress, SIMULATED_BOARD_PORT } from "../transport/open"
import { serialPorts } from "../transport/serialPorts"
import { canConnect } from "../transport/tcp"
import { TesterError } from "../errors"
import { bootDrives, unmountedDrive, writeToDrive } from "./drives"
import { realRun, type Run } from "./esptool"

/** This computer, as far as flashing needs it. */
export interface Surroundings {
  /** Addresses of the serial ports of some USB vendors, four lower-case hexadecimal digits each. */
  ports(usbVendors: readonly string[]): Promise<string[]>
  /** Where a simulated board is served; undefined when none is. */
  simulated(): Promise<string | undefined>
  /** Folders of boot drives. */
  drives(): string[]
  isFolder(path: string): boolean
  /** A boot drive that is not mounted. */
  unmounted(): string | undefined
  write(path: string, image: Uint8Array): void
  /** @throws TesterError, with what can be done about it */
  open(address: string): Promise<Link>
  run: Run
  sleep_ms(duration_ms: number): Promise<void>
}

/** @param show takes what other programs print */
export function thisComputer(show: (text: string) => void): Surroundings {
  const { platform } = process
  return {
    ports: async (usbVendors) =>
      (await serialPorts())
        .filter(({ usbVendor = "" }) => usbVendors.includes(usbVendor.toLowerCase()))
        .map(({ path }) => path),
    simulated: async () =>
      (await canConnect("127.0.0.1", SIMULATED_BOARD_PORT))
        ? `tcp:127.0.0.1:${SIMULATED_BOARD_PORT}`
        : undefined,
    drives: () => bootDrives(platform),
    isFolder: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
    unmounted: () => unmountedDrive(platform),
    write: writeToDrive,
    open: (text) => {
      const address = parseAddress(text)
      if (address.kind !== "simulated") return openLink(address)
      throw new TesterError(
        `--port ${text} is a simulated board that lives only as long as this command. 'coincell sim' runs one ` +
          "that goes on.",
      )
    },
    run: realRun(show),
    sleep_ms: (duration_ms) => new Promise((resolve) => setTimeout(resolve, duration_ms)),
  }
}
