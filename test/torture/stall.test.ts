import { describe, expect, test } from "vitest"
import { Resistor } from "../../sim/cells/resistor"
import { protocol, start, startRig } from "../scenario/harness"

const CURRENT_A = 5e-3
/** Two periods and a half: an uncalibrated channel, the pump's run-down, and the period that is under way. */
const OFF_C = 0.25 * CURRENT_A
const SEED = 82
const steady = protocol([
  { step: "constant_current", current_mA: 1000 * CURRENT_A, until_time_s: 1e6 },
])

/** Two channels at work; somebody holds the I2C clock; what their relays do, and what comes of it. */
async function hold(duration_ms: number, phase_ms: number) {
  const cells = [0, 1].map(() => new Resistor(50))
  const rig = await startRig({ seed: SEED, cells })
  for (const channel of [0, 1]) await start(rig, channel, 1, steady)
  await rig.link.sleep_ms(30_000)
  const { board, link, client } = rig
  board.advanceBy_ms(phase_ms)
  const began_ms = board.now_ms
  const moves: { closed: boolean; after_ms: number }[] = []
  board.channels.slice(0, 2).forEach((frontEnd) => {
    const setRelay = frontEnd.setRelay.bind(frontEnd)
    frontEnd.setRelay = (closed, at_us) => {
      moves.push({ closed, after_ms: at_us / 1000 - began_ms })
      setRelay(closed, at_us)
    }
  })
  board.i2c.holdClockFor_ms(duration_ms)
  await link.sleep_ms(duration_ms + 5_000)
  const statuses = [await client.status(0), await client.status(1)]
  await rig.close()
  return { moves, statuses, cells }
}

const PHASES_ms = [3, 31, 52, 77, 96]

describe(`a bus that somebody holds, and a timer that is late, stall the loop, seed ${SEED}`, () => {
  test.each(PHASES_ms)("for 300 ms, %i ms into a period: the test goes on", async (phase_ms) => {
    const { moves, statuses, cells } = await hold(300, phase_ms)
    expect(moves).toEqual([])
    statuses.forEach(({ state, stepCharge_Ah }, channel) => {
      expect(state).toBe("Running")
      expect(Math.abs(3600 * stepCharge_Ah - cells[channel].charge_C)).toBeLessThan(OFF_C)
    })
  })

  test.each([
    [550, 3],
    [550, 52],
    [550, 96],
    [2_000, 31],
    [600_000, 77],
  ])(
    "for %i ms, %i ms into a period: the relays fall by themselves and stay open",
    async (duration_ms, phase_ms) => {
      const { moves, statuses, cells } = await hold(duration_ms, phase_ms)
      expect(moves.map(({ closed }) => closed)).toEqual([false, false])
      for (const { after_ms } of moves) expect(after_ms).toBeLessThanOrEqual(500)
      statuses.forEach((status, channel) => {
        expect(status).toMatchObject({ state: "Fault", fault: "StaleReading" })
        const off_C = Math.abs(3600 * status.stepCharge_Ah - cells[channel].charge_C)
        expect(off_C).toBeLessThan(0.25 * CURRENT_A)
      })
    },
  )
})
