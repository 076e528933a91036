import { afterEach, describe, expect, test } from "vitest"
import { PageCount } from "../../host/log/pageCount"
import { pagesOf } from "../../host/log/pages"
import { decodeTests, readWholeLog } from "../../host/log/read"
import { Resistor } from "../../sim/cells/resistor"
import { FaultyFlash, type FlashFault } from "../../sim/faults/faultyFlash"
import { Random } from "../../sim/random"
import { protocol, type Rig, start, startRig } from "../scenario/harness"
import { Energised } from "./energised"

const SEED = 86
/** A point every 100 ms: a page of 256 bytes every four seconds. */
const eager = protocol([{ step: "constant_current", current_mA: 5, until_time_s: 1e6 }], {
  record: { time_s: 0.1 },
  resume: "continue",
})

let rig: Rig | undefined
afterEach(() => rig?.close())

async function board(fault?: FlashFault): Promise<{ rig: Rig; flash: FaultyFlash }> {
  let flash: FaultyFlash | undefined
  const cells = [0, 1].map(() => new Resistor(50))
  const started = await startRig({
    seed: SEED,
    cells,
    prepare: ({ spi }) =>
      spi.replace((chip) => {
        flash = new FaultyFlash(chip, new Random(SEED, "flash fault"))
        flash.fault = fault
        return flash
      }),
  })
  rig = started
  return { rig: started, flash: flash as unknown as FaultyFlash }
}

async function states({ client }: Rig): Promise<string[]> {
  const statuses = [await client.status(0), await client.status(1)]
  return statuses.map(({ state, fault }) => (state === "Fault" ? fault : state))
}

async function atWork(): Promise<{ rig: Rig; flash: FaultyFlash; watch: Energised }> {
  const { rig, flash } = await board()
  for (const channel of [0, 1]) await start(rig, channel, 1, eager)
  await rig.link.sleep_ms(40_000)
  expect(await states(rig)).toEqual(["Running", "Running"])
  return { rig, flash, watch: new Energised(rig.board) }
}

/** The points of a test, each 0.1 s after the one before: none is missing, none was made up. */
async function seconds({ link, client }: Rig, channel: number): Promise<number[]> {
  const { pages } = pagesOf(await readWholeLog(link, client))
  // A page that was programmed, but read back wrong, is there twice: every reader leaves out the second.
  const count = new Map<number, PageCount>()
  const once = pages.filter((page) => {
    const ofChannel = count.get(page.channel) ?? new PageCount()
    count.set(page.channel, ofChannel)
    return ofChannel.add(page) >= 0
  })
  const log = Buffer.concat(once.map(({ bytes }) => bytes))
  const found = decodeTests(log).find((one) => one.channel === channel)
  const samples = found?.samples ?? []
  for (const { voltage_V, current_A } of samples) expect(voltage_V).toBeCloseTo(50 * current_A, 2)
  for (let i = 1; i < samples.length; i++)
    expect(samples[i].time_s - samples[i - 1].time_s).toBeLessThan(0.16)
  return samples.map(({ time_s }) => time_s)
}

const NO_LOG: [FlashFault, within_s: number][] = [
  // Two seconds of a flash that is busy; or sixteen pages in a row that do not read back as written.
  ["mute", 30],
  ["busy", 30],
  ["zeros", 60],
  ["stale", 60],
  ["writeProtected", 60],
  ["stuckOne", 60],
  ["stuckZero", 120],
]

describe(`the log's flash goes wrong in mid-test, seed ${SEED}`, () => {
  test.each(NO_LOG)(
    "%s: LogLost within %i s; what FRAM holds is written when it is well again",
    async (fault, within_s) => {
      const { rig, flash, watch } = await atWork()
      flash.fault = fault
      watch.runFor_ms(within_s * 1000)
      expect(await states(rig)).toEqual(["LogLost", "LogLost"])
      expect(watch.longest_ms).toBeLessThan(1000)
      const ended_s: number[] = []
      for (const channel of [0, 1]) ended_s.push((await rig.client.status(channel)).testTime_s)
      flash.fault = undefined
      rig.board.resetMcu()
      await rig.link.sleep_ms(5_000)
      expect(await states(rig)).toEqual(["LogLost", "LogLost"])
      for (const channel of [0, 1]) {
        const times_s = await seconds(rig, channel)
        // The point that found no room is what tells of the fault.
        expect(Math.abs(times_s[times_s.length - 1] - ended_s[channel])).toBeLessThan(0.25)
      }
    },
  )

  test("wrong bytes now and then: a page that reads back other than written is written again", async () => {
    const { rig, flash, watch } = await atWork()
    flash.fault = "wrongBytes"
    watch.runFor_ms(120_000)
    expect(await states(rig)).toEqual(["Running", "Running"])
    flash.fault = undefined
    for (const channel of [0, 1]) await rig.client.stop(channel)
    await rig.link.sleep_ms(3_000)
    for (const channel of [0, 1]) expect((await seconds(rig, channel)).length).toBeGreaterThan(1300)
  })

  test.each([17, 203, 431, 654, 1001])(
    "reset after %i bytes more, at whatever it is: nothing is lost",
    async (bytes) => {
      const { rig, flash, watch } = await atWork()
      const until = rig.board.supply.bytes + 20 * bytes
      while (rig.board.supply.bytes < until) watch.runFor_ms(1)
      flash.reset()
      watch.runFor_ms(60_000)
      expect(await states(rig)).toEqual(["Running", "Running"])
      for (const channel of [0, 1]) await rig.client.stop(channel)
      await rig.link.sleep_ms(3_000)
      for (const channel of [0, 1])
        expect((await seconds(rig, channel)).length).toBeGreaterThan(700)
    },
  )
})

test.each([
  ["identity", /W25Q128/],
  ["mute", /W25Q128/],
  ["zeros", /W25Q128/],
] as const)(
  `a flash that is %s at the start: it is named, nothing is energised, and it is tried again, seed ${SEED}`,
  async (fault, words) => {
    const { rig, flash } = await board(fault)
    await rig.link.sleep_ms(5_000)
    expect(await rig.client.problem()).toMatch(words)
    await expect(start(rig, 0, 1, eager)).rejects.toThrow()
    flash.fault = undefined
    await rig.link.sleep_ms(65_000)
    expect(await rig.client.problem()).toBe("")
  },
)

test(`a flash that is busy without end at the start: the board starts, and no test runs, seed ${SEED}`, async () => {
  const { rig } = await board("busy")
  await rig.link.sleep_ms(10_000)
  await start(rig, 0, 1, eager).catch(() => {})
  await rig.link.sleep_ms(30_000)
  const { state, fault } = await rig.client.status(0)
  expect([state, fault]).not.toContain("Running")
  expect(rig.board.channels[0].current_A).toBe(0)
})
