// How much heap does the firmware need at its peak? DeviceScript does not tell, and cannot catch running
// out, so a buffer of known size is held beside the firmware and grown until it no longer runs.
import { execFileSync } from "node:child_process"
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Resistor } from "../../sim/cells/resistor"
import { finish, logged, protocol, start, startRig } from "../scenario/harness"

const firmware = fileURLToPath(new URL("../../firmware", import.meta.url))
const cli = createRequire(import.meta.url).resolve("@devicescript/cli/devicescript")
/** The RP2040's heap, as the VM's; an allocation is at most 57,344 bytes. */
const HEAP_BYTES = 65536
const RESOLUTION_BYTES = 512

/** The simulated board's firmware beside a buffer of `ballast` bytes. */
function build(ballast: number): Uint8Array {
  const entry = join(firmware, "boards/ballast.generated.ts")
  const holder = join(firmware, "boards/holder.generated.ts")
  writeFileSync(
    holder,
    `export const ballast = Buffer.alloc(${ballast})\nsetInterval(async () => { ballast[0] = 1 }, 3600000)\n`,
  )
  writeFileSync(
    entry,
    `import { ballast } from "./holder.generated"\nballast[1] = 1\nimport "./sim"\n`,
  )
  try {
    execFileSync(process.execPath, [cli, "build", "boards/ballast.generated.ts", "--quiet"], {
      cwd: firmware,
      stdio: "pipe",
    })
    return readFileSync(join(firmware, ".devicescript/bin/bytecode.devs"))
  } finally {
    for (const file of [entry, holder]) rmSync(file, { force: true })
  }
}

/** Four channels start, cycle, fault and are read out: the most that the firmware does at once. */
async function survives(program: Uint8Array): Promise<boolean> {
  const cells = [0, 1, 2, 3].map(() => new Resistor(50))
  let rig: Awaited<ReturnType<typeof startRig>> | undefined
  try {
    rig = await startRig({ seed: 1, cells, firmware: program, calibrated: [0, 1, 2, 3] })
    const step = { step: "constant_current", current_mA: 5, until_time_s: 60 } as const
    const method = protocol(Array.from({ length: 32 }, () => step))
    for (const channel of cells.keys()) await start(rig, channel, 2, method)
    await rig.link.sleep_ms(300_000)
    await logged(rig, 0, 2)
    for (const channel of cells.keys()) await rig.client.stop(channel)
    await finish(rig, 10)
    return true
  } catch {
    return false
  } finally {
    await rig?.close()
  }
}

let fits = 0
let fails = HEAP_BYTES
while (fails - fits > RESOLUTION_BYTES) {
  const ballast = Math.round((fits + fails) / 2)
  if (await survives(build(ballast))) fits = ballast
  else fails = ballast
}
console.log(
  `peak heap: at most ${HEAP_BYTES - fits} of ${HEAP_BYTES} bytes ` +
    `(it ran with ${fits} bytes held besides, not with ${fails})`,
)
