import { writeFileSync } from "node:fs"
import type { Command } from "commander"
import { firmwareText } from "../board/firmware"
import { TesterError } from "../errors"
import { firmwareFor } from "../flash/firmware"
import { boardImage } from "../flash/image"
import { runtimeFor } from "../flash/runtime"
import { type Target, target, targets } from "../flash/targets"
import { addJson, type JsonOptions } from "./common/options"
import { printJson, printText } from "./common/print"
import { boardOption } from "./flash"

interface BundleOptions extends JsonOptions {
  board: string
  runtime?: string
  out: string
}

export function addBundle(program: Command): void {
  const command = program
    .command("bundle")
    .description("make one image of runtime and firmware, for any number of boards of a kind")
    .addOption(boardOption(targets.map((one) => one.board)))
    .option("--runtime <file>", "DeviceScript's runtime for the board, where there is no internet")
    .requiredOption("-o, --out <file>", "where to write the image: a .uf2, or for an ESP32 a .bin")
  addJson(command).action(bundle)
}

async function bundle(options: BundleOptions): Promise<void> {
  const kind = target(options.board)
  const firmware = firmwareFor(options.board)
  const runtime = await runtimeFor(kind, options.runtime)
  const image = boardImage(kind, runtime, firmware.bytecode)
  try {
    writeFileSync(options.out, image)
  } catch (error) {
    throw new TesterError(`--out: ${(error as Error).message}.`)
  }
  if (options.json)
    printJson({
      file: options.out,
      bytes: image.length,
      firmware: firmware.mark,
      runtime: runtime.source,
    })
  else
    printText(
      `${options.out}: ${image.length} bytes, the runtime of ${runtime.source} and firmware ` +
        `${firmwareText(firmware.mark)}.\n${howToUse(kind, options.out)}`,
    )
}

/** What each member of a class does with it. */
function howToUse({ chip, title }: Target, file: string): string {
  return chip.way === "drive"
    ? `For each ${title}: hold BOOTSEL, plug it in, let go, copy the file to the drive RPI-RP2. It goes away by ` +
        "itself, and 'coincell boards' lists the board. What the board had in its place is overwritten."
    : `For each ${title}: 'esptool --chip ${chip.name} --port PORT write-flash 0x0 ${file}', or in a browser at ` +
        "espressif.github.io/esptool-js, from address 0x0. Then 'coincell boards' lists the board."
}
