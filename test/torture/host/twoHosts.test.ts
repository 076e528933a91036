import { rmSync } from "node:fs"
import { afterEach, expect, test } from "vitest"
import { BoardClient } from "../../../host/boardClient"
import { readTests } from "../../../host/log/read"
import { circuit } from "../../../host/manifest"
import { compileProtocol } from "../../../host/protocol/compile"
import { Store } from "../../../host/store/store"
import { download } from "../../../host/store/download"
import { readFirmware, type SimulatedLink } from "../../../host/transport/simulated"
import { SimulatedBoard } from "../../../sim/board"
import { Resistor } from "../../../sim/cells/resistor"
import { Random } from "../../../sim/random"
import { protocol } from "../../scenario/harness"
import { memoryFolder } from "../memoryFolder"
import { SharedBoard } from "./sharedBoard"

const CHANNELS = [0, 1, 2, 3]

interface Host {
  link: SimulatedLink
  client: BoardClient
}

let hosts: Host[] = []
const folders: string[] = []
afterEach(async () => {
  for (const { link } of hosts.splice(0)) await link.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

async function twoHosts(seed: number): Promise<{ board: SimulatedBoard; one: Host; other: Host }> {
  const cells = CHANNELS.map(() => new Resistor(50))
  const board = new SimulatedBoard({ seed, firmware: readFirmware(), cells })
  board.powerOn()
  const shared = new SharedBoard(board)
  hosts = []
  for (const address of ["one", "other"]) {
    const link = await shared.link(address)
    hosts.push({ link, client: await BoardClient.find(link) })
  }
  const [one, other] = hosts
  return { board, one, other }
}

/** A program that is told by the current at which its cell is driven. */
function programOf(current_mA: number): Uint8Array {
  const method = Array.from({ length: 20 }, () => ({
    step: "constant_current" as const,
    current_mA,
    until_time_s: 30,
  }))
  return compileProtocol(protocol(method, { record: { time_s: 5 } }), { name: "A" }, circuit).bytes
}

test("both load and start the same channel at once: whoever is told that its test runs has its program run, seeds 1 to 12", async () => {
  const outcomes = new Set<string>()
  for (let seed = 1; seed <= 12; seed++) {
    const { one, other } = await twoHosts(seed)
    const random = new Random(seed, "two hosts")
    const started = await Promise.all(
      [one, other].map(async ({ client, link }, i) => {
        await link.sleep_ms(Math.floor(random.uniform(0, 600)))
        return client.start(0, 5 + i, programOf(5 + i)).then(
          () => 5 + i,
          (error: Error) => error.message,
        )
      }),
    )
    await one.link.sleep_ms(40_000)
    const status = await one.client.status(0)
    const told = started.filter((outcome) => typeof outcome === "number")
    outcomes.add(
      started.map((outcome) => (typeof outcome === "number" ? "runs" : outcome)).join("; "),
    )
    expect(told.length).toBeLessThanOrEqual(1)
    if (told.length === 1) {
      expect(status).toMatchObject({ state: "Running", test: told[0] })
      expect(status.current_A * 1000).toBeCloseTo(told[0] as number, 1)
    } else expect(status.state).toBe("Idle")
    for (const { link } of hosts.splice(0)) await link.close()
  }
  // Now one was the first, now their programs mixed.
  expect([...outcomes].join("\n")).toMatch(/another host loaded one at the same time/)
  expect([...outcomes].join("\n")).toMatch(/runs/)
})

test("a program that another host loads between load and start is not started, seed 20", async () => {
  const { board, one, other } = await twoHosts(20)
  const [mine, theirs] = [programOf(5), programOf(-8)]
  await one.client.load(0, mine)
  await other.client.load(0, theirs)
  await expect(one.client.begin(0, 1, mine)).rejects.toThrow(
    /Channel 0: another host .* another program/,
  )
  await one.link.sleep_ms(10_000)
  expect(board.cells.map((cell) => (cell as Resistor).charge_C)).toEqual([0, 0, 0, 0])
  await other.client.begin(0, 1, theirs)
})

test("both order and both download at once: each gets the whole log, and the answers of its own, seed 21", async () => {
  const { one, other } = await twoHosts(21)
  const stores = [one, other].map(() => {
    const folder = memoryFolder("hosts")
    folders.push(folder)
    return Store.open(folder)
  })
  for (const channel of CHANNELS)
    await [one, other][channel % 2].client.start(channel, 1 + channel, programOf(5 + channel))
  await one.link.sleep_ms(60_000)
  const firmware = { version: "0.1.0", board: "sim" }
  const fetch = async ({ client, link }: Host, i: number) => {
    const session = { board: client, firmware, isSimulated: true, link }
    for (let round = 0; round < 5; round++) {
      await download(session, stores[i].board(client.id))
      for (const channel of CHANNELS) {
        const status = await client.status(channel)
        expect(status).toMatchObject({ channel, test: 1 + channel })
      }
      await link.sleep_ms(5_000)
    }
  }
  await Promise.all([fetch(one, 0), fetch(other, 1)])
  await Promise.all([one.client.stop(0), other.client.stop(1)])
  const states = await Promise.all(CHANNELS.map((channel) => one.client.status(channel)))
  expect(states.map(({ state }) => state)).toEqual(["Finished", "Finished", "Running", "Running"])
  await Promise.all([2, 3].map((channel) => other.client.stop(channel)))
  await one.link.sleep_ms(2_000)
  for (const [i, { client }] of [one, other].entries())
    await download({ board: client, firmware, isSimulated: true }, stores[i].board(client.id))
  const [pages, theirs] = stores.map((store) =>
    Buffer.concat([...store.board(one.client.id).pages()]),
  )
  expect(pages.equals(theirs)).toBe(true)
  const tests = await readTests(one.link, one.client)
  expect(tests.map(({ channel, test, end }) => [channel, test, end?.kind])).toEqual(
    CHANNELS.map((channel) => [channel, 1 + channel, "stopped"]),
  )
})
