import { expect, test } from "vitest"
import { readFirmware } from "../../host/transport/simulated"
import { Random } from "../../sim/random"
import { act, begin, type Memories, memoriesOf, script } from "./life"
import { cutAt, reference } from "./powerCut"

const SEED = 71
/** The bytes of a start: a cut among them falls into the recovery from the one before. */
const START_BYTES = 12_000
const firmware = readFirmware()

/** What a life before this one left: the log is full of its pages, and a sector's end is near. */
function earlier(): Memories {
  const life = begin(SEED + 1, firmware)
  act(life, script())
  return memoriesOf(life)
}

test(`the power fails at any byte of the buses: all that was committed is there, tests go on by their policy, seed ${SEED}`, () => {
  const whole = reference(SEED, firmware)
  const random = new Random(SEED, "cuts")
  for (let i = 0; i < 40; i++) cutAt(whole, Math.floor(random.uniform(0, whole.bytes)))
})

test(`and once more while the board recovers, seed ${SEED}`, () => {
  const whole = reference(SEED, firmware)
  const random = new Random(SEED, "double cuts")
  for (let i = 0; i < 15; i++)
    cutAt(
      whole,
      Math.floor(random.uniform(0, whole.bytes)),
      Math.floor(random.uniform(0, START_BYTES)),
    )
})

test(`on top of a log that is there already, seed ${SEED}`, () => {
  const whole = reference(SEED, firmware, earlier())
  const random = new Random(SEED, "later cuts")
  for (let i = 0; i < 15; i++) cutAt(whole, Math.floor(random.uniform(0, whole.bytes)))
})

test(`a cut leaves no less than any earlier one, seed ${SEED}`, () => {
  const whole = reference(SEED, firmware)
  let before: number[] = []
  for (let byte = 40_000; byte < 40_400; byte += 20) {
    const { records } = cutAt(whole, byte)
    records.slice(0, 4).forEach((count, channel) => {
      expect(count).toBeGreaterThanOrEqual(before[channel] ?? 0)
    })
    before = records
  }
})
