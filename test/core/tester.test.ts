import { describe, expect, test } from "vitest"
import type { Surroundings } from "../../firmware/core/channel"
import type { Log } from "../../firmware/core/log"
import * as ports from "../../firmware/core/ports"
import * as states from "../../firmware/core/states"
import { Tester } from "../../firmware/core/tester"
import { Bench, PERIOD_ms, resistor } from "./channelBench"
import { after_s, current, rest } from "./methods"

const long = after_s(10_000)

/** Two channels of one board, each on a bench of its own, and what was asked of the board in which order. */
class Board {
  readonly benches = [
    new Bench([current(1, long)], resistor),
    new Bench([rest(after_s(20))], resistor),
  ]
  readonly log = {
    now_ms: 0,
    isFull: false,
    hasWork: false,
    isMemoryLost: false,
    service: () => this.asked.push("log"),
  }
  asked: string[] = []
  heartbeats = 0
  temperatures = 0
  dacsAnswer = true
  drives = true
  now_ms = 1000
  readonly tester: Tester

  constructor() {
    const ask = (name: string, work: () => boolean) => () => {
      this.asked.push(name)
      return work()
    }
    const converters = {
      startFirst: () => this.asked.push("start"),
      takeFirst: () => {},
      takeSecond: () => {
        this.asked.push("take")
        for (const bench of this.benches) bench.convert()
      },
    }
    const { benches } = this
    const board = {
      dacs: { update: ask("dacs", () => this.dacsAnswer && this.all((bench) => bench.update())) },
      outputs: {
        isDriving: () => this.drives,
        get isStale() {
          return benches.some((bench) => bench.isStale)
        },
        update: (healthy: boolean) => {
          this.asked.push("outputs")
          if (healthy) this.heartbeats++
          return this.all((bench) => bench.update(healthy))
        },
      },
      temperature_degC: Number.NaN,
    } as unknown as Surroundings
    const thermometer = {
      temperature_degC: () => {
        this.temperatures++
        return 30
      },
    }
    const channels = this.benches.map(({ channel }) => channel)
    this.tester = new Tester(channels, converters, board, thermometer, this.log as unknown as Log)
  }

  private all(work: (bench: Bench) => boolean): boolean {
    return this.benches.map(work).every((isDone) => isDone)
  }

  /** Starts both, and runs them to their first steps. */
  begin(): this {
    for (const bench of this.benches) bench.start()
    this.run(250, () => this.states.every((state) => state === states.STATE_RUNNING))
    return this.run(5)
  }

  run(periods: number, until: () => boolean = () => false): this {
    for (let i = 0; i < periods && !until(); i++) {
      this.now_ms += PERIOD_ms
      for (const bench of this.benches) bench.now_ms = this.now_ms
      this.tester.endPeriod(this.now_ms)
      this.tester.beat(this.now_ms)
      this.tester.keep()
    }
    return this
  }

  get states(): number[] {
    return this.benches.map(({ channel }) => channel.state)
  }

  get relays(): boolean[] {
    return this.benches.map(({ isRelayClosed }) => isRelayClosed)
  }
}

const { STATE_FAULT, STATE_FINISHED, STATE_PAUSED, STATE_RUNNING, STATE_ZEROING } = states

describe("a period", () => {
  test("takes the readings, moves the DACs, starts the next readings, beats the heart; then it keeps what it found", () => {
    const board = new Board().begin()
    board.asked = []
    board.log.hasWork = true
    board.run(1)
    expect(board.asked).toEqual(["take", "dacs", "start", "outputs", "log"])
    board.log.hasWork = false
    board.asked = []
    board.run(1)
    expect(board.asked).not.toContain("log")
    expect(board.log.now_ms).toBe(board.now_ms)
  })

  test("reads the temperature once a second, for all channels", () => {
    const board = new Board().begin()
    const before = board.temperatures
    board.run(50)
    expect(board.temperatures - before).toBe(5)
    expect(board.tester.board.temperature_degC).toBe(30)
  })

  test("beats the heart whatever idle channels read", () => {
    const board = new Board()
    for (const bench of board.benches) bench.statuses.push(...new Array(10).fill(2))
    board.run(10)
    expect(board.heartbeats).toBe(10)
  })
})

