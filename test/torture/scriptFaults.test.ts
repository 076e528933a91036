import { readFileSync } from "node:fs"
import { beforeAll, describe, expect, test } from "vitest"
import { readFirmware } from "../../host/transport/simulated"
import { Resistor } from "../../sim/cells/resistor"
import { address, manifest } from "../../sim/manifest"
import { logged, protocol, type Rig, start, startRig } from "../scenario/harness"
import { Energised } from "./energised"
import { buildFaultyFirmware, MISDEEDS, OTHER_VERSION } from "./faultyFirmware"

const { version: SHIPPED_VERSION } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
)
const SEED = 87
const CURRENT_A = 5e-3
const CONVERTER = address(manifest.chips.adc.addresses[0])
const FRAM = address(manifest.chips.fram.addresses[0])
const steady = protocol(
  [{ step: "constant_current", current_mA: 1000 * CURRENT_A, until_time_s: 1e6 }],
  { resume: "continue" },
)

let faulty: Uint8Array
beforeAll(() => {
  faulty = buildFaultyFirmware()
}, 120_000)

interface AtWork {
  rig: Rig
  cell: Resistor
  watch: Energised
}

async function atWork(firmware?: Uint8Array): Promise<AtWork> {
  const cell = new Resistor(50)
  const rig = await startRig({ seed: SEED, cells: [cell], firmware })
  await start(rig, 0, 1, steady)
  await rig.link.sleep_ms(30_000)
  return { rig, cell, watch: new Energised(rig.board) }
}

/** The next call to a chip ends the script in some way. */
function plant({ board }: Rig, at: number, misdeed: keyof typeof MISDEEDS): void {
  const { i2c } = board
  const transact = i2c.transact
  i2c.transact = (address, write, read) => {
    const status = transact(address, write, read)
    if (address !== at) return status
    i2c.transact = transact
    return MISDEEDS[misdeed]
  }
}

/** When the relay fell, and when the current flowed again, after now. */
function course({ rig, watch }: AtWork, most_ms: number): { off_ms: number; back_ms: number } {
  const { board } = rig
  const began_ms = board.now_ms
  let off_ms = Number.POSITIVE_INFINITY
  while (board.now_ms - began_ms < most_ms) {
    watch.runFor_ms(10)
    const current_A = Math.abs(board.channels[0].current_A)
    if (current_A === 0) off_ms = Math.min(off_ms, board.now_ms - began_ms)
    else if (off_ms < most_ms && current_A > 0.99 * CURRENT_A)
      return { off_ms, back_ms: board.now_ms - began_ms }
  }
  return { off_ms, back_ms: Number.POSITIVE_INFINITY }
}

/** The test runs, once; the log tells of the interruption, and of the charge no more than is true. */
async function isSound({ rig, cell, watch }: AtWork): Promise<void> {
  const { state, stepCharge_Ah } = await rig.client.status(0)
  const off_C = Math.abs(3600 * stepCharge_Ah - cell.charge_C)
  expect(state).toBe("Running")
  await rig.client.stop(0)
  await rig.link.sleep_ms(1_000)
  const { gaps } = await logged(rig, 0, 1)
  expect(gaps.map(({ kind }) => kind)).toEqual(["restart"])
  expect(off_C).toBeLessThan(3600 * (gaps[0].restart?.uncertain_Ah ?? 0) + 0.25 * CURRENT_A)
  expect(watch.longest_ms).toBeLessThan(1000)
  await rig.close()
}

describe(`the script ends in mid-test, seed ${SEED}`, () => {
  test("by an exception in its control loop: the relay opens at once, and it begins again", async () => {
    const work = await atWork(faulty)
    plant(work.rig, CONVERTER, "exception")
    const { off_ms, back_ms } = course(work, 20_000)
    expect(off_ms).toBeLessThan(200)
    expect(back_ms).toBeLessThan(5_000)
    await isSound(work)
  })

  test.each(["endless loop", "memory full", "calls without end"] as const)(
    "by %s in its control loop: the pump lets the relay fall, the runtime begins it again",
    async (misdeed) => {
      const work = await atWork(faulty)
      plant(work.rig, CONVERTER, misdeed)
      const { off_ms, back_ms } = course(work, 20_000)
      expect(off_ms).toBeLessThan(950)
      expect(back_ms).toBeLessThan(9_000)
      await isSound(work)
    },
  )

  test.each(Object.keys(MISDEEDS) as (keyof typeof MISDEEDS)[])(
    "by %s while it obeys a host: the same",
    async (misdeed) => {
      const work = await atWork(faulty)
      const { rig } = work
      const { board } = rig
      // Between two checkpoints, so that the next word with the FRAM is the host's.
      const words = { count: 0 }
      const transact = board.i2c.transact
      board.i2c.transact = (at, write, read) => {
        if (at === FRAM) words.count++
        return transact(at, write, read)
      }
      const before = words.count
      while (words.count === before) board.advanceBy_ms(10)
      board.advanceBy_ms(150)
      board.i2c.transact = transact
      plant(rig, FRAM, misdeed)
      // It will not be answered.
      rig.client.load(3, new Uint8Array(64)).catch(() => {})
      await new Promise(setImmediate)
      const { off_ms, back_ms } = course(work, 20_000)
      expect(off_ms).toBeLessThan(1_100)
      expect(back_ms).toBeLessThan(10_000)
      await isSound(work)
    },
  )
})

describe(`the firmware is updated with a test running, seed ${SEED}`, () => {
  test.each([
    ["the same", () => readFirmware(), SHIPPED_VERSION],
    ["another version", () => faulty, OTHER_VERSION],
  ] as const)("by %s: the cell is let go, and the test goes on", async (_, program, version) => {
    const work = await atWork()
    work.rig.board.deploy(program())
    const { off_ms, back_ms } = course(work, 20_000)
    expect(off_ms).toBeLessThan(950)
    expect(back_ms).toBeLessThan(5_000)
    await work.rig.link.sleep_ms(2_000)
    expect((await work.rig.client.firmware()).version).toBe(version)
    await isSound(work)
  })

  test("by one that is cut short: nothing is energised; the whole one takes the test up", async () => {
    const work = await atWork()
    const { board } = work.rig
    const broken = readFirmware().slice()
    broken.fill(0, 20_000, 20_064)
    expect(() => board.deploy(broken.slice(0, 32_000))).toThrow("refuses")
    work.watch.runFor_ms(30_000)
    expect(board.channels[0].current_A).toBe(0)
    board.deploy(readFirmware())
    const { back_ms } = course(work, 20_000)
    expect(back_ms).toBeLessThan(5_000)
    await isSound(work)
  })
})
