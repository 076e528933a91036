import { describe, expect, test } from "vitest"
import { putCrc } from "../../host/crc"
import * as format from "../../firmware/core/logFormat"
import type { LogPolicy } from "../../host/boardClient"
import { decodePage } from "../../host/log/decodePage"
import { PAGE_BYTES } from "../../host/log/page"
import { pagesOf } from "../../host/log/pages"
import type { SimulatedBoard } from "../../sim/board"
import { Resistor } from "../../sim/cells/resistor"
import { manifest } from "../../sim/manifest"
import { protocol, type Rig, start, startRig } from "./harness"

const RING = manifest.chips.flash.pages
const SECTOR = 16
/** The log stands here when the board's power comes: on its first round, some pages from being full. */
const BEGUN = RING - 48
/** So many pages a full log keeps for what is still to be written. */
const RESERVE = 2 * SECTOR
const CHANNELS = [0, 1, 2, 3]

/** Fills the ring's first round with whole pages of an earlier boot. */
function fillLog({ flashMemory }: SimulatedBoard): void {
  for (let page = 0; page < BEGUN; page++) {
    const bytes = flashMemory.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES)
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    bytes[format.AT_FORMAT] = format.LOG_FORMAT
    bytes[format.AT_CHANNEL] = format.BOARD_CHANNEL + (page % format.PAGE_NUMBERS) * 16
    bytes.fill(0, format.AT_USED, format.RECORDS_AT)
    view.setUint32(format.AT_SEQUENCE, page, true)
    bytes[format.AT_BOOT] = 1
    view.setInt16(format.AT_TEMPERATURE, format.NO_TEMPERATURE, true)
    putCrc(bytes, 0, format.CRC_AT)
  }
}

/** Every reading of four channels: ten points a second each, a page in about five. */
const greedy = protocol([{ step: "pulse", current_mA: 5, until_time_s: 1e6 }])

async function fillingRig(seed: number, policy: LogPolicy): Promise<Rig> {
  const cells = CHANNELS.map(() => new Resistor(50))
  const rig = await startRig({ seed, cells, prepare: fillLog })
  expect((await rig.client.logRange()).next).toBeGreaterThanOrEqual(BEGUN)
  await rig.client.setLogPolicy(policy)
  for (const channel of CHANNELS) await start(rig, channel, 1, greedy)
  return rig
}

const states = async ({ client }: Rig) =>
  Promise.all(CHANNELS.map(async (channel) => (await client.status(channel)).state))

/** Waits until the log is full and has said so to the tests. */
async function untilPaused(rig: Rig): Promise<void> {
  const until_ms = rig.link.now_ms + 400_000
  while ((await states(rig)).some((state) => state !== "Paused")) {
    expect(rig.link.now_ms).toBeLessThan(until_ms)
    await rig.link.sleep_ms(2_000)
  }
  await rig.link.sleep_ms(3_000)
  for (const channel of CHANNELS) {
    expect(await rig.client.status(channel)).toMatchObject({ state: "Paused", pause: "FullLog" })
    expect(rig.board.channels[channel].current_A).toBe(0)
  }
  expect((await rig.client.logRange()).isFull).toBe(true)
}

async function resumeAll({ client }: Rig): Promise<void> {
  for (const channel of CHANNELS) await client.resume(channel)
}

/** The pages of the test, none of them lost. */
async function written({ client }: Rig) {
  const { next } = await client.logRange()
  const { pages, lost, duplicates } = pagesOf(await client.readLog(BEGUN, next))
  expect({ lost, duplicates }).toEqual({ lost: 0, duplicates: 0 })
  return pages
}

const pagesFrom = (memory: Uint8Array, from: number) =>
  Buffer.from(memory.subarray(from * PAGE_BYTES, BEGUN * PAGE_BYTES))

/** Whether nothing from a page on has changed. */
const isKept = (rig: Rig, before: Uint8Array, from: number) =>
  pagesFrom(rig.board.flashMemory, from).equals(pagesFrom(before, from))

