import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { BoardError } from "../../host/errors"
import { Resistor } from "../../sim/cells/resistor"
import { protocol, type Rig, start, startRig } from "../scenario/harness"
import { running } from "../scenario/running"
import { type RigLab, rigLab } from "./rigLab"

let rig: Rig
let web: RigLab
beforeAll(async () => {
  const cells = [new Resistor(20), new Resistor(20)]
  rig = await startRig({ seed: 611, cells, firmware: "native" })
  web = await rigLab(rig)
  const plating = protocol([{ step: "constant_current", current_mA: 1, until_time_s: 36_000 }])
  for (const channel of [0, 1]) await start(rig, channel, 5, plating)
  await running(rig, 1)
})
afterAll(async () => {
  web.close()
  await rig.close()
})

const act = (order: string, body: unknown, channel: number | string = 0, id = rig.client.id) =>
  web.post(`/api/boards/${id}/channels/${channel}/${order}`, body)
const state = async (channel: number) => (await rig.client.status(channel)).state

test("pause opens the relay, and resume goes on with the same test, seed 611", async () => {
  expect(await act("pause", { test: 5 })).toEqual({
    status: 200,
    body: { text: "Test 5 is paused in cycle 1; its relay is open." },
  })
  expect(await state(0)).toBe("Paused")
  expect(rig.board.channels[0].current_A).toBe(0)
  expect((await act("resume", { test: 5 })).status).toBe(200)
  expect((await running(rig, 0)).test).toBe(5)
})

test("who did it and why is noted, with what was refused, and shown, seed 611", async () => {
  const before = (await web.noted()).length
  await act("pause", { test: 5, by: " Ada ", why: "swollen" })
  await act("resume", { test: 5 })
  await act("resume", { test: 5, by: "Ben" })
  const place = { via: "page", board: rig.client.id, board_name: rig.client.name, channel: 0 }
  expect((await web.noted()).slice(before)).toMatchObject([
    {
      ...{ ...place, action: "pause", is_done: true, why: "swollen" },
      ...{ by: "Ada", by_source: "stated", message: expect.stringContaining("is paused") },
    },
    { ...place, action: "resume", is_done: true, by: null, by_source: null, why: null },
    { ...place, action: "resume", is_done: false, by: "Ben" },
  ])
  const { body } = await web.get(`/api/boards/${rig.client.id}/channels/0/actions`)
  expect(body.slice(0, 3)).toMatchObject([
    { by: "Ben", action: "resume", isDone: false, message: expect.stringContaining("nothing to") },
    { action: "resume", isDone: true },
    { by: "Ada", action: "pause", why: "swollen", via: "page" },
  ])
  expect((await web.get(`/api/boards/${rig.client.id}/channels/1/actions`)).body).toEqual([])
  expect((await act("stop", { test: 5, why: "x".repeat(1001) })).status).toBe(400)
  await running(rig, 0)
})

test("an order for another test than is there changes nothing, and tells what is there, seed 611", async () => {
  const { status, body } = await act("stop", { test: 4 })
  expect(status).toBe(409)
  expect(body.error.message).toContain("what you saw is no longer on it. Test 5 is on it: running")
  expect(await state(0)).toBe("Running")
})

test.each(["pause", "resume", "stop"])(
  "nothing to %s on an idle channel, seed 611",
  async (order) => {
    const { status, body } = await act(order, { test: 0 }, 2)
    expect([status, body.error.message]).toEqual([409, expect.stringContaining("No test is on it")])
  },
)

test("a test that runs cannot be resumed, seed 611", async () => {
  const { status, body } = await act("resume", { test: 5 })
  expect([status, body.error.message]).toEqual([409, expect.stringContaining("nothing to resume")])
})

test.each([
  ["no board of that id", { id: "0123456789abcdef" }, { test: 5 }, 404],
  ["a path as id", { id: "..%2F..%2Fetc" }, { test: 5 }, 404],
  ["no such channel", { channel: 4 }, { test: 5 }, 404],
  ["no number of a channel", { channel: "0x1" }, { test: 5 }, 404],
  ["no test", {}, {}, 400],
  ["a test that is no number", {}, { test: "5" }, 400],
  ["no JSON", {}, "{", 400],
  ["nothing", {}, "", 400],
] as [string, { id?: string; channel?: number | string }, unknown, number][])(
  "%s is refused, seed 611",
  async (_, { id, channel }, body, status) => {
    const answer = await act("stop", body, channel, id)
    expect(answer.status).toBe(status)
    expect(answer.body.error.message).not.toBe("")
    expect(await state(0)).toBe("Running")
  },
)

test("an unknown order is no address, seed 611", async () => {
  expect((await act("start", { test: 5 })).status).toBe(404)
})

test("a lost answer is no refusal when the board did it, seed 611", async () => {
  const pause = rig.client.pause.bind(rig.client)
  vi.spyOn(rig.client, "pause").mockImplementationOnce(async (channel) => {
    await pause(channel)
    throw new BoardError("The board does not answer 'pause'.")
  })
  expect((await act("pause", { test: 5 })).status).toBe(200)
  vi.spyOn(rig.client, "resume").mockRejectedValueOnce(new BoardError("The board does not answer."))
  const { status, body } = await act("resume", { test: 5 })
  expect([status, body.error.message]).toEqual([409, "The board does not answer."])
  expect((await act("resume", { test: 5 })).status).toBe(200)
})

test("orders beside looks at the board get their own answers, seed 611", async () => {
  const { session } = web.board
  if (session === undefined) throw new Error("the board is away")
  const looks = Promise.all([1, 2, 3].map(() => web.board.look(session)))
  const twice = await Promise.all([1, 1].map((channel) => act("pause", { test: 5 }, channel)))
  await looks
  expect(twice[0].status).toBe(200)
  expect([200, 409]).toContain(twice[1].status)
  expect(await state(1)).toBe("Paused")
  expect(web.board.channels.map(({ status }) => status.channel)).toEqual([0, 1, 2, 3])
})

test("an order does not wait for what else is done with the board, seed 611", async () => {
  let end = () => {}
  const started = web.lab.act(rig.client.id, () => new Promise<void>((resolve) => (end = resolve)))
  expect((await act("resume", { test: 5 }, 1)).status).toBe(200)
  end()
  await started
})

test("a fault is resumed or stopped like any test; stop is for good, seed 611", async () => {
  rig.board.channels[0].attach(undefined, rig.board.clock.now_us)
  await rig.link.sleep_ms(20_000)
  expect(await state(0)).toBe("Fault")
  const { body } = await act("stop", { test: 5 })
  expect(body.text).toBe("Test 5 is over, in cycle 1; its relay is open.")
  const again = await act("stop", { test: 5 })
  expect([again.status, again.body.error.message]).toEqual([
    409,
    expect.stringContaining("Test 5 is over: it was stopped."),
  ])
})

test("a board that is away is told of, seed 611", async () => {
  const { session } = web.board
  web.board.session = undefined
  const { status, body } = await act("pause", { test: 5 })
  expect([status, body.error.message]).toEqual([409, expect.stringContaining("is away")])
  web.board.session = session
})
