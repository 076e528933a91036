import { fileURLToPath } from "node:url"
import { buildSync } from "esbuild"
import type { Memory } from "../../firmware/core/bytes"
import type { OpenDrain } from "../../firmware/drivers/freeBus"
import { NodeMemory } from "../memory"
import { Call } from "./fibers"

/** DeviceScript's libraries by name, as the firmware imports them. */
export type Libraries = Record<string, unknown>

/** What the firmware gives to the file of a board, here to the engine. */
export interface Firmware {
  run(boardName: string, bus: unknown, spi: SpiBus, isFree: boolean, awakeLine: string): Call
  freeBus(sda: OpenDrain, scl: OpenDrain): boolean
  Bus: new (send: Send, prepare: Prepare, transact: Transact) => unknown
}

export interface Transaction {
  address: number
  write: Uint8Array
  read: Uint8Array
}
type Send = (transaction: Transaction) => number
type Prepare = (address: number, write: Uint8Array, read?: Uint8Array) => Transaction
type Transact = (address: number, write: Uint8Array, read?: Uint8Array) => number
interface SpiBus {
  transfer(send: Uint8Array, receive: Uint8Array): void
}

/** A buffer as DeviceScript's, whose class has this too. */
const FirmwareBuffer = Object.assign(NodeMemory, {
  alloc: (count: number): Memory => new NodeMemory(count),
})

type Make = (
  require: (name: string) => unknown,
  Buffer: typeof FirmwareBuffer,
  begin: (self: unknown, args: unknown, body: () => Generator) => Call,
) => Firmware

/** An instance of the firmware, with variables of its own. */
export function loadFirmware(libraries: Libraries): Firmware {
  make ??= compile()
  return make(
    (name) => libraries[name],
    FirmwareBuffer,
    (self, args, body) => new Call(body.apply(self, args as [])),
  )
}
let make: Make | undefined

/**
 * Makes JavaScript of the firmware's sources, all but `boards/`. What is `async` becomes a generator that the
 * engine's fibers run, so that virtual time can pass wherever the firmware waits.
 */
function compile(): Make {
  const { outputFiles } = buildSync({
    stdin: {
      contents: `
        export { run } from "./main"
        export { Bus } from "./drivers/bus"
        export { freeBus } from "./drivers/freeBus"`,
      resolveDir: fileURLToPath(new URL("../../firmware", import.meta.url)),
    },
    bundle: true,
    write: false,
    format: "cjs",
    target: "es2022",
    supported: { "async-await": false },
    external: ["@devicescript/*"],
  })
  // esbuild's own helper would make a promise of each call.
  const code = outputFiles[0].text.replace(/^var __async = [\s\S]*?^};\n/m, "")
  return new Function(
    "require",
    "Buffer",
    "__async",
    `const module = { exports: {} }\n${code}\nreturn module.exports`,
  ) as Make
}
