import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { MqttClient } from "mqtt"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { runAgent } from "../../host/agent/agent"
import { Broker } from "../../host/agent/broker"
import {
  answerPayload,
  boardPayload,
  hostPayload,
  livePayload,
  type Order,
  recordsPayload,
} from "../../host/agent/payloads"
import { topicsOf } from "../../host/agent/topics"
import { FileCatalogue } from "../../host/catalogue/fileCatalogue"
import { FolderBucket } from "../../host/lake/folderBucket"
import { query } from "../../host/lake/query"
import { readNotifyConfig } from "../../host/notify/config"
import { Store } from "../../host/store/store"
import { Resistor } from "../../sim/cells/resistor"
import { type Served, serve } from "../transport/served"
import { hasMosquitto, Mosquitto } from "./mosquitto"

const SEED = 1010
const PROTOCOL = {
  record: { time_s: 1 },
  safety: { max_voltage_V: 2, min_voltage_V: -1, max_current_mA: 20 },
  allow_uncalibrated: true,
  method: [
    { step: "constant_current", current_mA: 5, until_time_s: 300 },
    { step: "constant_current", current_mA: -5, until_time_s: 300 },
    { step: "loop", loop_to: 1, cycle_count: 2 },
  ],
}
const WAIT = { timeout: 60_000 }
const topics = topicsOf("lab-1", "host-1")

