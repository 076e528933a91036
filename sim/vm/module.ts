import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { setFlagsFromString } from "node:v8"

/** The VM's WebAssembly, as the DeviceScript compiler carries it: a data URI inside its bundle. */
const DATA_URI = /data:application\/octet-stream;base64,(AGFzbQ[A-Za-z0-9+/=]*)/

/**
 * Node 20's V8 inlines small WebAssembly functions only when told to, and an interpreter consists of them:
 * this makes boards a fifth faster and changes no result. Other versions name the flag otherwise.
 */
if (process.versions.node.startsWith("20.")) setFlagsFromString("--experimental-wasm-inlining")

let compiled: WebAssembly.Module | undefined

/**
 * DeviceScript's own virtual machine, compiled once a process, taken from the installed
 * `@devicescript/cli`: the same C interpreter that the boards run, built for WebAssembly.
 * @throws Error when the package holds no VM where this version keeps it
 */
export function deviceScriptVm(): WebAssembly.Module {
  if (compiled === undefined) {
    const path = createRequire(import.meta.url).resolve(
      "@devicescript/cli/built/devicescript-cli.cjs",
    )
    const match = DATA_URI.exec(readFileSync(path, "latin1"))
    if (match?.[1] === undefined)
      throw new Error(`No DeviceScript VM in ${path}: run 'npm ci', which installs version 2.16.4.`)
    compiled = new WebAssembly.Module(Buffer.from(match[1], "base64"))
  }
  return compiled
}
