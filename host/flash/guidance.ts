// What a person has to press or plug, in words.
import type { Target } from "./targets"

const JUMPER = "On our base board jumper J6 (watchdog to reset) has to be open."

/** How to bring a board into the state in which it takes a runtime. */
function howToBoot(target: Target): string {
  return target.chip.way === "drive"
    ? `Unplug the ${target.title}, hold its BOOTSEL button down, plug it in, let go: a drive RPI-RP2 appears. ` +
        "Then flash again."
    : `Plug the ${target.title} in, and flash it with '--new'.`
}

/** Nothing was found that could be the board. */
export function nothingFound(target: Target, unmounted: string | undefined): string {
  if (unmounted !== undefined)
    return (
      `A ${target.title} waits as a drive, ${unmounted}, that is not mounted: 'udisksctl mount -b ${unmounted}', ` +
      "then flash again."
    )
  const what = target.chip.way === "drive" ? "serial port or boot drive" : "serial port"
  return [
    `No ${what} of a ${target.title} is here.`,
    "Has it run DeviceScript before? Plug it in by a cable that carries data, and flash again.",
    `Is it new? ${howToBoot(target)}`,
    "Is it at a port of another maker's USB? Name that by '--port'.",
    JUMPER,
  ].join("\n  ")
}

/** A folder was named where a board was wanted. */
export function noBootDrive(target: Target, folder: string): string {
  return target.chip.way === "drive"
    ? `${folder} is a folder, and not the boot drive of a ${target.title}: that has a file INFO_UF2.TXT, which says ` +
        `RPI-RP2. ${howToBoot(target)}`
    : `${folder} is a folder. A ${target.title} has no boot drive: '--port' wants its serial port.`
}

/** A port is there, and no DeviceScript answers at it. */
export function noRuntime(target: Target, address: string): string {
  const first = `${address}: no DeviceScript answers there, so the firmware has nothing to run on.`
  if (target.chip.way === "drive") return `${first} ${howToBoot(target)} ${JUMPER}`
  return (
    `${first} If nothing runs on the board, as on a new one, '--new' installs the runtime; a test would end by ` +
    `that. ${JUMPER}`
  )
}

/** The image was copied, and the board did not start from it. */
export function stillADrive({ board, title }: Target, drive: string): string {
  // macOS 26 says "Device not configured" to a copy, and keeps the drive; 13.0 and 13.2 mounted it read-only
  // (raspberrypi/pico-sdk, issues 1081 and 1266).
  return (
    `${drive} is still there, so the ${title} did not get the whole image. Unplug it, hold BOOTSEL, plug it in and ` +
    `flash again. Some releases of macOS cannot write to such a drive: then 'coincell bundle --board ${board} --out ` +
    "coincell.uf2' makes the file, and Raspberry Pi's 'picotool load -x coincell.uf2' writes it."
  )
}

/** Several places, of which one has to be named. */
export function severalPlaces(places: readonly string[]): string {
  const list = places.map((one) => `\n  --port ${one}`).join("")
  return `A board could be at each of these: name the one that you mean.${list}`
}
