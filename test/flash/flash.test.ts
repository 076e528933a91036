import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, expect, test } from "vitest"
import { readUf2, touches } from "../../firmware/image/uf2"
import type { Telling } from "../../host/flash/deploy"
import { flash, type FlashOrder } from "../../host/flash/flash"
import type { Run } from "../../host/flash/esptool"
import type { Surroundings } from "../../host/flash/surroundings"
import { openBoard } from "../../host/session"
import { openLink, parseAddress } from "../../host/transport/open"
import { SimulatedLink } from "../../host/transport/simulated"
import { SimulatedBoard } from "../../sim/board"
import { type Served, serve } from "../transport/served"
import { madeUpBin, madeUpUf2 } from "./madeUpRuntime"
import { newFirmware, oldFirmware } from "./oldFirmware"
import { serveOpen } from "./servedOpen"

const folder = mkdtempSync(join(tmpdir(), "coincell-flash-"))
const uf2 = join(folder, "runtime.uf2")
writeFileSync(uf2, madeUpUf2())
const bin = join(folder, "runtime.bin")
writeFileSync(bin, madeUpBin())

afterAll(() => rmSync(folder, { recursive: true }))

let served: Served | undefined
afterEach(async () => {
  await served?.stop()
  served = undefined
})

const silent: Telling = { step: () => {}, progress: () => {} }

/** The simulated board's bytecode under the name of another board, for ways that do not ask a runtime for its kind. */
function order(board: string, changes: Partial<FlashOrder> = {}): FlashOrder {
  const firmware = newFirmware()
  return {
    firmware: { ...firmware, mark: { ...firmware.mark, board } },
    place: undefined,
    runtime: undefined,
    isNew: false,
    ...changes,
  }
}

/** A computer without anything, but for what is given. */
function computer(changes: Partial<Surroundings> = {}): Surroundings {
  return {
    ports: async () => [],
    simulated: async () => undefined,
    drives: () => [],
    isFolder: () => false,
    unmounted: () => undefined,
    write: () => {},
    open: (text) => {
      const address = parseAddress(text)
      if (address.kind === "simulated") throw new Error(text)
      return openLink(address)
    },
    run: async () => ({ code: undefined, output: "" }),
    // What comes back does so at once.
    sleep_ms: async () => {},
    ...changes,
  }
}

test("an old version, which the host refuses to speak to, is named with its fix, seed 921", async () => {
  served = await serveOpen(921, oldFirmware({ version: "0.0.9" }).bytecode)
  await expect(openBoard({ port: served.tcp })).rejects.toThrow(
    /firmware 0\.0\.9, this host wants .*'coincell flash --board sim'/,
  )
  await flash(order("sim", { place: served.tcp }), computer(), silent)
  const session = await openBoard({ port: served.tcp })
  await session.close()
})

test("the cable is pulled while firmware is written: told at once, and mended by flashing again, seed 922", async () => {
  served = await serveOpen(922, oldFirmware({ build: "0123abcd" }).bytecode)
  const { server, tcp } = served
  const pull = { step: () => {}, progress: (share: number) => share > 0.5 && server.unplug() }
  await expect(flash(order("sim", { place: tcp }), computer(), pull as Telling)).rejects.toThrow(
    /not written to its end.*gone.*flash it again/,
  )
  server.cut()
  server.power()
  const flashed = await flash(order("sim", { place: tcp }), computer(), silent)
  expect(flashed.written).toBe("firmware")
})

test("a Pico that waits as a drive gets one file with all of it, and is then heard at its port, seed 923", async () => {
  let ports: string[] = []
  let written: { path: string; image: Uint8Array } | undefined
  const around = computer({
    drives: () => ["/media/ann/RPI-RP2"],
    // As DeviceScript's runtime on a Pico calls itself.
    ports: async (vendors) => (vendors.includes("303a") ? ports : []),
    write: (path, image) => {
      written = { path, image }
    },
    // The board restarts: here as a simulated one with the same program.
    sleep_ms: async () => {
      served ??= await serve({ seed: 923 })
      ports = [served.tcp]
    },
  })
  const flashed = await flash(order("pico", { runtime: uf2 }), around, silent)
  expect(flashed).toMatchObject({ address: served?.tcp, written: "runtime and firmware" })
  expect(written?.path).toBe("/media/ann/RPI-RP2/coincell.uf2")
  const image = readUf2(written?.image ?? new Uint8Array())
  expect(touches(image, 0x10000000, 256)).toBe(true)
  expect(touches(image, 0x100e0000, 256)).toBe(true)
})

