import { readFileSync, statSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { manifest } from "../../host/manifest"

/** The RP2040's program area: 27 pages of 4 kB. */
const LIMIT_BYTES = 110_592
/** A function's place in a program is told in 16 bits. */
const FUNCTIONS_END_BYTES = 65_536

/** Where the code of a program's functions ends: from the debugging file that the compiler writes beside it. */
function functionsEnd(board: string): number {
  const path = `../../firmware/.devicescript/${board}/bytecode-dbg.json`
  const { functions } = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"))
  return Math.max(...functions.map((one: Placed) => one.startpc + one.size))
}
interface Placed {
  startpc: number
  size: number
}

describe("every board of the manifest has its firmware (npm test builds them all)", () => {
  test.each(Object.keys(manifest.boards))("%s, small enough for an RP2040", (board) => {
    const path = new URL(`../../firmware/.devicescript/${board}/bytecode.devs`, import.meta.url)
    expect(statSync(path).size).toBeLessThan(LIMIT_BYTES)
    expect(functionsEnd(board)).toBeGreaterThan(20_000)
    expect(functionsEnd(board)).toBeLessThan(FUNCTIONS_END_BYTES)
  })
})

describe("the manifest", () => {
  const { chips, channels, frontEnd, expanderPins, defaultCalibration } = manifest

  test("gives every I2C chip an address of its own", () => {
    const addresses = Object.values(chips).flatMap((chip) =>
      "addresses" in chip ? chip.addresses : [],
    )
    expect(new Set(addresses).size).toBe(addresses.length)
    for (const address of addresses) expect(address).toMatch(/^0x[0-7][0-9a-f]$/)
  })

  test("gives every channel a converter and a relay, every range a calibration", () => {
    expect(chips.adc.addresses).toHaveLength(channels)
    expect(expanderPins.relay).toHaveLength(channels)
    expect(defaultCalibration.currentGain).toHaveLength(frontEnd.currentRanges.length)
    expect(defaultCalibration.currentOffset_A).toHaveLength(frontEnd.currentRanges.length)
  })

  test.each(frontEnd.currentRanges)("range of gain $gain stays inside the converter", (range) => {
    const { shunt_ohm, adcReference_V } = frontEnd
    expect(range.limit_A * shunt_ohm * range.gain).toBeLessThan(0.99 * adcReference_V)
  })
})