describe.each<[LogPolicy, number]>([
  ["Overwrite", 141],
  ["Stop", 142],
])("policy %s, seed %i", (policy, seed) => {
  test("a full log pauses the tests; what the host gives up lets them go on, and no other page", async () => {
    const rig = await fillingRig(seed, policy)
    const { client, board, link } = rig
    const before = board.flashMemory.slice()
    await untilPaused(rig)
    expect(isKept(rig, before, 0)).toBe(true)
    await expect(client.resume(0)).rejects.toThrow("log is full")
    const first = await client.logRange()
    expect(first.next).toBeLessThanOrEqual(RING)
    expect(first.next + RESERVE).toBeGreaterThan(RING)

    // Stored is not released: only the policy Overwrite takes it for that.
    await client.acknowledgeLog(3 * SECTOR)
    if (policy === "Stop") {
      await expect(client.resume(0)).rejects.toThrow("log is full")
      await client.releaseLog(3 * SECTOR)
    }
    await resumeAll(rig)
    await link.sleep_ms(20_000)
    expect(await states(rig)).toEqual(CHANNELS.map(() => "Running"))
    await untilPaused(rig)
    const second = await client.logRange()
    expect(second.next).toBeGreaterThan(first.next)
    expect(second.next).toBeLessThanOrEqual(RING + 3 * SECTOR)
    expect(isKept(rig, before, 3 * SECTOR)).toBe(true)
    expect(second.first).toBeGreaterThan(0)

    // Half a sector gives no sector up.
    await (policy === "Stop" ? client.releaseLog : client.acknowledgeLog).call(
      client,
      3 * SECTOR + 8,
    )
    await expect(client.resume(0)).rejects.toThrow("log is full")

    for (const channel of CHANNELS) await client.stop(channel)
    await link.sleep_ms(3_000)
    const pages = await written(rig)
    for (const channel of CHANNELS) {
      const records = pages
        .filter((page) => page.channel === channel)
        .flatMap(({ bytes }) => decodePage(bytes).records)
      const kinds = records.map(({ kind }) => kind).filter((kind) => kind !== "point")
      expect(kinds.filter((kind) => kind === "paused" || kind === "resumed")).toEqual([
        "paused",
        "resumed",
        "paused",
      ])
      expect(kinds.at(-1)).toBe("testEnds")
      // Every reading is there, across both pauses.
      const times = records.filter((r) => r.kind === "point").map((r) => r.testTime_ms)
      for (const [i, time_ms] of times.entries())
        if (i > 0) expect(time_ms - times[i - 1]).toBeLessThanOrEqual(300)
    }
    expect(isKept(rig, before, 3 * SECTOR)).toBe(true)
    await rig.close()
  })
})

test("a power cut in a full log leaves the tests paused and its pages as they were, seed 143", async () => {
  const rig = await fillingRig(143, "Overwrite")
  const before = rig.board.flashMemory.slice()
  await untilPaused(rig)
  rig.board.powerOff()
  rig.board.powerOn()
  await rig.link.sleep_ms(10_000)
  expect(await states(rig)).toEqual(CHANNELS.map(() => "Paused"))
  expect((await rig.client.logRange()).isFull).toBe(true)
  await expect(rig.client.resume(0)).rejects.toThrow("log is full")
  expect(isKept(rig, before, 0)).toBe(true)
  await rig.client.acknowledgeLog(4 * SECTOR)
  await resumeAll(rig)
  await rig.link.sleep_ms(20_000)
  expect(await states(rig)).toEqual(CHANNELS.map(() => "Running"))
  expect(isKept(rig, before, 4 * SECTOR)).toBe(true)
  await rig.close()
})

test("restarts use up what a full log keeps in reserve, and still no page is overwritten, seed 144", async () => {
  const rig = await fillingRig(144, "Stop")
  const { board, client, link } = rig
  const before = board.flashMemory.slice()
  await untilPaused(rig)
  for (let i = 0; i < 60; i++) {
    board.resetMcu()
    board.advanceBy_ms(4_000)
  }
  await link.sleep_ms(5_000)
  // Not a page of room is left.
  expect((await client.logRange()).next).toBe(RING)
  expect(isKept(rig, before, 0)).toBe(true)
  expect(await states(rig)).toEqual(CHANNELS.map(() => "Paused"))
  await client.releaseLog(4 * SECTOR)
  await link.sleep_ms(5_000)
  await resumeAll(rig)
  await link.sleep_ms(10_000)
  expect(await states(rig)).toEqual(CHANNELS.map(() => "Running"))
  expect(isKept(rig, before, 4 * SECTOR)).toBe(true)
  await written(rig)
  await rig.close()
})
