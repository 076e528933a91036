import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, posix, win32 } from "node:path"
import { LinkLostError, TesterError } from "../errors"
import type { Link } from "../transport/link"
import { deploy, runtimeAt, type Telling, type Verified, verify } from "./deploy"
import { writeByEsptool } from "./esptool"
import type { Firmware } from "./firmware"
import { noBootDrive, noRuntime, nothingFound, severalPlaces, stillADrive } from "./guidance"
import { boardImage } from "./image"
import { runtimeFor } from "./runtime"
import type { Surroundings } from "./surroundings"
import { SIMULATED, type Target, target } from "./targets"

export interface FlashOrder {
  firmware: Firmware
  /** Where the board is: a port, or the folder of its boot drive; undefined: wherever it is found. */
  place: string | undefined
  /** File of DeviceScript's runtime; undefined: from its makers. */
  runtime: string | undefined
  /** Nothing runs on the board, whatever it says: its runtime may be installed. */
  isNew: boolean
}

export interface Flashed extends Verified {
  /** What was written: nothing, when the board had this very firmware. */
  written: "nothing" | "firmware" | "runtime and firmware"
}

/** A board that restarted is back within that; Windows looks for a driver when it sees its first. */
const BACK_ms = 30_000
const LOOK_ms = 500

/**
 * Puts firmware on a board, and its runtime where that is missing, and makes sure that it runs. Nothing is done to
 * a board that has a test.
 * @throws TesterError saying what to press, plug or install
 */
export async function flash(
  order: FlashOrder,
  around: Surroundings,
  telling: Telling,
): Promise<Flashed> {
  const { board } = order.firmware.mark
  if (board === SIMULATED) {
    const address = order.place ?? (await around.simulated())
    if (address !== undefined) return flashPort(order, address, around, telling)
    throw new TesterError("No simulated board is served here: start one by 'coincell sim'.")
  }
  const kind = target(board)
  const drives = kind.chip.way === "drive" ? around.drives() : []
  const place = order.place ?? (await onlyPlace(kind, drives, around))
  if (drives.some((drive) => isSameFolder(drive, place)))
    return flashDrive(order, kind, place, around, telling)
  if (around.isFolder(place)) throw new TesterError(noBootDrive(kind, place))
  return flashPort(order, place, around, telling, kind)
}

async function onlyPlace(kind: Target, drives: string[], around: Surroundings): Promise<string> {
  const places = [...drives, ...(await around.ports(kind.usbVendors))]
  if (places.length > 1) throw new TesterError(severalPlaces(places))
  if (places.length === 0) throw new TesterError(nothingFound(kind, around.unmounted()))
  return places[0]
}

function isSameFolder(a: string, b: string): boolean {
  const plain = (path: string) => path.replace(/[\\/]+$/, "")
  return plain(a) === plain(b)
}

/** A board at a port: its runtime takes the firmware, if there is one. */
async function flashPort(
  order: FlashOrder,
  address: string,
  around: Surroundings,
  telling: Telling,
  kind?: Target,
): Promise<Flashed> {
  const { firmware } = order
  const link = await around.open(address)
  try {
    const manager = await runtimeAt(link)
    if (manager !== undefined) {
      const isWritten = await deploy(link, manager, firmware, telling)
      const found = await verifyOver(link, firmware, around)
      return { ...found, written: isWritten ? "firmware" : "nothing" }
    }
  } finally {
    await link.close()
  }
  if (kind === undefined)
    throw new TesterError(
      `${address}: no DeviceScript answers there. A board of 'coincell sim --engine native' has none to flash.`,
    )
  if (kind.chip.way === "drive" || !order.isNew) throw new TesterError(noRuntime(kind, address))
  return flashByEsptool(order, kind, address, around, telling)
}

/** An ESP32 without a runtime. */
async function flashByEsptool(
  { firmware, runtime }: FlashOrder,
  kind: Target,
  address: string,
  around: Surroundings,
  telling: Telling,
): Promise<Flashed> {
  const image = boardImage(kind, await runtimeFor(kind, runtime), firmware.bytecode)
  const folder = mkdtempSync(join(tmpdir(), "coincell-"))
  try {
    const file = join(folder, "coincell.bin")
    writeFileSync(file, image)
    telling.step(`Writing runtime and firmware to the board at ${address} …`)
    await writeByEsptool(around.run, kind.chip.name, address, file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const found = await verifyWhenBack(async () => [address], firmware, around)
  return { ...found, written: "runtime and firmware" }
}

/** A board that waits as a drive: one file is all that it needs. */
async function flashDrive(
  { firmware, runtime }: FlashOrder,
  kind: Target,
  drive: string,
  around: Surroundings,
  telling: Telling,
): Promise<Flashed> {
  const image = boardImage(kind, await runtimeFor(kind, runtime), firmware.bytecode)
  const before = new Set(await around.ports(kind.usbVendors))
  telling.step(`Copying runtime and firmware to ${drive} …`)
  const { join: joined } = /^[A-Z]:/i.test(drive) ? win32 : posix
  try {
    around.write(joined(drive, "coincell.uf2"), image)
  } catch (error) {
    throw new TesterError(
      `${drive} does not take the image (${(error as Error).message}). Is it mounted for you to write to? Unplug the ` +
        "board, hold BOOTSEL, plug it in and flash again.",
    )
  }
  const appeared = async () =>
    (await around.ports(kind.usbVendors)).filter((port) => !before.has(port))
  try {
    const found = await verifyWhenBack(appeared, firmware, around)
    return { ...found, written: "runtime and firmware" }
  } catch (error) {
    if (!around.drives().some((one) => isSameFolder(one, drive))) throw error
    throw new TesterError(stillADrive(kind, drive))
  }
}

/** Verifies, once more over a new link where the board's restart has taken the first away. */
async function verifyOver(link: Link, firmware: Firmware, around: Surroundings): Promise<Verified> {
  try {
    return await verify(link, firmware)
  } catch (error) {
    if (!(error instanceof LinkLostError)) throw error
    return verifyWhenBack(async () => [link.address], firmware, around)
  }
}

/** Waits until a board answers at one of the ports that there are then. */
async function verifyWhenBack(
  ports: () => Promise<string[]>,
  firmware: Firmware,
  around: Surroundings,
): Promise<Verified> {
  let why = "no port of it appeared"
  for (let waited_ms = 0; waited_ms < BACK_ms; waited_ms += LOOK_ms) {
    await around.sleep_ms(LOOK_ms)
    for (const address of await ports()) {
      try {
        return await verifyAt(address, firmware, around)
      } catch (error) {
        if (!(error instanceof TesterError)) throw error
        why = error.message
      }
    }
  }
  throw new TesterError(
    `The board was written, but is not heard again: ${why} Unplug it, plug it in and look at 'coincell boards'; if ` +
      "it is not there, flash it once more.",
  )
}

async function verifyAt(
  address: string,
  firmware: Firmware,
  around: Surroundings,
): Promise<Verified> {
  const link = await around.open(address)
  try {
    return await verify(link, firmware)
  } finally {
    await link.close()
  }
}
