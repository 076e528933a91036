import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import mqtt, { type MqttClient } from "mqtt"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { topicsOf } from "../../host/agent/topics"
import { openFleet } from "../../host/fleet/run"
import type { Sources } from "../../host/fleet/sources"
import { hasMosquitto, Mosquitto } from "../agent/mosquitto"
import { aChannel, aReading, BOARD } from "./fleetLab"

const WAIT = { timeout: 20_000 }
const topics = topicsOf("lab", "pi-1")

describe.skipIf(!hasMosquitto)("the fleet's server at a broker", () => {
  let folder: string
  let broker: Mosquitto
  let host: MqttClient
  let sources: Sources
  let ended: Promise<void>
  const ending = new AbortController()
  const found = () => sources.fleet.find("lab", "pi-1")
  const hostSays = (is_there: boolean) =>
    JSON.stringify({ is_there, since_unix_s: 1, version: "1", accepts_orders: true })
  const said = (topic: string, payload: unknown, retain = false) =>
    host.publishAsync(topic, JSON.stringify(payload), { qos: 1, retain })

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "coincell-fleet-"))
    broker = await Mosquitto.start(folder)
    host = await mqtt.connectAsync(broker.url, {
      protocolVersion: 5,
      reconnectPeriod: 50,
      will: { topic: topics.host, payload: Buffer.from(hostSays(false)), qos: 1, retain: true },
    })
    host.on("error", () => {})
    await host.publishAsync(topics.host, hostSays(true), { qos: 1, retain: true })
    const board = { board: BOARD, board_name: "AB12", is_there: true, is_simulated: true }
    await said(topics.board(BOARD), { ...board, channels: [aChannel(0)] }, true)
    const options = { broker: { url: broker.url }, data: folder, onLine: () => {} }
    ;({ sources, ended } = openFleet(options, ending.signal))
  })
  afterAll(async () => {
    ending.abort()
    await ended
    await host.endAsync(true)
    await broker.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it("knows at once what hosts have said before, and hears what they say now", async () => {
    await vi.waitFor(() => expect(found()?.boards[0].channels[0].cell).toBe("Li-0"), WAIT)
    expect(found()).toMatchObject({ isThere: true, acceptsOrders: true })
    const live = { board: BOARD, sent_unix_s: 0, channels: [aReading(0, { voltage_V: 0.7 })] }
    await said(topics.live(BOARD), live)
    await vi.waitFor(() => expect([...sources.fleet.readings.values()][0]?.[4]).toBe(0.7), WAIT)
  })

  it("asks for a channel's records only while somebody looks", async () => {
    const heard: string[] = []
    const end = sources.link().listen(topics.records(BOARD, 0), (one) => heard.push(`${one}`))
    await vi.waitFor(async () => {
      await said(topics.records(BOARD, 0), 1)
      expect(heard).toContain("1")
    }, WAIT)
    end()
    const before = heard.length
    await said(topics.records(BOARD, 0), 2)
    await said(topics.live(BOARD), { board: BOARD, sent_unix_s: 0, channels: [aReading(1)] })
    await vi.waitFor(() => expect(sources.fleet.readings.size).toBe(2), WAIT)
    expect(heard.slice(before)).toEqual([])
  })

  it("sends an order that is void soon, and gives the host's answer to it alone", async () => {
    const expiries: (number | undefined)[] = []
    host.on("message", (_, payload, { properties }) => {
      const { id, by } = JSON.parse(payload.toString())
      const { responseTopic = "", correlationData, messageExpiryInterval } = properties ?? {}
      expiries.push(messageExpiryInterval)
      for (const answer of [
        { id: "another", is_done: true, message: "not this one", test: null },
        { id, is_done: true, message: `done for ${by}`, test: null },
      ])
        host.publish(responseTopic, JSON.stringify(answer), { properties: { correlationData } })
    })
    await host.subscribeAsync(topics.orders, { qos: 1 })
    const order = { id: "1", by: "Ada", order: "stop", board: BOARD, channel: 0 } as const
    const answer = await sources.link().order("lab", "pi-1", order)
    expect(answer.message).toBe("done for Ada")
    expect(expiries[0]).toBeLessThanOrEqual(15)
  })

  it("tells that a host was lost by its last will, and that the broker went and came", async () => {
    // The cable is cut: no leave is taken.
    host.stream.destroy()
    await vi.waitFor(() => expect(found()).toMatchObject({ isThere: false }), WAIT)
    expect(found()?.left_unix_s).toBeCloseTo(Date.now() / 1000, -2)
    await broker.kill()
    await vi.waitFor(() => expect(sources.broker.isThere).toBe(false), WAIT)
    const order = { id: "2", by: "Ada", order: "stop", board: BOARD, channel: 0 } as const
    expect(() => sources.link().order("lab", "pi-1", order)).toThrow("broker is away")
    await broker.start()
    await vi.waitFor(() => expect(sources.broker.isThere).toBe(true), WAIT)
  })
})
