import { execFileSync } from "node:child_process"
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("../..", import.meta.url))

/** What the user of the template has besides coincell. */
const OWN = ["typescript", "vitest"]

/**
 * Packs the tree and installs it with the template in a folder outside, as `npm install` would, but with what it
 * depends on linked instead of fetched: what package.json does not name is not found there.
 * @returns the folder
 */
export function install(): string {
  const folder = mkdtempSync(join(tmpdir(), "coincell-package-"))
  run(root, "host/pack.mjs")
  const packed = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder]
  const [{ filename }] = JSON.parse(npm(root, ...packed)) as [{ filename: string }]
  const modules = join(folder, "node_modules")
  const target = join(modules, "coincell")
  mkdirSync(target, { recursive: true })
  const tarball = join(folder, filename)
  execFileSync("tar", ["-xzf", tarball, "-C", target, "--strip-components=1"])
  const { dependencies } = JSON.parse(readFileSync(join(target, "package.json"), "utf8"))
  for (const name of [...Object.keys(dependencies), ...OWN]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(root, "node_modules", name), join(modules, name), "junction")
  }
  cpSync(join(root, "host/examples/ci"), folder, { recursive: true })
  return folder
}

/** Runs a script by Node, a path from the folder, and gives what it printed. @throws when it fails */
export function run(folder: string, script: string, ...words: string[]): string {
  return execFileSync(process.execPath, [script, ...words], { cwd: folder, encoding: "utf8" })
}

function npm(folder: string, ...words: string[]): string {
  const shell = process.platform === "win32"
  return execFileSync("npm", words, {
    cwd: folder,
    encoding: "utf8",
    shell,
    stdio: ["ignore", "pipe", "ignore"],
  })
}

/** Each file below a folder with its size, sorted. */
export function filesBelow(folder: string): { path: string; bytes: number }[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .map((path) => ({ path: path.replaceAll("\\", "/"), stat: statSync(join(folder, path)) }))
    .filter(({ stat }) => stat.isFile())
    .map(({ path, stat }) => ({ path, bytes: stat.size }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}