test("a folder that is no boot drive is not opened as a port", async () => {
  const place = "/media/ann/RP2350"
  const around = computer({ isFolder: (path) => path === place })
  const attempt = (board: string) => flash(order(board, { place }), around, silent)
  await expect(attempt("pico")).rejects.toThrow(
    /RP2350 is a folder, and not the boot drive.*BOOTSEL/,
  )
  await expect(attempt("xiao_esp32c3")).rejects.toThrow(/wants its serial port/)
})

test("a drive on Windows has another separator; one that takes nothing says what to do", async () => {
  const paths: string[] = []
  const around = computer({
    drives: () => ["E:\\"],
    write: (path) => {
      paths.push(path)
      throw new Error("EROFS: read-only file system")
    },
  })
  const attempt = flash(order("pico", { runtime: uf2, place: "E:" }), around, silent)
  await expect(attempt).rejects.toThrow(/E: does not take the image \(EROFS.*hold BOOTSEL/)
  expect(paths).toEqual(["E:\\coincell.uf2"])
})

test("a board that does not come back is told, and one that stays a drive", async () => {
  let drives = ["/Volumes/RPI-RP2"]
  const attempt = (write: () => void) =>
    flash(order("pico", { runtime: uf2 }), computer({ drives: () => drives, write }), silent)
  await expect(attempt(() => {})).rejects.toThrow(
    /RPI-RP2 is still there.*'coincell bundle --board pico.*'picotool load/,
  )
  const away = attempt(() => {
    drives = []
  })
  await expect(away).rejects.toThrow("is not heard again: no port of it appeared")
})

test.each([
  ["pico", computer(), /No serial port or boot drive of a Raspberry Pi Pico.*BOOTSEL.*J6/s],
  [
    "pico",
    computer({ unmounted: () => "/dev/disk/by-label/RPI-RP2" }),
    /'udisksctl mount -b \/dev\/disk\/by-label\/RPI-RP2'/,
  ],
  ["xiao_esp32c3", computer({ drives: () => ["/media/x/RPI-RP2"] }), /No serial port of a Seeed/],
  ["xiao_esp32c3", computer(), /Is it new\? Plug .* in, and flash it with '--new'/],
  ["sim", computer(), /start one by 'coincell sim'/],
  [
    "pico",
    computer({ drives: () => ["/a"], ports: async () => ["/dev/ttyACM0"] }),
    /name the one that you mean.\n {2}--port \/a\n {2}--port \/dev\/ttyACM0/,
  ],
])("what to press or plug for %s when it is not there", async (board, around, words) => {
  await expect(flash(order(board), around, silent)).rejects.toThrow(words)
})

test("a port without DeviceScript: a Pico's BOOTSEL; an ESP32's runtime only when told that it is new, seed 924", async () => {
  const firmware = newFirmware().bytecode
  const board = new SimulatedBoard({ seed: 924, firmware, cells: [] })
  const asked: string[] = []
  const run: Run = async (command, args) => {
    asked.push([command, ...args].join(" "))
    if (args.includes("write-flash")) {
      expect(existsSync(args.at(-1) ?? "")).toBe(true)
      board.powerOn()
    }
    return { code: 0, output: "esptool v5.1.0" }
  }
  // A board without power is as silent as one without a runtime.
  const open = async () => {
    const link = new SimulatedLink(board)
    await link.connect()
    return link
  }
  const around = computer({ ports: async () => ["/dev/ttyACM0"], run, open })
  await expect(flash(order("pico"), around, silent)).rejects.toThrow(/nothing to run on.*BOOTSEL/)
  const esp = (isNew: boolean) => order("xiao_esp32c3", { runtime: bin, isNew })
  await expect(flash(esp(false), around, silent)).rejects.toThrow(/'--new' installs the runtime/)
  expect(asked).toEqual([])
  const flashed = await flash(esp(true), around, silent)
  expect(flashed.written).toBe("runtime and firmware")
  expect(asked.at(-1)).toMatch(
    /^esptool --chip esp32c3 --port \/dev\/ttyACM0 --baud 460800 write-flash 0x0 .*coincell\.bin$/,
  )
  expect(existsSync(asked.at(-1)?.split(" ").at(-1) ?? "")).toBe(false)
})
