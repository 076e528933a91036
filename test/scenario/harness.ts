import { BoardClient } from "../../host/boardClient"
import { calibrate } from "../../host/calibrate"
import { readTests } from "../../host/log/read"
import type { LoggedTest } from "../../host/log/read"
import { circuit } from "../../host/manifest"
import { compileProtocol } from "../../host/protocol/compile"
import type { MethodStep, Protocol } from "../../host/protocol/schema"
import { readFirmware, SimulatedLink } from "../../host/transport/simulated"
import type { AnalogErrorSwitches } from "../../sim/analogErrors"
import { type BoardOptions, SimulatedBoard } from "../../sim/board"
import { SimulatedBench } from "../../sim/calibrationBench"
import type { Cell } from "../../sim/cells/cell"

/** Any date: it stands in the log, so it must be the same in every run. */
const CALIBRATED_s = 1_767_225_600

/** A simulated board and a host that speaks to it. What a scenario's witness sees is in `board`. */
export interface Rig {
  board: SimulatedBoard
  link: SimulatedLink
  client: BoardClient
  close(): Promise<void>
}

export async function startRig(options: {
  seed: number
  cells: (Cell | undefined)[]
  errors?: AnalogErrorSwitches
  /** Another firmware than the one that is built. */
  firmware?: BoardOptions["firmware"]
  /** Whether the watchdog's jumper is on; default true. */
  watchdog?: boolean
  /** Two-point calibration of these channels, as test number 1. */
  calibrated?: number[]
  /** Done to the board before its power comes on. */
  prepare?: (board: SimulatedBoard) => void
}): Promise<Rig> {
  const { seed, cells, errors, watchdog, firmware = readFirmware() } = options
  const board = new SimulatedBoard({ seed, firmware, cells, errors, watchdog })
  options.prepare?.(board)
  board.powerOn()
  const link = new SimulatedLink(board)
  await link.connect()
  const client = await BoardClient.find(link)
  if (options.calibrated !== undefined) {
    const bench = new SimulatedBench(board, seed)
    await calibrate(link, client, bench, options.calibrated, 1, CALIBRATED_s)
  }
  return { board, link, client, close: () => link.close() }
}

/** A protocol with the usual frame around a method. */
export function protocol(method: MethodStep[], frame: Partial<Protocol> = {}): Protocol {
  return {
    record: { time_s: 10, voltage_V: 0.001, burst_s: 5 },
    safety: { max_voltage_V: 4.5, min_voltage_V: -1, max_current_mA: 45 },
    allow_uncalibrated: true,
    self_test_at_rest: false,
    ...frame,
    method,
  }
}

/** Starts a method on a channel as test `test`. */
export async function start(
  { client }: Rig,
  channel: number,
  test: number,
  input: Protocol,
  cell: { area_cm2?: number; capacity_mAh?: number } = {},
): Promise<void> {
  const { bytes } = compileProtocol(input, { name: "cell", ...cell }, circuit)
  await client.start(channel, test, bytes)
}

/** Waits until no channel runs, for at most `most_s` of virtual time. */
export async function finish({ client, link }: Rig, most_s: number): Promise<void> {
  const until_ms = link.now_ms + most_s * 1000
  const count = await client.channels()
  for (;;) {
    let running = 0
    for (let channel = 0; channel < count; channel++) {
      const { state } = await client.status(channel)
      if (state === "Running" || state === "Zeroing") running++
    }
    if (running === 0) return
    if (link.now_ms > until_ms) throw new Error(`${running} channels still run after ${most_s} s`)
    await link.sleep_ms(10_000)
  }
}

/** One test as the board logged it. */
export async function logged(
  { link, client }: Rig,
  channel: number,
  test: number,
): Promise<LoggedTest> {
  const tests = await readTests(link, client)
  const found = tests.find((one) => one.channel === channel && one.test === test)
  if (found === undefined) throw new Error(`no test ${test} of channel ${channel} in the log`)
  return found
}
