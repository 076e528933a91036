import { type Finding, warning } from "./finding"

/** Raspberry Pi Picos that show themselves as drives: their boot loader waits for firmware. */
export function checkDrives(drives: readonly string[], unmounted: string | undefined): Finding[] {
  const waiting = drives.map((drive) =>
    warning(
      drive,
      "a Pico waits here for its firmware",
      "coincell flash --board pico, or --board pico_w for a Pico W",
    ),
  )
  if (unmounted === undefined) return waiting
  const what = "a Pico waits for its firmware, as a drive that is not mounted"
  return [
    ...waiting,
    warning(unmounted, what, `udisksctl mount -b ${unmounted}, then coincell flash`),
  ]
}
