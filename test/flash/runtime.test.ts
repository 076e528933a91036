import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { runtimeFor } from "../../host/flash/runtime"
import { target, targets } from "../../host/flash/targets"
import { manifest } from "../../host/manifest"
import { madeUpUf2 } from "./madeUpRuntime"

const pico = target("pico")
let cache: string
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "coincell-cache-"))
})
afterEach(() => rmSync(cache, { recursive: true, force: true }))
const offline = () => Promise.reject(new Error("fetch failed"))

test("it is fetched once, from its makers, and then kept", async () => {
  const asked: string[] = []
  const get = async (url: string) => {
    asked.push(url)
    return madeUpUf2()
  }
  const first = await runtimeFor(pico, undefined, { cache, get })
  const second = await runtimeFor(pico, undefined, { cache, get: offline })
  expect(asked).toEqual([pico.runtimeUrl])
  expect(second.image).toEqual(first.image)
  expect(second.source).toBe(join(cache, "devicescript-rp2040-pico.uf2"))
})

test("without internet the way out is named; a file needs none", async () => {
  await expect(runtimeFor(pico, undefined, { cache, get: offline })).rejects.toThrow(
    /cannot be fetched \(fetch failed\).*download https:\/\/.*pico\.uf2, and give it by '--runtime FILE'/,
  )
  const file = join(cache, "mine.uf2")
  writeFileSync(file, madeUpUf2())
  expect((await runtimeFor(pico, file, { cache, get: offline })).source).toBe(file)
  await expect(runtimeFor(pico, `${file}x`, { cache, get: offline })).rejects.toThrow(
    /there is no file .*mine\.uf2x\. The runtime for the Raspberry Pi Pico is .*from https:/,
  )
})

test("what came over the internet and is no runtime is not kept; what was kept and is broken is fetched anew", async () => {
  const page = async () => Buffer.from("<html>".padEnd(512))
  await expect(runtimeFor(pico, undefined, { cache, get: page })).rejects.toThrow("no UF2 block")
  expect(readdirSync(cache)).toEqual([])
  writeFileSync(join(cache, "devicescript-rp2040-pico.uf2"), "half")
  const found = await runtimeFor(pico, undefined, { cache, get: async () => madeUpUf2() })
  expect(found.source).toBe(pico.runtimeUrl)
})

/** The table of boards inside DeviceScript's compiler, from which `devs flash` works. */
function compilersBoards() {
  const path = createRequire(import.meta.url).resolve(
    "@devicescript/cli/built/devicescript-cli.cjs",
  )
  const text = readFileSync(path, "utf8")
  const from = text.indexOf("var boards_default = {") + "var boards_default = ".length
  const to = text.indexOf("\n    };", from) + "\n    }".length
  return new Function(`return ${text.slice(from, to)}`)() as {
    archs: Record<string, Record<string, string | number>>
    boards: Record<string, { $fwUrl: string; archId: string; productId: string; pins: object }>
  }
}
const { archs, boards } = compilersBoards()

test.each(targets)("addresses, product and link of $board are the compiler's", (one) => {
  const key = one.board as "pico" | "pico_w" | "xiao_esp32c3"
  const theirs = boards[manifest.boards[key].devicescript]
  const arch = archs[theirs.archId]
  expect(one.runtimeUrl).toBe(theirs.$fwUrl)
  expect(one.productId).toBe(Number(theirs.productId))
  expect(one.chip).toMatchObject({
    name: theirs.archId,
    configAt: Number(arch.dcfgOffset),
    storeAt: Number(arch.fstorOffset),
    storeBytes: Number(arch.fstorPages) * Number(arch.flashPageSize),
  })
  // An image for esptool is written from where its file begins.
  if (one.chip.way === "esptool") expect(arch.binFlashOffset).toBe(0)
})

test.each(targets)(
  "pins of $board in devicescript.json are pins that the compiler knows",
  (one) => {
    const board = manifest.boards[one.board as "pico" | "pico_w" | "xiao_esp32c3"]
    const known = Object.keys(boards[board.devicescript].pins)
    const { i2c, spi } = board
    const used = [i2c.sda, i2c.scl, spi.miso, spi.mosi, spi.sck, spi.select]
    expect(known).toEqual(expect.arrayContaining(used))
    expect(new Set(used).size).toBe(used.length)
  },
)