describe("channels are apart", () => {
  test("one that ends, or faults, leaves the other as it is", () => {
    const board = new Board().begin()
    board.run(250)
    expect(board.states).toEqual([STATE_RUNNING, STATE_FINISHED])
    expect(board.relays).toEqual([true, false])
    const other = new Board().begin()
    other.benches[0].statuses.push(1, 1)
    other.run(5)
    expect(other.states).toEqual([STATE_FAULT, STATE_RUNNING])
    expect(other.relays).toEqual([false, true])
  })

  test("a heartbeat is for all: none while one has no reading, or a leaping one, then again", () => {
    for (const wrong of ["statuses", "spikes_V"] as const) {
      const board = new Board().begin()
      board.benches[1][wrong].push(1)
      const before = board.heartbeats
      board.run(1)
      expect(board.heartbeats).toBe(before)
      // A spike goes as far back as it came.
      board.run(wrong === "statuses" ? 1 : 2)
      expect(board.heartbeats).toBe(before + 1)
      expect(board.states).toEqual([STATE_RUNNING, STATE_RUNNING])
    }
  })

  test("and comes back when the faulty one has let go", () => {
    const board = new Board().begin()
    board.benches[1].statuses.push(...new Array(20).fill(ports.READING_LOST))
    const before = board.heartbeats
    board.run(20)
    expect(board.benches[1].channel.fault).toBe(states.FAULT_CHIP_LOST)
    expect(board.heartbeats - before).toBe(18)
  })
})

describe("what all channels share", () => {
  test("a DAC that is gone: all relays open in the same period, without a heartbeat", () => {
    const board = new Board().begin()
    board.dacsAnswer = false
    const before = board.heartbeats
    board.run(1)
    expect(board.relays).toEqual([false, false])
    expect(board.heartbeats).toBe(before)
    for (const { channel } of board.benches)
      expect(channel).toMatchObject({ state: STATE_FAULT, fault: states.FAULT_CHIP_LOST })
  })

  test("an expander that is gone: all of them fail", () => {
    const board = new Board().begin()
    board.benches[0].outputsAnswer = false
    board.run(1)
    for (const { channel } of board.benches)
      expect(channel).toMatchObject({ state: STATE_FAULT, fault: states.FAULT_CHIP_LOST })
  })

  test("an expander that lets its pins go: nothing is judged, the second time all of them fail", () => {
    const board = new Board().begin()
    const [{ channel }] = board.benches
    const before = { heartbeats: board.heartbeats, voltage_V: channel.voltage_V }
    board.drives = false
    // What is read is the dummy's.
    board.benches[0].cell = { ...resistor, resistance_ohm: 100 }
    board.run(1)
    expect(board.states).toEqual([STATE_RUNNING, STATE_RUNNING])
    expect(board.heartbeats).toBe(before.heartbeats)
    board.run(1)
    expect(channel.voltage_V).toBe(before.voltage_V)
    for (const { channel } of board.benches)
      expect(channel).toMatchObject({ state: STATE_FAULT, fault: states.FAULT_CHIP_LOST })
    expect(board.relays).toEqual([false, false])
  })

  test.each([
    ["short", 300],
    ["brief", 700],
    ["long", 2000],
  ])(
    "a %s stall: no relay closes that may have fallen, what flowed is counted",
    (kind, stall_ms) => {
      const board = new Board().begin()
      const [{ channel }] = board.benches
      const { stepCharge_mAs: before_mAs } = channel
      board.now_ms += stall_ms - PERIOD_ms
      board.run(1)
      const isShort = kind === "short"
      expect(board.relays).toEqual([isShort, isShort])
      const flowed_mAs = channel.stepCharge_mAs - before_mAs
      expect(flowed_mAs).toBeCloseTo(Math.min(stall_ms, ports.DROP_OUT_ms) * 1e-3, 2)
      // What is brief is gone on from, what is long by the program's policy: here, to ask.
      const state = { short: STATE_RUNNING, brief: STATE_ZEROING, long: STATE_PAUSED }[kind]
      expect(board.states).toEqual([state, state])
      if (kind === "long") expect(channel.pauseReason).toBe(states.PAUSED_BY_RESTART)
    },
  )

  test("stalls are gone on from five times an hour, and the hours are not added up", () => {
    const board = new Board().begin()
    const [{ channel }] = board.benches
    const stall = () => {
      board.run(60)
      board.now_ms += 600
      board.run(1)
    }
    const fiveTimes = () => {
      for (let i = 0; i < 5; i++) stall()
      expect(channel.fault).toBe(states.FAULT_NONE)
    }
    fiveTimes()
    board.run(36_000)
    fiveTimes()
    stall()
    expect(channel.fault).toBe(states.FAULT_STALE_READING)
  })

  test("a log that is full: all of them pause, and nothing is lost", () => {
    const board = new Board().begin()
    const before_C = board.benches[0].charge_C
    const counted_mAs = board.benches[0].channel.stepCharge_mAs
    board.log.isFull = true
    board.run(3)
    // All that flows to the relay's opening is counted.
    const passed_mAs = (board.benches[0].charge_C - before_C) * 1000
    expect(board.benches[0].channel.stepCharge_mAs - counted_mAs).toBeCloseTo(passed_mAs, 6)
    expect(board.states).toEqual([STATE_PAUSED, STATE_PAUSED])
    expect(board.relays).toEqual([false, false])
    for (const { channel } of board.benches)
      expect(channel.pauseReason).toBe(states.PAUSED_BY_FULL_LOG)
    board.run(10)
    for (const { records } of board.benches) expect(records.pauses).toEqual([3])
  })
})
