import { describe, expect, test } from "vitest"
import { Resistor } from "../../sim/cells/resistor"
import { logged, protocol, type Rig, start, startRig } from "../scenario/harness"
import { Energised } from "./energised"

const SEED = 85
const CURRENT_A = 5e-3
/** One interval of the watchdog and a second one, its reset, and the start. */
const WATCHDOG_ms = 16_000
const REGULATES_ms = 5_000
const steady = protocol(
  [{ step: "constant_current", current_mA: 1000 * CURRENT_A, until_time_s: 1e6 }],
  { resume: "continue" },
)

interface AtWork {
  rig: Rig
  cell: Resistor
  watch: Energised
  lines: string[]
}

async function atWork(watchdog = true): Promise<AtWork> {
  const cell = new Resistor(50)
  const rig = await startRig({ seed: SEED, cells: [cell], watchdog })
  await start(rig, 0, 1, steady)
  await rig.link.sleep_ms(30_000)
  const lines: string[] = []
  const { onLog } = rig.board
  rig.board.onLog = (line) => {
    lines.push(line)
    onLog(line)
  }
  return { rig, cell, watch: new Energised(rig.board), lines }
}

/** Milliseconds until the current flows again. */
function regulatesAfter_ms({ rig, watch }: AtWork, most_ms: number): number {
  const began_ms = rig.board.now_ms
  const isOn = () => Math.abs(rig.board.channels[0].current_A) > 0.99 * CURRENT_A
  while (!isOn() && rig.board.now_ms - began_ms < most_ms) watch.runFor_ms(20)
  return rig.board.now_ms - began_ms
}

/** Resets the microcontroller in the middle of a byte, so many from here. */
function resetAfter({ rig, watch }: AtWork, bytes: number): void {
  const { supply } = rig.board
  const until = supply.bytes + bytes
  supply.resetAfter(until)
  const began_ms = rig.board.now_ms
  while (supply.bytes < until && rig.board.now_ms - began_ms < 10_000) watch.runFor_ms(1)
  expect(supply.bytes).toBeGreaterThanOrEqual(until)
}

/** The test runs, and what the log says of its charge is true. */
async function isSound({ rig, cell, watch }: AtWork): Promise<void> {
  const { state, stepCharge_Ah } = await rig.client.status(0)
  const off_C = Math.abs(3600 * stepCharge_Ah - cell.charge_C)
  expect(state).toBe("Running")
  await rig.client.stop(0)
  await rig.link.sleep_ms(1_000)
  const { gaps } = await logged(rig, 0, 1)
  expect(gaps.length).toBeGreaterThan(0)
  const uncertain_C = gaps.reduce((sum, gap) => sum + 3600 * (gap.restart?.uncertain_Ah ?? 0), 0)
  expect(off_C).toBeLessThan(uncertain_C + 0.25 * CURRENT_A)
  expect(watch.longest_ms).toBeLessThan(1000)
  await rig.close()
}

describe(`the bus hangs in mid-test, and with it the microcontroller, seed ${SEED}`, () => {
  test("SDA held by a chip in mid-byte: the relays fall, the watchdog resets, the bus is clocked free", async () => {
    const work = await atWork()
    const { rig, watch, lines } = work
    rig.board.i2c.lines.leave(0x00, 3)
    watch.runFor_ms(900)
    expect(rig.board.channels[0].current_A).toBe(0)
    const back_ms = regulatesAfter_ms(work, 60_000)
    expect(lines.filter((line) => line.includes("watchdog"))).toHaveLength(1)
    expect(back_ms).toBeLessThan(WATCHDOG_ms + REGULATES_ms)
    await isSound(work)
  })

  test("SCL held for a minute: nothing is energised, each start says why, then the test goes on", async () => {
    const work = await atWork()
    const { rig, watch, lines } = work
    rig.board.i2c.holdClockFor_ms(Number.POSITIVE_INFINITY)
    watch.runFor_ms(60_000)
    expect(rig.board.channels[0].current_A).toBe(0)
    const closed = watch.moves.filter(({ closed }) => closed)
    expect(closed).toEqual([])
    const resets = lines.filter((line) => line.includes("watchdog"))
    expect(resets.length).toBeGreaterThanOrEqual(5)
    expect(lines.filter((line) => line.includes("held low")).length).toBeGreaterThanOrEqual(5)
    rig.board.i2c.releaseClock()
    expect(regulatesAfter_ms(work, 60_000)).toBeLessThan(WATCHDOG_ms + REGULATES_ms)
    await isSound(work)
  })

  test("a timer that is lost for ever: the watchdog resets", async () => {
    const work = await atWork()
    const { rig, watch, lines } = work
    rig.board.loseTimerFor_ms(Number.POSITIVE_INFINITY)
    watch.runFor_ms(1_000)
    expect(rig.board.channels[0].current_A).toBe(0)
    expect(regulatesAfter_ms(work, 60_000)).toBeLessThan(WATCHDOG_ms + REGULATES_ms)
    expect(lines.filter((line) => line.includes("watchdog"))).toHaveLength(1)
    await isSound(work)
  })
})

test("the watchdog leaves a start alone, which takes longer than none of its intervals", async () => {
  const work = await atWork()
  const { rig, lines } = work
  rig.board.resetMcu()
  expect(regulatesAfter_ms(work, 60_000)).toBeLessThan(REGULATES_ms)
  work.watch.runFor_ms(60_000)
  expect(lines.filter((line) => line.includes("watchdog"))).toEqual([])
  await isSound(work)
})

describe(`the microcontroller is reset in the middle of a byte, seed ${SEED}`, () => {
  // Of one control period's transfers each byte's turn comes in steps that share no factor with them.
  test.each(Array.from({ length: 12 }, (_, i) => 1 + 37 * i))("%i bytes on", async (bytes) => {
    const work = await atWork()
    resetAfter(work, bytes)
    // The relay falls on its own, or the start lets it go.
    work.watch.runFor_ms(2_000)
    expect(regulatesAfter_ms(work, 60_000)).toBeLessThan(REGULATES_ms)
    await isSound(work)
  })

  test("and again in the start that follows: the bus is freed each time", async () => {
    const work = await atWork()
    for (const bytes of [400, 3, 11, 25, 40, 70, 120, 200, 350, 600]) resetAfter(work, bytes)
    work.watch.runFor_ms(2_000)
    expect(regulatesAfter_ms(work, 60_000)).toBeLessThan(REGULATES_ms)
    await isSound(work)
  })
})
