import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { expect, test } from "vitest"
import { absence, portProblem, tcpProblem, wrongVersion } from "../../host/transport/portErrors"
import { openSerial } from "../../host/transport/serial"
import { hasSocat, serve } from "./served"

const around = { holders: [], ports: ["/dev/ttyACM0", "/dev/ttyACM1"] }

test.each([
  ["Error: Permission denied, cannot open /dev/ttyACM0", "sudo usermod -aG dialout $USER"],
  [
    "Error: No such file or directory, cannot open /dev/x",
    "There are: /dev/ttyACM0, /dev/ttyACM1.",
  ],
  ["Opening COM7: File not found", "there is no such port"],
  ["Error Resource temporarily unavailable Cannot lock port", "another program has the port open."],
  ["Opening COM3: Access denied", "another program has the port open."],
  ["Error: Inappropriate ioctl for device setting custom baud rate", "this is no serial port"],
  ["Error: Input/output error, cannot flush", "went away while it was opened"],
  ["Error: it is Tuesday", "the port does not open (Error: it is Tuesday)"],
])("%s", (message, expected) => {
  expect(portProblem("/dev/ttyACM0", message, around)).toContain(expected)
})

test("a port's holders are named, each once", () => {
  const busy = "Error Resource temporarily unavailable Cannot lock port"
  const holders = ["minicom", "minicom", "ModemManager"]
  expect(portProblem("/dev/ttyACM0", busy, { holders, ports: [] })).toBe(
    "another program has the port open: minicom, ModemManager. Close it and try again.",
  )
  expect(portProblem("/dev/x", "No such file", { holders: [], ports: [] })).toContain(
    "no serial port now: is the board plugged in",
  )
})

test("what a silent or strange port means", () => {
  expect(absence({ devices: 0, holders: [] })).toContain("no DeviceScript answers there")
  expect(absence({ devices: 0, holders: ["screen"] })).toContain("open in screen too")
  expect(absence({ devices: 2, holders: [] })).toContain("without our firmware: 'coincell flash'")
  expect(wrongVersion("0.0.9", "0.1.0", "pico")).toMatch(
    /has firmware 0.0.9.*wants 0.1.0.*coincell flash --board pico/,
  )
  expect(tcpProblem("ECONNREFUSED")).toContain("coincell sim")
  expect(tcpProblem("ENOTFOUND")).toContain("Check the name")
  expect(tcpProblem("EPIPE")).toBe("the connection fails (EPIPE).")
})

test("no such port, really", async () => {
  await expect(openSerial("/dev/coincell-none")).rejects.toThrow(
    /^\/dev\/coincell-none: there is no such port/,
  )
})

test.skipIf(process.platform !== "linux")("a file is no port, really", async () => {
  await expect(openSerial("/etc/hostname")).rejects.toThrow("this is no serial port")
})

const hasFlock = spawnSync("flock", ["--version"]).status === 0

test.skipIf(!hasSocat || !hasFlock)("a program that has the port is named, really", async () => {
  const { pty, stop } = await serve({ seed: 422, speed: 1, withPty: true })
  const other = spawn("flock", [pty, "sh", "-c", "echo locked; exec sleep 60"])
  await once(other.stdout, "data")
  await expect(openSerial(pty)).rejects.toThrow(/another program has the port open: .*sleep/)
  other.kill()
  await stop()
})

test.skipIf(!hasSocat)("a port that is open already, really", async () => {
  const { pty, stop } = await serve({ seed: 421, speed: 1, withPty: true })
  const link = await openSerial(pty)
  await expect(openSerial(pty)).rejects.toThrow("another program has the port open")
  await link.close()
  const again = await openSerial(pty)
  await again.close()
  await stop()
})
