// What a person has to press or plug, in words.
import type { Target } from "./targets"

const JUMPER = "On our base board jumper J6 (watchdog to reset) has to be open."

/** How to bring a board into the state in which it takes a runtime. */
export function howToBoot(target: Target): string {
  return target.chip.way === "drive"
    ? `Unplug the ${target.title}, hold its BOOTSEL button down, plug it in, let go: a drive RPI-RP2 appears. ` +
        `Then flash again. ${JUMPER}`
    : `Plug the ${target.title} in by a cable that carries data. ${JUMPER}`
}

/** Nothing was found that could be the board. */
export function nothingFound(target: Target, unmounted: string | undefined): string {
  if (unmounted !== undefined)
    return (
      `A ${target.title} waits as a drive, ${unmounted}, that is not mounted: 'udisksctl mount -b ${unmounted}', ` +
      "then flash again."
    )
  const what = target.chip.way === "drive" ? "serial port or boot drive" : "serial port"
  return (
    `No ${what} of a ${target.title} is here. Is its cable one that carries data? If it has run our firmware or ` +
    `DeviceScript before, plug it in and flash again; '--port' names a port of another maker's USB. If it is new: ` +
    howToBoot(target)
  )
}

/** A port is there, and no DeviceScript answers at it. */
export function noRuntime(target: Target, address: string): string {
  const first = `${address}: no DeviceScript answers there, so the firmware has nothing to run on.`
  if (target.chip.way === "drive") return `${first} ${howToBoot(target)}`
  return (
    `${first} If nothing runs on the board, as on a new one, '--new' installs the runtime; a test would end by ` +
    `that. ${JUMPER}`
  )
}

/** Several places, of which one has to be named. */
export function severalPlaces(places: readonly string[]): string {
  const list = places.map((one) => `\n  --port ${one}`).join("")
  return `A board could be at each of these: name the one that you mean.${list}`
}
