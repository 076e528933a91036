import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { readFlash, readUf2 } from "../../firmware/image/uf2"
import { boardImage } from "../../host/flash/image"
import { readRuntime } from "../../host/flash/runtime"
import { type Target, target } from "../../host/flash/targets"
import { programStore } from "../../host/transport/simulated"
import { Random } from "../../sim/random"
import { Vm } from "../../sim/vm/vm"
import { newFirmware } from "./oldFirmware"
import { madeUpBin, madeUpUf2 } from "./madeUpRuntime"

const pico = target("pico")
const esp = target("xiao_esp32c3")

/** What DeviceScript's VM says when it starts from a flash with this in the place of program and settings. */
function startFrom(store: Uint8Array): string[] {
  const lines: string[] = []
  let now_ms = 0
  const log = (line: string) => lines.push(line)
  const host = { now_ms: () => now_ms, frame: () => {}, log, panic: () => {}, port: () => 0 }
  const vm = new Vm(host, { content: store.slice() }, 7, new Random(7, "mcu"))
  for (; now_ms < 1500; now_ms += 10) vm.process()
  return lines
}

test("the image for a Pico: the runtime untouched, then a store from which the VM starts the program", () => {
  const bytes = madeUpUf2()
  const runtime = readRuntime(pico, bytes, "made up")
  const { bytecode, sha256 } = newFirmware()
  const image = readUf2(boardImage(pico, runtime, bytecode))
  expect(image.familyId).toBe(0xe48bff56)
  for (const [at, page] of readUf2(bytes).pages) expect(image.pages.get(at)).toEqual(page)
  const store = readFlash(image, 0x100e0000, 128 * 1024)
  if (store === undefined) throw new Error("the image lacks the store")
  expect([...image.pages.keys()].every((at) => at < 0x10100000)).toBe(true)
  const lines = startFrom(store)
  expect(lines).toContain(`DevS-SHA256: ${sha256}`)
  expect(lines).toContainEqual(expect.stringContaining("start: boards/sim"))
})

test("the image for an ESP32-C3: a file from address 0, its store at 0x1c0000", () => {
  const bytes = madeUpBin()
  const { bytecode, sha256 } = newFirmware()
  const image = boardImage(esp, readRuntime(esp, bytes, "made up"), bytecode)
  expect(image.subarray(0, bytes.length)).toEqual(bytes)
  expect(image.length).toBe(0x1c0000 + 256 * 1024)
  expect(startFrom(image.subarray(0x1c0000))).toContain(`DevS-SHA256: ${sha256}`)
})

test.each(["pico", "pico_w", "xiao_esp32c3"])("the store takes the firmware for %s", (board) => {
  const { storeBytes } = target(board).chip
  const path = `../../firmware/.devicescript/${board}/bytecode.devs`
  const bytecode = readFileSync(new URL(path, import.meta.url))
  const store = programStore(bytecode, storeBytes)
  expect(store.length).toBe(storeBytes)
  expect(Buffer.from(store).indexOf(bytecode.subarray(0, 64))).toBeGreaterThan(0)
})

test("one image serves a class: another board's runtime lays the same bytes", () => {
  const { bytecode } = newFirmware()
  const content = new Uint8Array(128 * 1024).fill(0xff)
  const host = { now_ms: () => 99, frame: () => {}, log: () => {}, panic: () => {}, port: () => 0 }
  new Vm(host, { content }, 123456, new Random(8, "other")).deploy(bytecode)
  expect(Buffer.compare(programStore(bytecode, content.length), content)).toBe(0)
})

test.each<[string, Target, Uint8Array, string]>([
  [
    "another board's",
    pico,
    madeUpUf2("Raspberry Pi Pico W", 0x3a513204),
    "for the Raspberry Pi Pico W",
  ],
  ["an unknown board's", pico, madeUpUf2("Toaster", 5), "is made for the Toaster"],
  [
    "another microcontroller's",
    pico,
    madeUpUf2(undefined, undefined, 0x1234),
    "another microcontroller",
  ],
  ["a .bin where a .uf2 belongs", pico, madeUpBin(), "is no UF2 block"],
  ["a .uf2 where a .bin belongs", esp, madeUpUf2(), "no DeviceScript runtime with a board"],
  ["an empty file", pico, new Uint8Array(0), "this is no UF2 file: 0 bytes"],
])("a runtime that is %s is refused, naming the right one", (_, kind, bytes, why) => {
  const read = () => readRuntime(kind, bytes, "FILE")
  expect(read).toThrow(why)
  expect(read).toThrow(kind.runtimeUrl)
})

test("a configuration that tells of more bytes than there can be is broken", () => {
  const bytes = madeUpBin()
  new DataView(bytes.buffer).setUint32(0x9008, 0xfffffff0, true)
  expect(() => readRuntime(esp, bytes, "FILE")).toThrow("no DeviceScript runtime with a board")
})

test("an image with a program in it is no runtime", () => {
  const runtime = readRuntime(pico, madeUpUf2(), "made up")
  const image = boardImage(pico, runtime, newFirmware().bytecode)
  expect(() => readRuntime(pico, image, "bundle.uf2")).toThrow("has a program in it already")
  const espImage = boardImage(esp, readRuntime(esp, madeUpBin(), "x"), newFirmware().bytecode)
  const again = readRuntime(esp, espImage, "bundle.bin")
  expect(() => boardImage(esp, again, newFirmware().bytecode)).toThrow("bundle.bin: this image has")
})
