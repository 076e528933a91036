import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { build, compilerVersion, sourcesHash, toUf2 } from "./firmware/build"
import { probeUf2 } from "./probe"

const note = JSON.parse(readFileSync(new URL("firmware/probe.json", import.meta.url), "utf8"))

test("the probe that is committed is of its sources: if not, npx tsx test/pico/firmware/build.ts", () => {
  expect(sourcesHash()).toBe(note.sources)
})

test.skipIf(compilerVersion() !== note.compiler)(
  `the probe that is committed is what arm-none-eabi-gcc ${note.compiler} makes of its sources`,
  () => {
    expect(toUf2(build()).equals(readFileSync(probeUf2))).toBe(true)
  },
)
