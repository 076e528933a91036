import { expect, test } from "vitest"
import type { BoardClient, ChannelStatus } from "../../host/boardClient"
import { BoardError, TesterError } from "../../host/errors"
import { Follower } from "../../host/follow/follower"
import type { Session } from "../../host/session"
import type { Link } from "../../host/transport/link"
import { status } from "./statuses"

/** Time that passes only in waits. */
class TestClock {
  now_ms = 0
  readonly waits_ms: number[] = []
  get unixTime_ms(): number {
    return this.now_ms
  }
  async sleep_ms(duration_ms: number): Promise<void> {
    this.waits_ms.push(duration_ms)
    this.now_ms += duration_ms
  }
}

/** A board of channels that are all alike, which answers what it is told to. */
class TestBoard {
  isSilent = false
  unix_ms: number | undefined = undefined
  isFull = false
  readonly told_ms: number[] = []
  readonly resumed: number[] = []
  closed = 0
  channels = 1
  /** Of this one it cannot tell. */
  dumbChannel: number | undefined = undefined

  constructor(
    readonly id: string,
    readonly link: Link,
    public channel: ChannelStatus = status(),
  ) {}

  session(): Session {
    const answer = async <T>(value: () => T): Promise<T> => {
      if (this.isSilent) throw new BoardError("The board does not answer.")
      return value()
    }
    const board = {
      id: this.id,
      name: this.id.toUpperCase(),
      bootCount: () => answer(() => 1),
      channels: () => answer(() => this.channels),
      time: () => answer(() => ({ board_ms: this.link.now_ms, unix_ms: this.unix_ms })),
      setTime: (unix_ms: number) => answer(() => this.told_ms.push(unix_ms)),
      status: (channel: number) =>
        answer(() => {
          if (channel === this.dumbChannel) throw new BoardError("The board does not answer.")
          return { ...this.channel, channel }
        }),
      logRange: () => answer(() => ({ isFull: this.isFull })),
      resume: (channel: number) => answer(() => this.resumed.push(channel)),
    }
    return {
      link: this.link,
      board: board as unknown as BoardClient,
      firmware: { version: "0.1.0", board: "pico" },
      isSimulated: false,
      close: async () => {
        this.closed++
      },
    }
  }
}

function rig(...addresses: string[]) {
  const clock = new TestClock()
  const links = new Map<string, Link>()
  for (const address of addresses)
    links.set(address, Object.assign(Object.create(clock), { address }))
  const boards = addresses.map((at, i) => new TestBoard(`b${i}`, links.get(at) as Link))
  const lines: string[] = []
  const problems: string[] = []
  const fetching = { error: undefined as Error | undefined }
  const follower = new Follower({
    clock,
    open: async (open) =>
      boards
        .filter(({ isSilent, link }) => !isSilent && !open.has(link.address))
        .map((board) => board.session()),
    fetch: async () => {
      if (fetching.error !== undefined) throw fetching.error
    },
    onChange: ({ kind, board }) => lines.push(`${board.id} ${kind}`),
    onProblem: (text) => problems.push(text),
    every_ms: 30_000,
  })
  return { clock, boards, follower, lines, problems, fetching }
}

test("a board that falls silent is lost, looked for ever more seldom, and found again", async () => {
  const { clock, boards, follower, lines } = rig("A")
  await follower.round()
  boards[0].isSilent = true
  for (let i = 0; i < 7; i++) {
    await follower.round()
    await follower.pause()
  }
  expect(clock.waits_ms).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  boards[0].isSilent = false
  await follower.round()
  await follower.pause()
  expect(lines).toEqual(["b0 board_found", "b0 found", "b0 board_lost", "b0 board_back"])
  expect(boards[0].closed).toBe(1)
})

test("boards on one port are opened anew with the one that was lost; only that one is told of", async () => {
  const { boards, follower, lines } = rig("A", "A", "B")
  await follower.round()
  lines.length = 0
  boards[1].isSilent = true
  await follower.round()
  boards[1].isSilent = false
  await follower.round()
  expect(lines).toEqual(["b1 board_lost", "b1 board_back"])
  expect(boards.map(({ closed }) => closed)).toEqual([1, 1, 0])
})

test("a full disk is told once, until it is over, and loses no board", async () => {
  const { follower, problems, fetching, lines } = rig("A")
  fetching.error = new TesterError("The disk is full.")
  for (let i = 0; i < 3; i++) await follower.round()
  expect(problems).toEqual(["The disk is full."])
  fetching.error = undefined
  await follower.round()
  fetching.error = new TesterError("The disk is full.")
  await follower.round()
  expect(problems).toHaveLength(2)
  expect(lines).toEqual(["b0 board_found", "b0 found"])
})

test("the clock is told at each look", async () => {
  const { clock, boards, follower } = rig("A")
  await follower.round()
  await clock.sleep_ms(5_000)
  await follower.round()
  expect(boards[0].told_ms).toEqual([0, 5_000])
})

test("a test that a full log paused goes on once there is room", async () => {
  const { boards, follower } = rig("A")
  boards[0].channel = status({ state: "Paused", pause: "FullLog" })
  boards[0].isFull = true
  await follower.round()
  expect(boards[0].resumed).toEqual([])
  boards[0].isFull = false
  await follower.round()
  expect(boards[0].resumed).toEqual([0])
})

test("the age of a reading counts while test time stands still", async () => {
  const { clock, boards, follower } = rig("A")
  const reading_s = () => follower.boards.get("b0")?.channels[0].reading_unix_s
  boards[0].channel = status({ testTime_s: 1 })
  await follower.round()
  await clock.sleep_ms(60_000)
  await follower.round()
  expect(reading_s()).toBe(0)
  boards[0].channel = status({ testTime_s: 2 })
  await follower.round()
  expect(reading_s()).toBe(60)
})

test("what a look tells is not lost when the board goes in the middle of it", async () => {
  const { boards, follower, lines } = rig("A")
  await follower.round()
  boards[0].channel = status({ state: "Fault", fault: "OpenCell" })
  boards[0].channels = 2
  boards[0].dumbChannel = 1
  await follower.round()
  boards[0].dumbChannel = undefined
  await follower.round()
  expect(lines).toContain("b0 fault")
})
