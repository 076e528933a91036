import { execFileSync } from "node:child_process"
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { root } from "./installed"

const folder = mkdtempSync(join(tmpdir(), "coincell-prepare-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A clone in which building only says what it was told. */
const clone = join(folder, "clone")
for (const script of ["firmware/build.mjs", "host/pack.mjs"]) {
  mkdirSync(join(clone, script, ".."), { recursive: true })
  writeFileSync(join(clone, script), `console.log("${script}", ...process.argv.slice(2))`)
}
cpSync(join(root, "host/prepare.mjs"), join(clone, "host/prepare.mjs"))
symlinkSync(clone, join(folder, "link"), "junction")

/** What is built when npm runs the script for a project. */
function built(project: string | undefined): string[] {
  const { npm_config_local_prefix: _, ...env } = process.env
  if (project !== undefined) env.npm_config_local_prefix = project
  const script = join(clone, "host/prepare.mjs")
  const printed = execFileSync(process.execPath, [script], { env, encoding: "utf8" })
  return printed.split("\n").filter((line) => line !== "")
}

test("npm's prepare builds the package for another project, of a git address", () => {
  expect(built(folder)).toEqual(["firmware/build.mjs all", "host/pack.mjs"])
})

test("in a clone it does nothing, whatever way leads there: npm install stays quick", () => {
  expect(built(clone)).toEqual([])
  expect(built(join(folder, "link"))).toEqual([])
  expect(built(undefined)).toEqual([])
})

test("it is what npm runs", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
  expect(scripts.prepare).toBe("node host/prepare.mjs")
})
