import { expect, test } from "vitest"
import { checkDrives } from "../../host/doctor/drives"

test("a Pico in its boot loader is told with the command that it waits for", () => {
  expect(checkDrives([], undefined)).toEqual([])
  const [found] = checkDrives(["E:\\"], undefined)
  expect(found).toMatchObject({ about: "E:\\", level: "warning" })
  expect(found.fix).toContain("coincell flash --board pico")
  const [hidden] = checkDrives([], "/dev/disk/by-label/RPI-RP2")
  expect(hidden.fix).toMatch(
    /^udisksctl mount -b \/dev\/disk\/by-label\/RPI-RP2, then coincell flash/,
  )
})
