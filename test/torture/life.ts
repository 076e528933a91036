import { encodeCalibration } from "../../host/calibration/bytes"
import { circuit } from "../../host/manifest"
import { compileProtocol } from "../../host/protocol/compile"
import type { Protocol } from "../../host/protocol/schema"
import type { Values } from "../../host/service"
import { type Memories, SimulatedBoard } from "../../sim/board"
import { Resistor } from "../../sim/cells/resistor"
import { protocol } from "../scenario/harness"
import { ScriptedHost } from "../scenario/scriptedHost"

export const CURRENT_A = 5e-3
/** Dates of the calibrations that a life writes over each other, by which they are told apart. */
export const CALIBRATED_s = [1_700_000_000, 1_800_000_000] as const
const PROGRAM_CHUNK = 192

/** A board at work, and the cells that know what charge passed through them. */
export interface Life {
  board: SimulatedBoard
  host: ScriptedHost
  cells: Resistor[]
}

type Action = [at_ms: number, command: string, values: Values]

const steps = (policy: Protocol["resume"]): Protocol =>
  protocol(
    [
      { step: "constant_current", current_mA: 1000 * CURRENT_A, until_time_s: 4 },
      { step: "constant_current", current_mA: -1000 * CURRENT_A, until_time_s: 4 },
      { step: "open_circuit_voltage", until_time_s: 2 },
    ],
    { resume: policy, record: { time_s: 1, voltage_V: 0.001, burst_s: 1e5 } },
  )

/** The first channels' policies after a restart. */
export const POLICIES = ["continue", "ask", "stop"] as const
const ASKING = 1
/** The channel that is calibrated twice, and starts last. */
export const LAST = 3

/**
 * A minute in which all is written that outlives a power cut: log, checkpoints, programs, calibrations, pointers.
 * @param first the log's next page when it begins
 */
export function script(first = 0): Action[] {
  const [older, newer] = CALIBRATED_s
  return [
    // A log that comes to the ring's end goes on over what a host has stored.
    [3_800, "acknowledge_log", [first]],
    [4_000, "write_calibration", [LAST, calibration(older)]],
    ...POLICIES.flatMap((policy, channel) => load(5_000 + 200 * channel, channel, steps(policy))),
    ...POLICIES.map((_, channel): Action => [6_000 + 500 * channel, "start", [1, channel]]),
    [22_500, "set_time", [1.9e12]],
    [24_000, "pause", [ASKING]],
    [25_000, "resume", [ASKING]],
    [26_000, "write_calibration", [LAST, calibration(newer)]],
    ...load(27_000, LAST, steps("continue")),
    [28_000, "acknowledge_log", [first + 2]],
    [29_000, "start", [1, LAST]],
  ]
}
/** When all tests of the script are over. */
export const END_ms = 57_000

/** What a host does after a cut: lets the test that asks go on, and starts one where there is none. */
export function afterwards(now_ms: number, first = 0): Action[] {
  return [
    // The first time may have been cut off.
    [now_ms + 5_500, "acknowledge_log", [first]],
    [now_ms + 6_000, "resume", [ASKING]],
    ...load(now_ms + 7_000, LAST, steps("continue")),
    [now_ms + 8_000, "start", [2, LAST]],
  ]
}
/** When all is over after that: a full zeroing and ten seconds. */
export const AFTER_ms = 45_000

function calibration(date_s: number): Uint8Array {
  const line = { gain: 0, offset: 0 }
  const current = circuit.currentRanges.map(() => line)
  return encodeCalibration({ date_s, standard: "100R", voltage: line, commonMode_ohm: 0, current })
}

function load(at_ms: number, channel: number, input: Protocol): Action[] {
  const { bytes } = compileProtocol(input, { name: "cell" }, circuit)
  const actions: Action[] = []
  for (let offset = 0; offset < bytes.length; offset += PROGRAM_CHUNK) {
    const part = bytes.slice(offset, offset + PROGRAM_CHUNK)
    actions.push([at_ms + offset / 4, "write_program", [offset, channel, part]])
  }
  return actions
}

/** A board over what another left, its power just switched on. */
export function begin(seed: number, firmware: Uint8Array | "native", memories: Memories): Life {
  const cells = [0, 1, 2, 3].map(() => new Resistor(50))
  const board = new SimulatedBoard({ seed, firmware, cells, memories })
  board.powerOn()
  return { board, host: new ScriptedHost(board), cells }
}

/** Does what is written until the power fails. @returns whether it came to the end */
export function act({ board, host }: Life, actions: readonly Action[], end_ms = END_ms): boolean {
  for (const [at_ms, command, values] of actions) {
    board.runUntil_ms(at_ms)
    if (!board.isOn) return false
    host.send(command, values)
  }
  board.runUntil_ms(end_ms)
  return board.isOn
}
