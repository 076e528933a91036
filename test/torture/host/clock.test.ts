import { utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, expect, test } from "vitest"
import { FollowedBoard } from "../../../host/follow/followedBoard"
import { bootsOf, readTests, readWholeLog } from "../../../host/log/read"
import { pagesOf } from "../../../host/log/pages"
import { BOARD_CHANNEL } from "../../../firmware/core/logFormat"
import type { Session } from "../../../host/session"
import { Lock } from "../../../host/store/lock"
import { Resistor } from "../../../sim/cells/resistor"
import { Random } from "../../../sim/random"
import { newFolder } from "../../store/folder"
import { protocol, type Rig, start, startRig } from "../../scenario/harness"

const HOUR_ms = 3_600_000
const YEAR_ms = 8766 * HOUR_ms
const STEPS_ms = [-30 * YEAR_ms, -YEAR_ms, -HOUR_ms, -3_000, 3_000, HOUR_ms, YEAR_ms, 50 * YEAR_ms]
const STEP_s = 60

let rig: Rig | undefined
afterEach(async () => {
  await rig?.close()
  rig = undefined
})

/** The host's clock shows what it is set to; the board's goes on. */
function settable({ link }: Rig): { set: (off_ms: number) => void; true_ms: () => number } {
  const trueTime_ms = () => Date.UTC(2026, 0, 1) + link.now_ms
  let off_ms = 0
  Object.defineProperty(link, "unixTime_ms", { get: () => trueTime_ms() + off_ms })
  return {
    set(now_off_ms) {
      off_ms = now_off_ms
    },
    true_ms: trueTime_ms,
  }
}

const TEST = protocol(
  [1, 2, 3].map((current_mA) => ({
    step: "constant_current" as const,
    current_mA,
    until_time_s: STEP_s,
  })),
  { record: { time_s: 1 } },
)

test("a host's clock that leaps by seconds, hours and years between looks: durations are the board's, UTC rises and is right in the end, seeds 31 and 32", async () => {
  for (const seed of [31, 32]) {
    rig = await startRig({ seed, cells: [new Resistor(50)] })
    const { client, link } = rig
    const clock = settable(rig)
    const random = new Random(seed, "clock")
    await client.setTime(link.unixTime_ms)
    await start(rig, 0, 1, TEST)
    const began_ms = clock.true_ms()
    for (let look = 0; look < 20; look++) {
      await link.sleep_ms(10_000)
      clock.set(STEPS_ms[Math.floor(random.uniform(0, STEPS_ms.length))])
      await client.setTime(link.unixTime_ms)
    }
    clock.set(0)
    await client.setTime(link.unixTime_ms)
    const [{ samples, gaps, end }] = await readTests(link, client)
    expect(end?.kind).toBe("finished")
    expect(gaps).toEqual([])
    for (const [i, { time_s, unixTime_s }] of samples.entries()) {
      const before = samples[i - 1]
      if (before === undefined) continue
      expect(time_s).toBeGreaterThanOrEqual(before.time_s)
      expect(unixTime_s).toBeGreaterThanOrEqual(before.unixTime_s ?? 0)
      // What was told in between is corrected by what was told last.
      expect((unixTime_s ?? 0) - (before.unixTime_s ?? 0)).toBeCloseTo(time_s - before.time_s, 0)
    }
    for (const step of [0, 1, 2]) {
      const of = samples.filter(({ stepIndex }) => stepIndex === step)
      expect((of.at(-1)?.time_s ?? 0) - of[0].time_s).toBeCloseTo(STEP_s, 0)
    }
    expect(Math.abs(1000 * (samples[0].unixTime_s ?? 0) - began_ms)).toBeLessThan(20_000)
    expect(bootsOf(pagesOf(await readWholeLog(link, client)))).toHaveLength(1)
    if (seed === 31) await rig.close()
  }
})

test("two hosts whose clocks are minutes apart, looking for hours: the log is not filled by what they tell, seed 33", async () => {
  rig = await startRig({ seed: 33, cells: [] })
  const { client, link } = rig
  const clock = settable(rig)
  await client.setTime(link.unixTime_ms)
  const session = { link, board: client, isSimulated: false } as unknown as Session
  const hosts = [0, 1].map(() => new FollowedBoard(client.id, client.name))
  const HOURS = 2
  for (let look = 0; look < HOURS * 6; look++) {
    for (const [i, host] of hosts.entries()) {
      clock.set(i * 180_000)
      await host.look(session)
    }
    await link.sleep_ms(HOUR_ms / 6)
  }
  const { pages } = pagesOf(await readWholeLog(link, client))
  const told = pages.filter(({ channel }) => channel === BOARD_CHANNEL)
  expect(told.length).toBeGreaterThan(1)
  expect(told.length).toBeLessThan(2 + 2 * HOURS * hosts.length)
})

test("a board that has forgotten the time is told at the next look, seed 34", async () => {
  rig = await startRig({ seed: 34, cells: [] })
  const { client, link, board } = rig
  const host = new FollowedBoard(client.id, client.name)
  const session = { link, board: client, isSimulated: false } as unknown as Session
  await host.look(session)
  expect((await client.time()).unix_ms).toBeDefined()
  board.resetMcu()
  await link.sleep_ms(5_000)
  expect((await client.time()).unix_ms).toBeUndefined()
  await host.look(session)
  expect((await client.time()).unix_ms).toBeDefined()
})

test("an empty lock from a future that the clock was set back from keeps nobody out", () => {
  const path = join(newFolder(), "lock")
  writeFileSync(path, "")
  const future = new Date(Date.now() + YEAR_ms)
  utimesSync(path, future, future)
  Lock.take(path).check()
})
