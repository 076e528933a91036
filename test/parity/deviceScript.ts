// DeviceScript programs of the tests' own: compiled beside the firmware, run in its VM without a board.
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Random } from "../../sim/random"
import { MCU_FLASH_BYTES, Vm, type VmHost } from "../../sim/vm/vm"

const cli = createRequire(import.meta.url).resolve("@devicescript/cli/devicescript")

/** Far more virtual time than any of these programs takes. */
const LIMIT_ms = 60_000

/**
 * Compiles a program in a folder of its own, so that a build of the firmware may be under way.
 * @throws Error with what the compiler says
 */
export function compile(entry: URL): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "coincell-"))
  try {
    writeFileSync(join(folder, "devsconfig.json"), "{}")
    execFileSync(process.execPath, [cli, "build", fileURLToPath(entry), "--quiet", "--no-colors"], {
      cwd: folder,
      stdio: "pipe",
      encoding: "utf8",
    })
    return readFileSync(join(folder, ".devicescript/bin/bytecode.devs"))
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`${fileURLToPath(entry)}: ${stdout}${stderr}`.trim(), { cause: error })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Runs a program until `take` has had enough.
 * @param take is given each message that the program writes to its socket; false when it was the last
 * @throws Error with the program's console when that does not come to be
 */
export function run(program: Uint8Array, take: (message: Uint8Array) => boolean): void {
  const console: string[] = []
  let now_ms = 0
  let goesOn = true
  let hasFailed = false
  const host: VmHost = {
    now_ms: () => now_ms,
    port: (memory, pointer, size) => {
      if (goesOn) goesOn = take(memory.subarray(pointer, pointer + size))
      return 0
    },
    frame: () => {},
    log: (line) => console.push(line),
    panic: () => {
      hasFailed = true
    },
  }
  const flash = { content: new Uint8Array(MCU_FLASH_BYTES).fill(0xff) }
  const start = () => new Vm(host, flash, 1, new Random(1))
  start().deploy(program)
  const vm = start()
  while (goesOn) {
    if (hasFailed || now_ms > LIMIT_ms)
      throw new Error(`The program did not finish. Its console:\n${console.join("\n")}`)
    now_ms += Math.max(vm.process(), 1) / 1000
  }
}