describe.skipIf(!hasMosquitto)("the agent", () => {
  let folder: string
  let broker: Mosquitto
  let served: Served
  let listener: MqttClient
  let board = ""
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  const heard: [topic: string, payload: any][] = []
  const last = (topic: string) => heard.filter(([on]) => on === topic).at(-1)?.[1]
  const lines: string[] = []
  let ending = new AbortController()
  let running: Promise<void>

  function runAgain(): void {
    ending = new AbortController()
    const data = join(folder, "data")
    running = runAgent(
      {
        lab: "lab-1",
        host: "host-1",
        version: "1",
        store: Store.open(data),
        notify: readNotifyConfig(data, {}),
        ports: [served.tcp],
        broker: { url: broker.url },
        acceptsOrders: true,
        calibrationDays: 365,
        catalogue: new FileCatalogue(join(data, "catalogue")),
        lake: new FolderBucket(join(folder, "lake")),
        keepEvery_ms: 500,
        onLine: (text) => lines.push(text),
      },
      ending.signal,
    )
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "agent-"))
    broker = await Mosquitto.start(folder)
    served = await serve({ seed: SEED, speed: 100, cells: [new Resistor(50)] })
    listener = await broker.listen((topic, payload) => heard.push([topic, payload]))
    runAgain()
  })
  afterAll(async () => {
    ending.abort()
    await running
    await listener.endAsync(true)
    await served.stop()
    await broker.kill()
    rmSync(folder, { recursive: true })
  })

  async function order(some: Partial<Order>) {
    const answers = vi.fn()
    listener.on(
      "message",
      (topic, payload) => topic === "coincell/answers" && answers(JSON.parse(payload.toString())),
    )
    const payload = { id: `${Math.random()}`, by: "a test", board, channel: 0, ...some }
    const properties = { responseTopic: "coincell/answers", correlationData: Buffer.from("1") }
    await listener.publishAsync(topics.orders, JSON.stringify(payload), { qos: 1, properties })
    await vi.waitUntil(() => answers.mock.calls.length > 0, WAIT)
    return answerPayload.parse(answers.mock.calls[0][0])
  }

  it(`tells that it is there, of boards, and of readings as they come, seed ${SEED}`, async () => {
    await vi.waitUntil(() => heard.some(([topic]) => topic.endsWith("/live")), WAIT)
    expect(hostPayload.parse(last(topics.host))).toMatchObject({
      is_there: true,
      accepts_orders: true,
    })
    const [, live] = heard.find(([topic]) => topic.endsWith("/live")) ?? []
    board = livePayload.parse(live).board
    const state = boardPayload.parse(last(topics.board(board)))
    expect(state.channels.map((channel) => channel.state)).toEqual(["Idle", "Idle", "Idle", "Idle"])
  })

  it(`starts a test by an order, once, seed ${SEED}`, async () => {
    const file = (file_name: string, text: string) => ({ file_name, text })
    const start = {
      id: "order-1",
      order: "start",
      protocol: file("p.json", JSON.stringify(PROTOCOL)),
      cell: file("cell.yaml", "name: R50"),
    } as const
    const answer = await order(start)
    expect(answer).toMatchObject({
      id: "order-1",
      is_done: true,
      test: expect.stringMatching(/-0-1$/),
    })
    expect(await order(start)).toEqual(answer)
    const others = await order({ ...start, id: "order-2" })
    expect(others).toMatchObject({
      is_done: false,
      message: expect.stringContaining("test 1 is on channel 0"),
    })
    const bad = await order({ ...start, id: "order-3", channel: 1, protocol: file("p.json", "{}") })
    expect(bad).toMatchObject({ is_done: false, message: expect.stringContaining("method") })
    await vi.waitUntil(() => last(topics.board(board)).channels[0].state === "Running", WAIT)
  })

  it(`sends later what a broker missed that was away, and what an agent that ended had not sent, seed ${SEED}`, async () => {
    await vi.waitUntil(() => heard.some(([topic]) => topic.endsWith("/records")), WAIT)
    await broker.stop()
    await vi.waitUntil(() => lines.some((line) => line.includes("is away")), WAIT)
    await vi.waitUntil(() => served.board.clock.now_us > 0.5e9, WAIT)
    ending.abort()
    await running
    await broker.start()
    runAgain()
    const over = () => last(topics.board(board))?.channels[0].state === "Finished"
    await vi.waitUntil(over, WAIT)
    const store = Store.open(join(folder, "data"))
    const stored = () => [...store.tests()[0].reader()].flatMap(({ time_s }) => [...time_s])
    const published = () => {
      const pages = new Map<number, number[]>()
      for (const [topic, payload] of heard)
        if (topic === topics.records(board, 0))
          pages.set(recordsPayload.parse(payload).page, payload.time_s)
      return [...pages.values()].flat().sort((a, b) => a - b)
    }
    await vi.waitUntil(
      () => stored().at(-1) === 1200 && published().length === stored().length,
      WAIT,
    )
    expect(published()).toEqual(stored())
    await vi.waitUntil(() => last(topics.cycles(board, 0))?.cycles.at(-1).cycle === 2, WAIT)
  })

  it(`has the test in the dataset when it is over, seed ${SEED}`, async () => {
    await vi.waitUntil(() => lines.some((line) => line.includes("records are in")), WAIT)
    const [test] = Store.open(join(folder, "data")).tests()
    const records = [...test.reader()].reduce((sum, { length }) => sum + length, 0)
    const { rows } = await query(
      join(folder, "lake"),
      "SELECT test, count(*)::INTEGER FROM records GROUP BY test",
    )
    expect(rows).toEqual([[test.id, records]])
  })

  it("has catalogued board, cell, test and who ordered it", async () => {
    const catalogue = new FileCatalogue(join(folder, "data", "catalogue"))
    const [row] = await vi.waitUntil(async () => {
      const rows = await catalogue.rows("tests")
      return rows.some(({ state }) => state === "finished") && rows
    }, WAIT)
    expect(row).toMatchObject({ lab: "lab-1", host: "host-1", board, channel: 0, cell: "R50" })
    expect(await catalogue.rows("boards")).toMatchObject([
      { board, channels: 4, calibration_due: null },
    ])
    expect(await catalogue.rows("cells")).toMatchObject([{ cell: "R50" }])
    expect(
      (await catalogue.rows("actions")).map(({ id, by, action, is_done }) => [
        id,
        by,
        action,
        is_done,
      ]),
    ).toEqual([
      ["order-1", "a test", "start", true],
      ["order-2", "a test", "start", false],
      ["order-3", "a test", "start", false],
    ])
  })

  it("delivers what was on its way while the broker was away", async () => {
    const client = new Broker({
      url: broker.url,
      clientId: "another",
      lastWill: { topic: "coincell/another", payload: { is_there: false } },
      onState: () => {},
      onConnect: () => {},
    })
    await broker.kill()
    const delivered = client.deliver("coincell/delivered", { what: "something" })
    await broker.start()
    await delivered
    await client.close({ topic: "coincell/another", payload: { is_there: false } })
  })

  it("takes leave, or its last will speaks for it", async () => {
    ending.abort()
    await running
    await vi.waitUntil(() => last(topics.host)?.is_there === false, WAIT)
  })
})
