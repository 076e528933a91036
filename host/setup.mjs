// Makes a fresh clone ready: installs what package-lock.json says and builds the firmware, each only when
// it is out of date. `node host/setup.mjs [board …]`; it may use nothing but Node itself.
import { execFileSync } from "node:child_process"
import { existsSync, readdirSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const boards = process.argv.slice(2)

/** When a file was last changed; 0 when it is not there. */
function changed(path) {
  return existsSync(join(root, path)) ? statSync(join(root, path)).mtimeMs : 0
}

/** The latest change below a folder, without what builds and installs leave there. */
function latest(folder) {
  let newest = 0
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (/^(node_modules|\..*|.*\.generated\.ts)$/.test(entry.name)) continue
    newest = Math.max(newest, entry.isDirectory() ? latest(path) : changed(path))
  }
  return newest
}

function run(command, args) {
  // npm is a script there, which a shell has to start; a path may have blanks that a shell takes apart.
  const shell = process.platform === "win32" && command === "npm"
  execFileSync(command, args, { cwd: root, stdio: "inherit", shell })
}

try {
  if (changed("node_modules/.package-lock.json") < changed("package-lock.json")) {
    console.log("Installing …")
    run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"])
  }
  const sources = Math.max(
    latest("firmware"),
    changed("devicescript.json"),
    changed("package.json"),
  )
  const wanted = boards.length > 0 ? boards : ["sim"]
  const isStale = (board) => changed(`firmware/.devicescript/${board}/bytecode.devs`) < sources
  if (wanted.some(isStale)) {
    console.log("Building the firmware …")
    run(process.execPath, ["firmware/build.mjs", ...wanted])
  }
} catch (error) {
  // The command has said what was wrong.
  process.exit(error.status ?? 1)
}
