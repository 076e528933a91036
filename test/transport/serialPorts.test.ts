import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { holdersOf } from "../../host/transport/portHolders"
import { mayBeBoard, usbPortsOfSysfs } from "../../host/transport/serialPorts"

const root = mkdtempSync(join(tmpdir(), "coincell-sysfs-"))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A USB device in a small sysfs, with one serial port. */
function plug(name: string, vendor: string): void {
  const usb = join(root, "devices", `usb-${name}`)
  const interfaceOf = join(usb, "1-1:1.0")
  const device = name.startsWith("ttyUSB") ? join(interfaceOf, name) : interfaceOf
  mkdirSync(device, { recursive: true })
  writeFileSync(join(usb, "idVendor"), `${vendor}\n`)
  const port = join(root, "tty", name)
  mkdirSync(port, { recursive: true })
  symlinkSync(device, join(port, "device"))
}

test("USB ports are found in sysfs with their vendors, others are not", () => {
  plug("ttyACM0", "2e8a")
  plug("ttyACM3", "303a")
  plug("ttyUSB0", "0403")
  mkdirSync(join(root, "tty", "ttyS0"), { recursive: true })
  const ports = usbPortsOfSysfs(join(root, "tty"))
  expect(ports.sort((a, b) => a.path.localeCompare(b.path))).toEqual([
    { path: "/dev/ttyACM0", usbVendor: "2e8a" },
    { path: "/dev/ttyACM3", usbVendor: "303a" },
    { path: "/dev/ttyUSB0", usbVendor: "0403" },
  ])
  expect(ports.filter(mayBeBoard).map((one) => one.path)).toEqual(["/dev/ttyACM0", "/dev/ttyACM3"])
  expect(usbPortsOfSysfs(join(root, "nowhere"))).toEqual([])
})

test("a vendor that the library writes in capitals is known, a port without one is not opened", () => {
  expect(mayBeBoard({ path: "COM3", usbVendor: "2E8A" })).toBe(true)
  expect(mayBeBoard({ path: "/dev/ttyS0", usbVendor: undefined })).toBe(false)
})

test("who has a port open stands in /proc", () => {
  const proc = join(root, "proc")
  const port = join(root, "port")
  writeFileSync(port, "")
  mkdirSync(join(proc, "17", "fd"), { recursive: true })
  mkdirSync(join(proc, "18", "fd"), { recursive: true })
  mkdirSync(join(proc, "self", "fd"), { recursive: true })
  writeFileSync(join(proc, "17", "comm"), "minicom\n")
  symlinkSync(port, join(proc, "17", "fd", "4"))
  symlinkSync("/dev/null", join(proc, "18", "fd", "4"))
  expect(holdersOf(port, proc)).toEqual([{ pid: 17, name: "minicom" }])
  expect(holdersOf(join(root, "gone"), proc)).toEqual([])
})
