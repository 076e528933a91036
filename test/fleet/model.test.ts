import { beforeEach, expect, test } from "vitest"
import { topicsOf } from "../../host/agent/topics"
import { FleetFeed } from "../../host/fleet/feed"
import { aChannel, aReading, BOARD, FleetLab } from "./fleetLab"

let lab: FleetLab
beforeEach(() => {
  lab = new FleetLab()
})

const feedOf = () => new FleetFeed(lab.sources, false, () => lab.now_unix_s)
const told = (feed: FleetFeed) =>
  feed.news().map(({ event, data }) => ({ event, ...JSON.parse(data) }))

test("hosts are in the order in which people count, whatever order they are heard in", () => {
  for (const host of ["pi-10", "pi-2", "pi-1"]) lab.host(host)
  expect(lab.sources.fleet.hosts.map(({ host }) => host)).toEqual(["pi-1", "pi-2", "pi-10"])
})

test("a board that is heard before its host shows no host that is there", () => {
  lab.board("pi-1", [aChannel(0)])
  expect(lab.sources.fleet.find("lab", "pi-1")).toMatchObject({
    isThere: false,
    acceptsOrders: false,
    boards: [{ id: BOARD, channels: [{ cell: "Li-0", operator: "Ada" }] }],
  })
})

test("a last will tells since when a host is gone; one that was kept does not", () => {
  lab.host("pi-1")
  lab.host("pi-1", { is_there: false })
  lab.host("pi-2", { is_there: false }, true)
  expect(lab.sources.fleet.find("lab", "pi-1")).toMatchObject({ isThere: false, left_unix_s: 1000 })
  expect(lab.sources.fleet.find("lab", "pi-2")?.left_unix_s).toBeUndefined()
  lab.host("pi-1")
  expect(lab.sources.fleet.find("lab", "pi-1")).toMatchObject({ isThere: true })
  expect(lab.sources.fleet.find("lab", "pi-1")?.left_unix_s).toBeUndefined()
})

test("what is cleared on the broker is forgotten", () => {
  lab.host("pi-1")
  lab.board("pi-1", [aChannel(0)])
  lab.say(topicsOf("lab", "pi-1").board(BOARD), undefined)
  expect(lab.sources.fleet.find("lab", "pi-1")?.boards).toEqual([])
  lab.say(topicsOf("lab", "pi-1").host, undefined)
  expect(lab.sources.fleet.hosts).toEqual([])
})

test("what is not to be understood changes nothing", () => {
  lab.host("pi-1")
  lab.say(topicsOf("lab", "pi-1").host, { is_there: "perhaps" })
  lab.say("coincell/v2/lab/pi-1/host", { is_there: false })
  lab.say("coincell/v1/lab/pi-1/board/../state", {})
  expect(lab.sources.fleet.hosts).toMatchObject([{ host: "pi-1", isThere: true }])
})

test("all there is comes first, then channels that changed and readings, each alone", () => {
  lab.host("pi-1")
  lab.board("pi-1", [aChannel(0), aChannel(1)])
  const feed = feedOf()
  expect(told(feed)).toMatchObject([{ event: "fleet", mayAct: false, hosts: [{ host: "pi-1" }] }])
  expect(told(feed)).toEqual([])
  lab.board("pi-1", [aChannel(0), aChannel(1, { state: "Fault", fault: "HardShort" })])
  expect(told(feed)).toEqual([
    {
      event: "channels",
      now_unix_s: 1000,
      channels: [expect.objectContaining({ channel: 1, fault: "HardShort" })],
    },
  ])
  lab.live("pi-1", [aReading(0), aReading(1, { voltage_V: 0.5 })])
  lab.live("pi-1", [aReading(0, { voltage_V: 0.03 })])
  const [{ event, rows }] = told(feed)
  expect(event).toBe("readings")
  // Of several readings of a channel, the newest.
  expect(rows.map((row: number[]) => row[4])).toEqual([0.03, 0.5])
  expect(told(feed)).toEqual([])
})

test("a host that goes, a broker that goes, trouble with the catalogue: all of it is told again", () => {
  lab.host("pi-1")
  const feed = feedOf()
  told(feed)
  lab.host("pi-1", { is_there: false })
  expect(told(feed)).toMatchObject([{ event: "fleet", hosts: [{ isThere: false }] }])
  lab.link.broker = { ...lab.link.broker, isThere: false }
  expect(told(feed)).toMatchObject([{ event: "fleet", broker: { isThere: false } }])
  lab.sources.trouble("catalogue", "It is away.")
  expect(told(feed)).toMatchObject([{ event: "fleet", problems: ["It is away."] }])
})

test("500 channels that are read each second cost a visitor less than 50 bytes each", () => {
  for (let h = 0; h < 20; h++) {
    lab.host(`pi-${h}`)
    const channels = Array.from({ length: 25 }, (_, channel) => aChannel(channel))
    lab.board(`pi-${h}`, channels)
  }
  const feed = feedOf()
  feed.news()
  for (let h = 0; h < 20; h++) {
    const readings = Array.from({ length: 25 }, (_, channel) =>
      aReading(channel, { time_s: 123456.7 + h, voltage_V: 0.0212345, current_A: 0.001539012 }),
    )
    lab.live(`pi-${h}`, readings)
  }
  const [{ data }] = feed.news()
  expect(JSON.parse(data).rows).toHaveLength(500)
  expect(data.length / 500).toBeLessThan(50)
})
