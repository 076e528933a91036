import { expect, test } from "vitest"
import { Resistor } from "../../sim/cells/resistor"
import { finish, logged, protocol, type Rig, start, startRig } from "./harness"

/** UTC of the virtual clock's beginning, a whole ms. */
const EPOCH_ms = 1_800_000_000_123
const HOUR_ms = 3_600_000
const CURRENT_A = 0.005
const STEP_s = 20

const reversing = protocol(
  [
    { step: "tag", tag: "cycle" },
    { step: "constant_current", current_mA: CURRENT_A * 1e3, until_time_s: STEP_s },
    { step: "constant_current", current_mA: -CURRENT_A * 1e3, until_time_s: STEP_s },
    { step: "loop", loop_to: "cycle", cycle_count: 3 },
  ],
  { resume: "continue", record: { time_s: 1, burst_s: 1 } },
)

const tell = ({ client, link }: Rig) => client.setTime(Math.round(EPOCH_ms + link.now_ms))

/** The witness: notes when the true current reverses, in virtual ms, for so long. */
function reversals({ board }: Rig, most_s: number): number[] {
  const found: number[] = []
  const until_ms = board.now_ms + most_s * 1000
  let sign = 0
  while (board.now_ms < until_ms) {
    board.advanceBy_ms(5)
    const current_A = board.channels[0].current_A
    if (Math.abs(current_A) < CURRENT_A / 2) continue
    if (sign !== 0 && Math.sign(current_A) === -sign) found.push(board.now_ms)
    sign = Math.sign(current_A)
  }
  return found
}

/** How far each step's end in the log lies from the reversal that it was, ms. */
function offBy_ms(ends: { unixTime_s: number | undefined }[], witnessed: number[]): number[] {
  return witnessed.map((at_ms, i) => {
    const told_s = ends[i].unixTime_s
    if (told_s === undefined) return Number.NaN
    return told_s * 1000 - (EPOCH_ms + at_ms)
  })
}

const worst = (values: number[]) => Math.max(...values.map(Math.abs))

test.each([131, 132])("samples carry UTC within 50 ms, seed %i", async (seed) => {
  const rig = await startRig({ seed, cells: [new Resistor(50)] })
  await tell(rig)
  await start(rig, 0, 1, reversing)
  const witnessed = reversals(rig, 7 * STEP_s + 30)
  await finish(rig, 60)
  const { samples, start_unix_s } = await logged(rig, 0, 1)
  const ends = samples.filter((s) => s.isLast)
  expect(witnessed).toHaveLength(5)
  const off_ms = offBy_ms(ends, witnessed)
  expect(worst(off_ms)).toBeLessThan(50)
  expect(start_unix_s).toBeLessThan(samples[0].unixTime_s as number)
  for (const [i, s] of samples.entries()) {
    if (i === 0) continue
    const before = samples[i - 1]
    const passed_s = (s.unixTime_s as number) - (before.unixTime_s as number)
    expect(passed_s).toBeCloseTo(s.time_s - before.time_s, 6)
  }
  await rig.close()
})

test("an hour without power is an hour of UTC and none of test time, seed 133", async () => {
  const rig = await startRig({ seed: 133, cells: [new Resistor(50)] })
  await tell(rig)
  await start(rig, 0, 1, reversing)
  const before = reversals(rig, 50)
  rig.board.powerOff()
  rig.board.advanceBy_ms(HOUR_ms)
  rig.board.powerOn()
  await rig.link.sleep_ms(3_000)
  await tell(rig)
  const after = reversals(rig, 130)
  await finish(rig, 60)
  const { samples, gaps, end } = await logged(rig, 0, 1)
  expect(end?.kind).toBe("finished")
  const ends = samples.filter((s) => s.isLast)
  expect(before.length).toBeGreaterThan(0)
  expect(before.length + after.length).toBe(5)
  const off_ms = offBy_ms(ends, [...before, ...after])
  expect(worst(off_ms)).toBeLessThan(50)
  const at = gaps[0].sampleIndex
  const [last, next] = [samples[at - 1], samples[at]]
  const dark_s = (next.unixTime_s as number) - (last.unixTime_s as number)
  expect(dark_s).toBeGreaterThan(HOUR_ms / 1000)
  expect(dark_s).toBeLessThan(HOUR_ms / 1000 + 10)
  for (const [i, s] of samples.entries())
    if (i > 0) expect(s.time_s).toBeGreaterThanOrEqual(samples[i - 1].time_s)
  expect(next.time_s - last.time_s).toBeLessThan(2)
  // Six steps, and what a restart may repeat of one.
  expect((samples.at(-1)?.time_s ?? 0) - 6 * STEP_s).toBeLessThan(2)
  await rig.close()
})

test("a boot that was told the time by nobody has none, seed 134", async () => {
  const rig = await startRig({ seed: 134, cells: [new Resistor(50)] })
  await tell(rig)
  await start(rig, 0, 1, reversing)
  await rig.link.sleep_ms(40_000)
  expect((await rig.client.time()).unix_ms).toBeDefined()
  rig.board.powerOff()
  rig.board.advanceBy_ms(HOUR_ms)
  rig.board.powerOn()
  await rig.link.sleep_ms(5_000)
  expect((await rig.client.time()).unix_ms).toBeUndefined()
  await finish(rig, 300)
  const { samples, gaps } = await logged(rig, 0, 1)
  const at = gaps[0].sampleIndex
  for (const s of samples.slice(0, at)) expect(s.unixTime_s).toBeDefined()
  expect(samples.length).toBeGreaterThan(at)
  for (const s of samples.slice(at)) expect(s.unixTime_s).toBeUndefined()
  expect(gaps[0].resumed?.unixTime_s).toBeUndefined()
  await rig.close()
})

test("told in mid-test, the samples before it have their time too, seed 135", async () => {
  const rig = await startRig({ seed: 135, cells: [new Resistor(50)] })
  await start(rig, 0, 1, reversing)
  const witnessed = reversals(rig, 60)
  await tell(rig)
  await finish(rig, 300)
  const { samples } = await logged(rig, 0, 1)
  const ends = samples.filter((s) => s.isLast)
  expect(witnessed.length).toBeGreaterThan(0)
  expect(worst(offBy_ms(ends, witnessed))).toBeLessThan(50)
  await rig.close()
})
