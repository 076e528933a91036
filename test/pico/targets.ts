import { readFileSync } from "node:fs"
import { readUf2 } from "../../firmware/image/uf2"
import { TesterError } from "../../host/errors"
import { firmwareFor } from "../../host/flash/firmware"
import { boardImage } from "../../host/flash/image"
import { runtimeFor } from "../../host/flash/runtime"
import { target } from "../../host/flash/targets"
import { encodeFrame, isFromBridge, JdUsbDecoder, openingFrames } from "../../host/transport/jdusb"
import { readFirmware } from "../../host/transport/simulated"
import type { SimulatedBoard } from "../../sim/board"
import { BootRom } from "../../sim/pico/bootRom"
import { PicoFlash } from "../../sim/pico/flash"
import { findScriptHeap } from "../../sim/pico/heap"
import { PicoMcu, type SerialCodec } from "../../sim/pico/mcu"
import type { Target } from "./trial"

const SRAM_AT = 0x20000000
const UNIQUE_ID = Uint8Array.of(0xe6, 0x61, 0x41, 0x04, 0x03, 0x2a, 0x5c, 0x2f)

/** The host's own framing, which takes what is from the bridge itself for no board's. */
export const hostCodec: SerialCodec = {
  opening: openingFrames,
  encode: encodeFrame,
  decoder: (onFrame, onLine) =>
    new JdUsbDecoder((frame) => {
      if (!isFromBridge(frame)) onFrame(frame)
    }, onLine),
}

/** The simulated board's firmware in DeviceScript's VM. */
export function vmTarget(): Target {
  return {
    firmware: readFirmware(),
    heap: (board: SimulatedBoard) =>
      findScriptHeap((board as unknown as { engine: { bytes: Uint8Array } }).engine.bytes),
    plug() {},
    unplug() {},
  }
}

/**
 * The Pico's firmware in the runtime itself, in the emulator: the image that `coincell bundle` makes, put on as its
 * boot drive does.
 * @throws TesterError when a file is not there, or not what it should be
 */
export async function picoTarget(runtimeFile: string, bootRomFile?: string): Promise<Target> {
  const board = target("pico")
  const runtime = await runtimeFor(board, runtimeFile)
  const bootRom = bootRomFile === undefined ? undefined : readBootRom(bootRomFile)
  const image = boardImage(board, runtime, firmwareFor("pico").bytecode)
  const flash = new PicoFlash(UNIQUE_ID)
  flash.install(readUf2(image))
  const pico = new PicoMcu(flash, hostCodec, bootRom)
  return {
    firmware: pico.mcu,
    times: () => {
      const { now_ns = 0, awake_ns = 0 } = pico.chip ?? {}
      return { now_ns, awake_ns, worked_ns: 1000 * pico.worked_us }
    },
    heap: () =>
      pico.chip === undefined ? undefined : findScriptHeap(pico.chip.rp2040.sram, SRAM_AT),
    plug: () => pico.plug(),
    unplug: () => pico.unplug(),
  }
}

function readBootRom(file: string): Uint8Array {
  try {
    const rom = readFileSync(file)
    BootRom.of(rom, {})
    return rom
  } catch (error) {
    throw new TesterError(
      `--bootrom ${file}: ${(error as Error).message} It is the .bin of github.com/raspberrypi/pico-bootrom-rp2040.`,
    )
  }
}
