// Compiles the firmware: `node firmware/build.mjs [board …]`, default the simulated one, `all` for all.
// The manifest devicescript.json becomes modules that the firmware imports; the result is
// firmware/.devicescript/<board>/bytecode.devs, with what it is in build.json beside it.
import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { buildHash } from "./buildHash.mjs"

const firmware = dirname(fileURLToPath(import.meta.url))
const manifest = JSON.parse(readFileSync(join(firmware, "../devicescript.json"), "utf8"))
const { version } = JSON.parse(readFileSync(join(firmware, "../package.json"), "utf8"))
const build = buildHash()
const { boards, ...common } = { version, build, ...manifest }
const cli = createRequire(import.meta.url).resolve("@devicescript/cli/devicescript")

/** JSON as TypeScript, its "0x40" strings as numbers. */
function literal(value) {
  return JSON.stringify(value, null, 2).replace(/"(0x[0-9a-f]+)"/g, "$1")
}
/** Every board's firmware knows the same chips, circuit and channels. */
function writeManifest() {
  writeFileSync(
    join(firmware, "boards/manifest.generated.ts"),
    `// Made from devicescript.json by firmware/build.mjs.
import type { Circuit } from "../core/circuit"

export const manifest = ${literal(common)}

export const circuit: Circuit = manifest.frontEnd
`,
  )
}

/** Pins are compile-time constants of DeviceScript, so each board's are written out. */
function writePins(board) {
  const { devicescript, i2c, spi, busFreeing, awake } = boards[board]
  const lines = ["// Made from devicescript.json by firmware/build.mjs."]
  const constant = (name, value) => lines.push(`export const ${name} = ${value}`)
  if (devicescript === undefined) {
    constant("boardName", `"${board}"`)
    constant("selectPin", spi.select)
    constant("sdaPin", busFreeing.sda)
    constant("sclPin", busFreeing.scl)
  } else {
    const pin = (name) => (name === undefined ? "undefined" : `pins.${name}`)
    lines.push(
      'import type { IOPin } from "@devicescript/core"',
      'import { configureHardware } from "@devicescript/servers"',
      `import { pins } from "@dsboard/${devicescript}"`,
      `configureHardware({ i2c: { pinSDA: ${pin(i2c.sda)}, pinSCL: ${pin(i2c.scl)}, kHz: ${i2c.kHz} } })`,
    )
    if (awake !== undefined)
      lines.push(`configureHardware({ log: { pinTX: ${pin(awake.pinTX)}, baud: ${awake.baud} } })`)
    constant("boardName", `"${board}"`)
    constant(
      "spiPins",
      `{ miso: ${pin(spi.miso)}, mosi: ${pin(spi.mosi)}, sck: ${pin(spi.sck)}, hz: ${spi.kHz * 1000} }`,
    )
    constant("selectPin", pin(spi.select))
    constant("sdaPin: IOPin | undefined", pin(busFreeing?.sda))
    constant("sclPin: IOPin | undefined", pin(busFreeing?.scl))
    constant("awakeLine", JSON.stringify(awake === undefined ? "" : awakeLine(awake.baud)))
  }
  writeFileSync(join(firmware, "boards/pins.generated.ts"), `${lines.join("\n")}\n`)
}

/** A line that the log's UART, ten bits a character, is still sending when the next one comes. */
function awakeLine(baud) {
  return "~".repeat(Math.ceil((1.25 * baud * manifest.control.period_ms) / 10_000))
}

function compile(board) {
  const { devicescript } = boards[board]
  writePins(board)
  const entry = devicescript === undefined ? "boards/sim.ts" : "boards/hardware.ts"
  try {
    execFileSync(process.execPath, [cli, "build", entry, "--quiet", "--no-colors"], {
      cwd: firmware,
      stdio: ["ignore", "pipe", "pipe"],
      encoding: "utf8",
    })
  } catch (error) {
    console.error(`${board}: ${error.stdout}${error.stderr}`.trim())
    process.exit(1)
  }
  const out = join(firmware, ".devicescript", board)
  mkdirSync(out, { recursive: true })
  for (const file of ["bytecode.devs", "bytecode-dbg.json"])
    cpSync(join(firmware, ".devicescript/bin", file), join(out, file))
  writeFileSync(join(out, "build.json"), `${JSON.stringify({ version, build, board })}\n`)
  const bytes = statSync(join(out, "bytecode.devs")).size
  console.log(`firmware for ${board}: ${bytes} bytes of bytecode, build ${build}`)
}

const asked = process.argv.slice(2)
const chosen = asked.length === 0 ? ["sim"] : asked.includes("all") ? Object.keys(boards) : asked
const unknown = chosen.find((board) => !(board in boards))
if (unknown !== undefined) {
  console.error(
    `No board '${unknown}' in devicescript.json: it has ${Object.keys(boards).join(", ")}.`,
  )
  process.exit(2)
}
writeManifest()
for (const board of chosen) compile(board)
