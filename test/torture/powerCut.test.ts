import { expect, test } from "vitest"
import { readFirmware } from "../../host/transport/simulated"
import { blankMemories } from "../../sim/board"
import { failureOf, live, randomCuts, referenceOf } from "./cuts"
import { SOAK } from "./faultOptions"
import { act, begin, script } from "./life"
import { cutAt, type Reference } from "./powerCut"
import { SCENARIOS } from "./scenarios"

const SEED = 71
const firmware = readFirmware()

/** What went wrong in so many lives. */
function failures(seed: number, lives: number, engine: Uint8Array | "native"): string[] {
  const said: string[] = []
  live(
    randomCuts(SOAK, seed, engine),
    (counts) => counts.lives >= lives,
    (line) => said.push(line),
  )
  return said
}

/** The bytes in which the first test ends: its last points, its end, its checkpoints. */
function endOf({ found, boot }: Reference): [from: number, to: number] {
  const ends = found.records.get(`0 1 ${boot}`)?.at(-1) ?? ""
  const { kind, boardTime_ms } = JSON.parse(ends) as { kind: string; boardTime_ms: number }
  expect(kind).toBe("testEnds")
  const life = begin(SEED, "native", blankMemories())
  act(life, script(), boardTime_ms - 100)
  const from = life.board.supply.bytes
  life.board.advanceBy_ms(300)
  return [from, life.board.supply.bytes]
}

test(`the power fails at any byte of the buses, in all scenarios, once and again: all that was committed is there, tests go on by their policy, seed ${SEED}`, () => {
  expect(failures(SEED, 75, firmware)).toEqual([])
})

test(`and the same of the sources in Node, seed ${SEED + 1}`, () => {
  expect(failures(SEED + 1, 225, "native")).toEqual([])
})

test(`at each byte in which a test ends, the log says that it did, seed ${SEED}`, () => {
  const whole = referenceOf(SEED, "fresh", "native")
  const failed: number[] = []
  const [from, to] = endOf(whole)
  for (let byte = from; byte < to; byte += 5)
    if (failureOf(whole, { seed: SEED, scenario: "fresh", byte, again: [] }) !== undefined)
      failed.push(byte)
  expect(failed).toEqual([])
})

test(`a cut leaves no less than any earlier one, seed ${SEED}`, () => {
  const whole = referenceOf(SEED, "fresh", firmware)
  let before: number[] = []
  for (let byte = 40_000; byte < 40_400; byte += 20) {
    const { records } = cutAt(whole, byte)
    records.slice(0, 4).forEach((count, channel) => {
      expect(count).toBeGreaterThanOrEqual(before[channel] ?? 0)
    })
    before = records
  }
})

test.each(SCENARIOS)("what is not a life's own is left alone: %s", (name) => {
  const whole = referenceOf(SEED, name, "native")
  for (let i = 1; i < 5; i++) cutAt(whole, Math.floor((whole.bytes * i) / 5))
  expect(whole.worn.isKept()).toBe(true)
})
