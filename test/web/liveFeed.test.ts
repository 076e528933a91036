import fc from "fast-check"
import { expect, test } from "vitest"
import type { LiveBoard } from "../../host/web/api"
import { Feed } from "../../host/web/feed"
import {
  afterEvent,
  type LiveEvent,
  type LiveState,
  NOTHING_YET,
} from "../../host/web/page/liveState"
import { runningChannel, TestLab } from "./testLab"

const SEED = 620

const channel = (number: number, voltage_V = 0) => runningChannel(number, { voltage_V })

/** What a page knows after the events of a feed. */
function read(feed: Feed, state: LiveState): LiveState {
  return feed.news().reduce((after, { event, data }) => {
    const body = JSON.parse(data)
    return afterEvent(after, { kind: event, [event]: body } as unknown as LiveEvent)
  }, state)
}

/** What a page is to know: when boards were last heard is told only of those that are away. */
const known = (boards: readonly LiveBoard[] = []) =>
  boards.map(({ heard_unix_s, channels, ...board }) => ({
    ...board,
    channels: channels.map((one) => ({ ...one, board: undefined })),
  }))

test(`however seldom a page reads, it then knows what there is, seed ${SEED}`, () => {
  const step = fc.oneof(
    fc.record({ id: fc.constantFrom("a", "b"), channel: fc.nat(1), voltage_V: fc.integer() }),
    fc.record({ id: fc.constantFrom("a", "b"), isThere: fc.boolean() }),
    fc.record({ problem: fc.constantFrom("", "one", "two") }),
    fc.record({ text: fc.string() }),
    fc.constant("read" as const),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const lab = new TestLab()
      const feed = new Feed(lab, true)
      let state = NOTHING_YET
      for (const one of [...steps, "read" as const])
        if (one === "read") {
          state = read(feed, state)
          expect(known(state.boards)).toEqual(known(lab.boards))
          expect(state.problems).toEqual(lab.problems)
          expect(feed.news()).toEqual([])
        } else if ("problem" in one) lab.problems = one.problem === "" ? [] : [one.problem]
        else if ("text" in one)
          lab.happenings.add({
            unix_s: ++lab.now_unix_s,
            kind: "cycle",
            text: one.text,
            board: "a",
          })
        else if ("isThere" in one) lab.publish(one.id, { isThere: one.isThere })
        else {
          const channels = [channel(0), channel(1)]
          channels[one.channel] = channel(one.channel, one.voltage_V)
          lab.publish(one.id, { channels })
        }
      const told = steps.flatMap((one) =>
        typeof one === "object" && "text" in one ? [one.text] : [],
      )
      expect(state.happened.map(({ text }) => text)).toEqual(told)
    }),
    { seed: SEED, numRuns: 200 },
  )
})

test("only what changed is told, and a look that tells nothing new is none", () => {
  const lab = new TestLab()
  lab.publish("a")
  const feed = new Feed(lab, false)
  const [live] = feed.news()
  expect(JSON.parse(live.data)).toMatchObject({
    mayAct: false,
    boards: [{ id: "a" }],
    problems: [],
  })
  lab.publish("a")
  expect(feed.news()).toEqual([])
  lab.publish("a", { channels: [channel(0), channel(1, 3.7)] })
  const [news] = feed.news()
  expect(news.event).toBe("channels")
  expect(JSON.parse(news.data)).toMatchObject({
    channels: [{ board: "a", channel: 1, voltage_V: 3.7 }],
  })
})

test("a heartbeat changes nothing but the clock", () => {
  const lab = new TestLab()
  lab.publish("a")
  const feed = new Feed(lab, true)
  const state = read(feed, NOTHING_YET)
  lab.now_unix_s = 99
  const { event, data } = feed.heartbeat()
  const after = afterEvent(state, {
    kind: event,
    [event]: JSON.parse(data),
  } as unknown as LiveEvent)
  expect(after).toEqual({ ...state, heard_unix_s: 99 })
})

test("of what happened a hundred are kept, and each is told once", () => {
  const lab = new TestLab()
  const happen = (text: number) =>
    lab.happenings.add({ unix_s: text, kind: "cycle", text: String(text), board: "a" })
  for (let i = 0; i < 150; i++) happen(i)
  const first = lab.happenings.since(0)
  expect(first.happened).toHaveLength(100)
  expect(first.happened[0].text).toBe("50")
  happen(150)
  expect(lab.happenings.since(first.next).happened.map(({ text }) => text)).toEqual(["150"])
  expect(lab.happenings.since(first.next + 1).happened).toEqual([])
})
