// Listings as serialport 13 gives them on each system for a Raspberry Pi Pico with DeviceScript's runtime, whose
// descriptors say 303A:000A (microsoft/devicescript-pico, src/usb_descriptors.c), one with another program (2E8A:000A)
// and a XIAO ESP32-C3 (303A:1001). Their form is that of others' records: node-usb-detection's issue 128 (Windows),
// HyperSerialPico's 12 (Linux), arduino-pico's 974 (macOS). They were not recorded on such computers.
import { describe, expect, test } from "vitest"
import { portProblem } from "../../host/transport/portErrors"
import { mayBeBoard, portsOf } from "../../host/transport/serialPorts"

const listings = {
  linux: [
    { path: "/dev/ttyS0", pnpId: undefined, vendorId: undefined },
    {
      path: "/dev/ttyACM0",
      manufacturer: "Raspberry Pi",
      serialNumber: "JD2A6F5913B73860E6",
      pnpId: "usb-Raspberry_Pi_RP2040_JD2A6F5913B73860E6-if00",
      vendorId: "303a",
      productId: "000a",
    },
    {
      path: "/dev/ttyACM1",
      manufacturer: "Raspberry Pi",
      serialNumber: "E6614C311B4FC726",
      pnpId: "usb-Raspberry_Pi_Pico_E6614C311B4FC726-if00",
      vendorId: "2e8a",
      productId: "000a",
    },
    {
      path: "/dev/ttyACM10",
      manufacturer: "Espressif",
      serialNumber: "34:85:18:00:11:22",
      pnpId: "usb-Espressif_USB_JTAG_serial_debug_unit_34:85:18:00:11:22-if00",
      vendorId: "303a",
      productId: "1001",
    },
    { path: "/dev/ttyACM2", manufacturer: "Arduino", vendorId: "2341", productId: "0043" },
  ],
  darwin: [
    { path: "/dev/tty.Bluetooth-Incoming-Port", vendorId: undefined },
    { path: "/dev/tty.debug-console", vendorId: undefined },
    {
      path: "/dev/tty.usbmodem14201",
      manufacturer: "Raspberry Pi",
      serialNumber: "JD2A6F5913B73860E6",
      locationId: "14200000",
      vendorId: "303a",
      productId: "000a",
    },
    {
      path: "/dev/tty.usbmodem14301",
      manufacturer: "Espressif",
      locationId: "14300000",
      vendorId: "303a",
      productId: "1001",
    },
  ],
  win32: [
    {
      path: "COM1",
      manufacturer: "(Standard port types)",
      pnpId: "ACPI\\PNP0501\\1",
      vendorId: undefined,
    },
    {
      path: "COM12",
      manufacturer: "Microsoft",
      serialNumber: "6&2B8F1A3C&0&0000",
      pnpId: "USB\\VID_303A&PID_000A&MI_00\\6&2B8F1A3C&0&0000",
      locationId: "Port_#0003.Hub_#0001",
      friendlyName: "USB Serial Device (COM12)",
      vendorId: "303A",
      productId: "000A",
    },
    {
      path: "COM4",
      manufacturer: "Microsoft",
      pnpId: "USB\\VID_303A&PID_1001&MI_00\\6&1F2E3D4C&0&0000",
      friendlyName: "USB Serial Device (COM4)",
      vendorId: "303A",
      productId: "1001",
    },
  ],
} as const

describe("ports that may have a board, in the order of their numbers", () => {
  test.each([
    ["linux", ["/dev/ttyACM0", "/dev/ttyACM1", "/dev/ttyACM10"]],
    ["darwin", ["/dev/cu.usbmodem14201", "/dev/cu.usbmodem14301"]],
    ["win32", ["COM4", "COM12"]],
  ] as const)("%s", (platform, expected) => {
    const ports = portsOf(platform, listings[platform]).filter(mayBeBoard)
    expect(ports.map(({ path }) => path)).toEqual(expected)
  })

  test("Linux without udevadm: what sysfs shows", () => {
    const seen = [{ path: "/dev/ttyACM0", usbVendor: "2e8a" }]
    expect(portsOf("linux", [], seen)).toEqual(seen)
    // One that knows less than the other leaves it its word.
    expect(portsOf("linux", [{ path: "/dev/ttyACM0", vendorId: undefined }], seen)).toEqual(seen)
  })
})

// Messages of serialport's bindings for each system (its serialport_unix.cpp and serialport_win.cpp).
describe("a port that does not open, by system", () => {
  const around = { holders: [], ports: [] }
  test.each([
    ["linux", "Error: Permission denied, cannot open /dev/ttyACM0", "dialout"],
    ["darwin", "Error: Permission denied, cannot open /dev/cu.usbmodem14201", "Ask who keeps"],
    [
      "darwin",
      "Error: Operation not permitted, cannot open /dev/cu.usbmodem14201",
      "Ask who keeps",
    ],
    ["darwin", "Error: Resource busy, cannot open /dev/cu.usbmodem14201", "another program has"],
    ["win32", "Opening COM12: Access denied", "another program has the port open. Close it"],
    ["win32", "Opening COM12: File not found", "there is no such port"],
    ["win32", "Opening COM12: Unknown error code 31", "the port went away"],
    ["win32", "Opening COM12: Unknown error code 1167", "the port went away"],
    ["win32", "Opening COM12: Unknown error code 3100", "does not open (Opening COM12"],
  ] as const)("%s: %s", (platform, message, expected) => {
    expect(portProblem("port", message, around, platform)).toContain(expected)
  })
})
