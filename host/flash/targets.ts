import { RP2040_FAMILY } from "../../firmware/image/uf2"
import { TesterError } from "../errors"
import { manifest } from "../manifest"

/** A microcontroller board, as far as putting firmware on it goes. */
export interface Target {
  /** Its key in devicescript.json. */
  board: string
  title: string
  /** By which DeviceScript's runtime says what it runs on. */
  productId: number
  /** Where DeviceScript's makers publish its runtime. */
  runtimeUrl: string
  chip: Chip
  /** USB vendors that its serial port may tell, four hexadecimal digits each. */
  usbVendors: readonly string[]
}

/** Where things lie in a microcontroller's flash, by addresses of the file that is put there. */
export interface Chip {
  name: string
  /** How its image is put there: copied to its boot drive, or written by esptool. */
  way: "drive" | "esptool"
  /** UF2 family; a .bin has none. */
  familyId?: number
  /** Board configuration, "DCFG": pins, product, name. */
  configAt: number
  /** Program and settings, and how much room they have. */
  storeAt: number
  storeBytes: number
}

const PAGE_BYTES = 4096

// Addresses, product identifiers and links are those of @devicescript/cli 2.16.4.
const rp2040: Omit<Chip, "name"> = {
  way: "drive",
  familyId: RP2040_FAMILY,
  configAt: 0x100dc000,
  storeAt: 0x100e0000,
  storeBytes: 32 * PAGE_BYTES,
}
const picoReleases = "https://github.com/microsoft/devicescript-pico/releases/latest/download"
const espReleases = "https://github.com/microsoft/devicescript-esp32/releases/latest/download"

/**
 * A Pico with DeviceScript's runtime calls itself Espressif's, 303a:000a (devicescript-pico, src/usb_descriptors.c),
 * one with a program of another maker mostly Raspberry Pi's.
 */
const picoVendors = ["303a", "2e8a"]

const known: Record<string, Omit<Target, "board" | "title">> = {
  pico: {
    productId: 0x3f6e1f0c,
    runtimeUrl: `${picoReleases}/devicescript-rp2040-pico.uf2`,
    chip: { name: "rp2040", ...rp2040 },
    usbVendors: picoVendors,
  },
  pico_w: {
    productId: 0x3a513204,
    runtimeUrl: `${picoReleases}/devicescript-rp2040w-pico_w.uf2`,
    chip: { name: "rp2040w", ...rp2040 },
    usbVendors: picoVendors,
  },
  xiao_esp32c3: {
    productId: 0x3eff6b51,
    runtimeUrl: `${espReleases}/devicescript-esp32c3-seeed_xiao_esp32c3-0x0.bin`,
    chip: {
      name: "esp32c3",
      way: "esptool",
      configAt: 0x9000,
      storeAt: 0x1c0000,
      storeBytes: 64 * PAGE_BYTES,
    },
    usbVendors: ["303a"],
  },
}

/** The boards that are flashed; a simulated one only gets the firmware. */
export const targets: readonly Target[] = Object.entries(known).map(([board, about]) => ({
  board,
  title: manifest.boards[board as keyof typeof manifest.boards].title,
  ...about,
}))

/** The simulated board's key. */
export const SIMULATED = "sim"

/** What can stand behind `--board`. */
export const boardKeys: readonly string[] = [...targets.map((one) => one.board), SIMULATED]

/** @throws TesterError when it is no board that has a runtime of its own */
export function target(board: string): Target {
  const found = targets.find((one) => one.board === board)
  if (found !== undefined) return found
  const names = targets.map((one) => one.board).join(", ")
  throw new TesterError(`There is no image for the board '${board}': there are ${names}.`)
}
