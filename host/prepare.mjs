// Builds the package where npm makes it of a git address: npm fetches the sources and all that they need to be built,
// and then runs this for another project. In a clone, for itself, there is nothing to do: 'npm pack' builds, too.
import { execFileSync } from "node:child_process"
import { realpathSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
/** The project that npm was called for: a user's, or this one. */
const project = process.env.npm_config_local_prefix ?? root

function run(...words) {
  execFileSync(process.execPath, words, { cwd: root, stdio: "inherit" })
}

if (realpathSync(project) !== realpathSync(root)) {
  run("firmware/build.mjs", "all")
  run("host/pack.mjs")
}
