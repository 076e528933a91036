import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { buildHash, firmwareSources, hashTexts } from "../../firmware/buildHash.mjs"
import { manifest } from "../../firmware/boards/manifest.generated"
import { builtFirmware, otherBuild } from "../../host/board/builtFirmware"
import { firmwareText, parseFirmware } from "../../host/board/firmware"
import { manifest as boards } from "../../host/manifest"

const texts: [string, string][] = [
  ["core/a.ts", "export const a = 1\n"],
  ["core/b.ts", "export const b = 2\n"],
]

test("it is 8 hexadecimal digits that stay what they are", () => {
  expect(hashTexts(texts)).toBe("0ae6e1aa")
})

test("it is the same where git ends lines otherwise, and another for any change", () => {
  const windows = texts.map(([name, text]): [string, string] => [name, text.replace("\n", "\r\n")])
  expect(hashTexts(windows)).toBe(hashTexts(texts))
  const [a, b] = texts
  for (const other of [
    [a, ["core/b.ts", "export const b = 3\n"]],
    [a, ["core/c.ts", b[1]]],
    [a],
    [b, a],
    [
      ["core/a.ts", `${a[1]}${b[1]}`],
      ["core/b.ts", ""],
    ],
  ] as [string, string][][])
    expect(hashTexts(other)).not.toBe(hashTexts(texts))
})

test("its sources are in one order, and nothing that the build makes is among them", () => {
  const sources = firmwareSources()
  expect(sources).toEqual([...sources].sort())
  expect(sources).toEqual(expect.arrayContaining(["main.ts", "build.mjs", "services/coincell.md"]))
  expect(sources.filter((path) => path.includes("generated"))).toEqual([])
})

test.each(Object.keys(boards.boards))(
  "all that the compiler read of ours for %s is hashed",
  (board) => {
    const path = `../../firmware/.devicescript/${board}/bytecode-dbg.json`
    const { sources } = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"))
    const ours = sources
      .map((one: { path: string }) => one.path.replaceAll("\\", "/"))
      .filter((one: string) => !/^node_modules\/|\.generated\.ts$/.test(one))
    expect(ours.length).toBeGreaterThan(40)
    expect(firmwareSources()).toEqual(expect.arrayContaining(ours))
  },
)

test("every board's build, and the sources that Node runs, are of these sources", () => {
  expect(manifest.build).toBe(buildHash())
  for (const board of Object.keys(boards.boards))
    expect(builtFirmware(board)).toEqual({ version: manifest.version, build: buildHash(), board })
})

test("what a board says of itself is read, also from a firmware that told no build", () => {
  const mark = { version: "0.1.0", board: "pico", build: "1f2e3d4c" }
  expect(parseFirmware("0.1.0 pico 1f2e3d4c")).toEqual(mark)
  expect(parseFirmware("0.1.0 pico")).toEqual({ version: "0.1.0", board: "pico" })
  expect(firmwareText(mark)).toBe("0.1.0 for pico, build 1f2e3d4c")
  expect(otherBuild(mark, mark)).toBeUndefined()
  expect(otherBuild({ ...mark, build: "0" }, mark)).toContain("is build 0 of version 0.1.0")
  expect(otherBuild({ version: "0.1.0", board: "pico" }, mark)).toContain("an early build")
  expect(otherBuild({ ...mark, board: "none" })).toBeUndefined()
})
