// Tells builds of the firmware apart: a hash of all that its compiler reads. Used by build.mjs.
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const firmware = dirname(fileURLToPath(import.meta.url))
/** Where sources lie, below firmware/; what the build itself writes there ends in .generated.ts. */
const FOLDERS = ["", "boards/", "core/", "drivers/", "services/"]
const DIGITS = 8

/** Paths of the firmware's sources below firmware/, with slashes, in the order of their characters. */
export function firmwareSources() {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(firmware, folder))
      .filter((name) => /\.(ts|mjs)$/.test(name) || (folder === "services/" && /\.md$/.test(name)))
      .filter((name) => !/\.(generated|d)\.ts$/.test(name))
      .map((name) => folder + name),
  ).sort((a, b) => (a < b ? -1 : 1))
}

/**
 * A hash of named texts: the same on every computer, however its git ends lines.
 * @param texts [name, content] pairs
 */
export function hashTexts(texts) {
  const hash = createHash("sha256")
  for (const [name, text] of texts) hash.update(`${name}\0${text.replaceAll("\r\n", "\n")}\0`)
  return hash.digest("hex").slice(0, DIGITS)
}

/** The build hash: of sources, manifest, version and compiler; 8 hexadecimal digits. */
export function buildHash() {
  const text = (path) => readFileSync(join(firmware, path), "utf8")
  const { version } = JSON.parse(text("../package.json"))
  const require = createRequire(import.meta.url)
  const compiler = require("@devicescript/cli/package.json").version
  return hashTexts([
    ["version", version],
    ["compiler", compiler],
    ["devicescript.json", text("../devicescript.json")],
    ...firmwareSources().map((path) => [path, text(path)]),
  ])
}
