import fc from "fast-check"
import { expect, test } from "vitest"
import type { FleetHost, FleetRecords, ReadingRow } from "../../host/web/fleetApi"
import {
  countItems,
  filterItems,
  grouped,
  itemsOf,
  NO_FILTER,
} from "../../host/web/page/fleet/items"
import {
  after,
  MOST_POINTS,
  NOTHING_HEARD,
  withBreak,
  withReading,
  withRecords,
} from "../../host/web/page/fleet/records"
import { channelHref, parseFleetRoute } from "../../host/web/page/fleet/route"
import { NOTHING_YET, withChannels, withFleet } from "../../host/web/page/fleet/state"
import { oldText } from "../../host/web/page/fleet/words"

const channel = (n: number, some = {}) => ({
  n,
  channel: n % 4,
  state: "Running",
  waitsForPerson: false,
  cycle: 1,
  cell: `cell-${n}`,
  ...some,
})
const host = (name: string, channels: ReturnType<typeof channel>[], some = {}): FleetHost => ({
  lab: "lab",
  host: name,
  isThere: true,
  since_unix_s: 0,
  version: "1",
  acceptsOrders: true,
  boards: [{ id: name, name: `B-${name}`, isThere: true, isSimulated: false, channels }],
  ...some,
})
const hosts = [
  host("pi-1", [
    channel(0, { project: "anodes", operator: "Ada" }),
    channel(1, { state: "Fault", fault: "HardShort" }),
    channel(2, { state: "Paused", waitsForPerson: true, project: "foils" }),
  ]),
  host("pi-2", [channel(3), channel(4, { state: "Fault" })], { isThere: false }),
]

test("of a host that is gone, no channel counts as it was told last", () => {
  expect(countItems(itemsOf(hosts))).toEqual({
    ...{ fault: 1, waiting: 1, away: 2, paused: 0, running: 1, finished: 0, idle: 0 },
  })
})

test("filters narrow down by state, host, project, operator and words in any order", () => {
  const items = itemsOf(hosts)
  const found = (filter: object) =>
    filterItems(items, { ...NO_FILTER, ...filter }).map(({ channel: { n } }) => n)
  expect(found({})).toEqual([0, 1, 2, 3, 4])
  expect(found({ standing: "away" })).toEqual([3, 4])
  expect(found({ host: "lab/pi-1", standing: "waiting" })).toEqual([2])
  expect(found({ project: "anodes" })).toEqual([0])
  expect(found({ operator: "Ada", project: "foils" })).toEqual([])
  expect(found({ text: " SHORT b-pi " })).toEqual([1])
})

test("items come together by host and board, in their order", () => {
  const groups = grouped(itemsOf(hosts))
  expect(groups.map(({ items, boards }) => [items.length, boards.length])).toEqual([
    [3, 1],
    [2, 1],
  ])
})

test("a channel that changes leaves other hosts the same objects", () => {
  const live = { now_unix_s: 1, mayAct: true, problems: [], hosts }
  const broker = { name: "b", isThere: true, since_unix_s: 0 }
  const before = withFleet(NOTHING_YET, { ...live, broker })
  const now = withChannels(before, { now_unix_s: 2, channels: [channel(0, { state: "Paused" })] })
  expect(now.hosts?.[0].boards[0].channels[0].state).toBe("Paused")
  expect(now.hosts?.[0].boards[0].channels[1]).toBe(hosts[0].boards[0].channels[1])
  expect(now.hosts?.[1]).toBe(hosts[1])
})

test("addresses of channels lead to them, whatever a host is called", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.nat(15), (name, number) => {
      expect(parseFleetRoute(channelHref("lab", name, "b", number))).toEqual({
        ...{ view: "channel", lab: "lab", host: name, board: "b", channel: number },
      })
    }),
  )
  expect(parseFleetRoute("#/tests/A%40lab")).toEqual({ view: "test", id: "A@lab" })
  expect(parseFleetRoute("#/start")).toEqual({ view: "unknown" })
  expect(parseFleetRoute("#/at/a/%/c/1")).toEqual({ view: "unknown" })
})

const page = (number: number, ...time_s: number[]): FleetRecords => ({
  ...{ testNumber: 7, log: 1, page: number, time_s },
  voltage_V: time_s.map((time) => time / 10),
  current_A: time_s.map(() => 1e-3),
})

test("pages that come twice count once, and late ones find their place: in any order, the same points", () => {
  const pages = [page(1, 1, 2), page(4, 3, 4), page(6, 5), page(9, 6, 7)]
  const whole = pages.reduce(withRecords, NOTHING_HEARD).records
  expect(whole.time_s).toEqual([1, 2, 3, 4, 5, 6, 7])
  const any = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 12 })
  fc.assert(
    fc.property(any, (order) => {
      const heard = [...order, 3, 2, 1, 0].map((i) => pages[i]).reduce(withRecords, NOTHING_HEARD)
      expect(heard.records).toEqual(whole)
      expect(heard.count).toBe(7)
    }),
  )
})

test("where some may have been missed, the line is broken", () => {
  const broken = withRecords(withBreak(withRecords(NOTHING_HEARD, page(1, 1, 2))), page(5, 9))
  expect(broken.records.time_s).toEqual([1, 2, 9, 9])
  expect(broken.records.voltage_V).toEqual([0.1, 0.2, null, 0.9])
  expect(withRecords(broken, page(6, 10)).records.voltage_V).toEqual([0.1, 0.2, null, 0.9, 1])
})

test("an outage's backlog does not grow without end", () => {
  const times = Array.from({ length: MOST_POINTS - 1 }, (_, i) => i)
  const heard = [page(1, ...times), page(2, 1e6, 1e6 + 1)].reduce(withRecords, NOTHING_HEARD)
  expect(heard.records.time_s).toHaveLength(MOST_POINTS)
  expect(heard.records.time_s.at(-1)).toBe(1e6 + 1)
})

const row = (time_s: number, heard_unix_s: number): ReadingRow => [
  ...([0, 7, 1, time_s, 0.02, 1e-3, heard_unix_s] as const),
]

test("readings go on from the last record, and a silence breaks their line", () => {
  const heard = [row(1, 100), row(2, 101), row(2, 102), row(60, 160)].reduce(
    withReading,
    NOTHING_HEARD,
  )
  expect(heard.readings.time_s).toEqual([1, 2, 60, 60])
  expect(heard.readings.voltage_V).toEqual([0.02, 0.02, null, 0.02])
  expect(after(heard.readings, 1).time_s).toEqual([2, 60, 60])
  expect(after(heard.readings, 60).time_s).toEqual([])
})

test("a reading that is old says so, and one that never came", () => {
  expect(oldText(row(1, 100), 110)).toBe("")
  expect(oldText(row(1, 100), 190)).toBe("read 1\u00a0min ago")
  expect(oldText(undefined, 190)).toBe("no reading")
})
