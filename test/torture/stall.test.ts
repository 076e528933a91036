import { describe, expect, test } from "vitest"
import type { Gap } from "../../host/log/testAbout"
import type { Protocol } from "../../host/protocol/schema"
import type { SimulatedBoard } from "../../sim/board"
import { Resistor } from "../../sim/cells/resistor"
import { logged, protocol, type Rig, start, startRig } from "../scenario/harness"
import { Energised } from "./energised"

const CURRENT_A = 5e-3
/** Two periods and a half: an uncalibrated channel, the pump's run-down, and the period that is under way. */
const OFF_C = 0.25 * CURRENT_A
/** What may flow when a relay closes at 0 A. */
const NOTHING_A = 1e-4
const SEED = 82
const steady = (resume: Protocol["resume"]) =>
  protocol([{ step: "constant_current", current_mA: 1000 * CURRENT_A, until_time_s: 1e6 }], {
    resume,
  })

type Stall = (board: SimulatedBoard, duration_ms: number) => void
/** Somebody holds the clock line: a bus call does not end. */
const byBus: Stall = (board, duration_ms) => board.i2c.holdClockFor_ms(duration_ms)
/** The runtime misses its timer: the script is not called. */
const byTimer: Stall = (board, duration_ms) => board.loseTimerFor_ms(duration_ms)

interface AtWork {
  rig: Rig
  cells: Resistor[]
  watch: Energised
  /** By the witness's clock. */
  began_ms: number
}

/** Two channels at work for half a minute, and a part of a period; nobody speaks to the board any more. */
async function atWork(
  resume: Protocol["resume"],
  phase_ms: number,
  watchdog = true,
): Promise<AtWork> {
  const cells = [0, 1].map(() => new Resistor(50))
  const rig = await startRig({ seed: SEED, cells, watchdog })
  for (const channel of [0, 1]) await start(rig, channel, 1, steady(resume))
  await rig.link.sleep_ms(30_000)
  rig.board.advanceBy_ms(phase_ms)
  return { rig, cells, watch: new Energised(rig.board), began_ms: rig.board.now_ms }
}

/** What nothing may break; and the charge is what the log says that it is. */
async function isSound({ rig, cells, watch }: AtWork): Promise<void> {
  expect(watch.longest_ms).toBeLessThan(1000)
  for (const { closed, current_A } of watch.moves)
    if (closed) expect(Math.abs(current_A)).toBeLessThan(NOTHING_A)
  for (const channel of [0, 1]) {
    const off_C = await chargeError_C(rig, channel, cells[channel])
    const gaps = await gapsOf(rig, channel)
    const uncertain_C = gaps.reduce((sum, gap) => sum + 3600 * (gap.restart?.uncertain_Ah ?? 0), 0)
    expect(off_C).toBeLessThan(uncertain_C + OFF_C)
    expect(uncertain_C).toBeLessThanOrEqual(1.001 * CURRENT_A)
  }
}

async function chargeError_C({ client }: Rig, channel: number, cell: Resistor): Promise<number> {
  const { stepCharge_Ah } = await client.status(channel)
  return Math.abs(3600 * stepCharge_Ah - cell.charge_C)
}

/** What the log tells, once the test has ended: before, its last page is in FRAM alone. */
async function gapsOf(rig: Rig, channel: number): Promise<Gap[]> {
  await rig.client.stop(channel)
  await rig.link.sleep_ms(1_000)
  return (await logged(rig, channel, 1)).gaps
}

async function states({ client }: Rig): Promise<string[]> {
  const statuses = [await client.status(0), await client.status(1)]
  return statuses.map(({ state, fault, pause }) =>
    state === "Fault" ? fault : state === "Paused" ? pause : state,
  )
}

const PHASES_ms = [3, 31, 52, 77, 96]

describe.each([
  ["a bus that somebody holds", byBus, 250],
  // By the time that the loop would have waited anyway, a late timer stalls it for longer.
  ["a timer that is late", byTimer, 200],
] as const)(`%s stalls the loop, seed ${SEED}`, (_, stall, short_ms) => {
  test.each(PHASES_ms)("for a moment, %i ms into a period: nothing moves", async (phase_ms) => {
    const work = await atWork("ask", phase_ms)
    const { rig, watch, cells } = work
    stall(rig.board, short_ms)
    watch.runFor_ms(5_000)
    expect(watch.moves).toEqual([])
    expect(await states(rig)).toEqual(["Running", "Running"])
    for (const channel of [0, 1])
      expect(await chargeError_C(rig, channel, cells[channel])).toBeLessThan(OFF_C)
    await isSound(work)
    await rig.close()
  })

  test.each([[400, 3], [500, 52], [550, 96], ...PHASES_ms.map((phase_ms) => [900, phase_ms])])(
    "for %i ms, %i ms into a period: every relay opens, and the test goes on by itself",
    async (duration_ms, phase_ms) => {
      const work = await atWork("ask", phase_ms)
      const { rig, watch, began_ms } = work
      stall(rig.board, duration_ms)
      watch.runFor_ms(duration_ms + 5_000)
      for (const channel of [0, 1]) {
        const [opens, closes, ...more] = watch.moves.filter((move) => move.channel === channel)
        expect(opens.closed).toBe(false)
        expect(opens.at_ms - began_ms).toBeLessThanOrEqual(duration_ms + 200)
        expect(closes.at_ms - began_ms - duration_ms).toBeGreaterThan(1000)
        expect(more).toEqual([])
      }
      expect(await states(rig)).toEqual(["Running", "Running"])
      await isSound(work)
      expect((await gapsOf(rig, 0)).map(({ kind }) => kind)).toEqual(["restart"])
      await rig.close()
    },
  )

  test.each([
    ["continue", "Running"],
    ["ask", "Restart"],
    ["stop", "Finished"],
  ] as const)("for 2 s: as after a restart, policy %s", async (policy, outcome) => {
    const work = await atWork(policy, 31)
    const { rig, watch } = work
    stall(rig.board, 2_000)
    watch.runFor_ms(7_000)
    expect(await states(rig)).toEqual([outcome, outcome])
    await isSound(work)
    await rig.close()
  })
})

test(`stalls again and again: the sixth in an hour waits for a person, seed ${SEED}`, async () => {
  const work = await atWork("continue", 31)
  const { rig, watch } = work
  for (let i = 1; i <= 6; i++) {
    // No frame of the host's is still on its way, which would wake the board.
    watch.runFor_ms(1_000)
    byTimer(rig.board, 600)
    watch.runFor_ms(10_000)
    const state = i < 6 ? "Running" : "StaleReading"
    expect(await states(rig)).toEqual([state, state])
  }
  expect(watch.longest_ms).toBeLessThan(1000)
  await rig.close()
})

test(`the clock line held for ten minutes, no jumper at the watchdog: then by the policy, seed ${SEED}`, async () => {
  const work = await atWork("continue", 77, false)
  const { rig, watch, began_ms } = work
  byBus(rig.board, 600_000)
  watch.runFor_ms(605_000)
  for (const { closed, at_ms } of watch.moves.slice(0, 2)) {
    expect(closed).toBe(false)
    expect(at_ms - began_ms).toBeLessThan(900)
  }
  expect(await states(rig)).toEqual(["Running", "Running"])
  await isSound(work)
  await rig.close()
})
