// Compiles the firmware of one board: `node firmware/build.mjs [board]`, default the simulated one.
// The manifest devicescript.json becomes a module that the firmware imports; the result is
// firmware/.devicescript/<board>/bytecode.devs.
import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const firmware = dirname(fileURLToPath(import.meta.url))
const manifest = JSON.parse(readFileSync(join(firmware, "../devicescript.json"), "utf8"))
const board = process.argv[2] ?? "sim"
if (!(board in manifest.boards)) {
  console.error(
    `No board '${board}' in devicescript.json: it has ${Object.keys(manifest.boards).join(", ")}.`,
  )
  process.exit(2)
}

/** JSON as TypeScript, its "0x40" strings as numbers. */
function literal(value) {
  return JSON.stringify(value, null, 2).replace(/"(0x[0-9a-f]+)"/g, "$1")
}
const { boards, ...rest } = manifest
writeFileSync(
  join(firmware, "boards/manifest.generated.ts"),
  `// Made from devicescript.json by firmware/build.mjs.
import type { Circuit } from "../core/circuit"

export const boards = ${literal(boards)}

export const manifest = ${literal(rest)}

export const circuit: Circuit = manifest.frontEnd
`,
)

const cli = createRequire(import.meta.url).resolve("@devicescript/cli/devicescript")
try {
  execFileSync(process.execPath, [cli, "build", `boards/${board}.ts`, "--quiet", "--no-colors"], {
    cwd: firmware,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  })
} catch (error) {
  console.error(`${error.stdout}${error.stderr}`.trim())
  process.exit(1)
}
const out = join(firmware, ".devicescript", board)
mkdirSync(out, { recursive: true })
const built = join(firmware, ".devicescript/bin")
for (const file of ["bytecode.devs", "bytecode-dbg.json"])
  cpSync(join(built, file), join(out, file))
console.log(`firmware for ${board}: ${statSync(join(out, "bytecode.devs")).size} bytes of bytecode`)
