import { circuit } from "../../../host/manifest"
import { compileProtocol } from "../../../host/protocol/compile"
import type { MethodStep, Protocol } from "../../../host/protocol/schema"
import { cellCatalogue } from "../../../sim/cells/catalogue"
import type { Cell } from "../../../sim/cells/cell"
import type { Random } from "../../../sim/random"
import { protocol } from "../../scenario/harness"

/** A test as a person sets it up. */
export interface Job {
  cell: Cell
  program: Uint8Array
  policy: "continue" | "ask" | "stop"
  /** The most that flows, A. */
  most_A: number
}

const HOUR_s = 3600
const REST: MethodStep = { step: "open_circuit_voltage", until_time_s: HOUR_s }

/** How many cells there are for a channel: by channel, what is tested there. */
const BENCHES: ((
  random: Random,
  cycles: number,
  isLong: boolean,
) => [cell: string, method: MethodStep[]])[] = [
  (random, cycles, isLong) => {
    const half = (sign: number): MethodStep => ({
      step: "constant_current",
      current_density_mA_per_cm2: sign,
      until_time_s: HOUR_s,
    })
    const cell =
      random.uniform() < 0.5 && !isLong ? "Ma2024 bare Li, 1 mA/cm2" : "Ma2024 K-Li@AlN, 1 mA/cm2"
    return [
      cell,
      [
        { ...REST, until_time_s: 600 },
        { step: "tag", tag: "cycle" },
        half(1),
        half(-1),
        { step: "loop", loop_to: "cycle", cycle_count: 12 * cycles },
      ],
    ]
  },
  (_, cycles) => [
    "Wang2023 Li-Cu 98.5 %, Cu at +",
    [
      REST,
      { step: "tag", tag: "cycle" },
      { step: "constant_current", current_mA: -1.5, until_time_s: HOUR_s },
      { step: "constant_current", current_mA: 1.5, until_voltage_V: 1, until_time_s: 2 * HOUR_s },
      { step: "loop", loop_to: "cycle", cycle_count: 12 * cycles },
    ],
  ],
  (random, cycles) => {
    const cell = random.uniform() < 0.5 ? "Ma2024 LFP" : "Ding2022 NCM811, composite, 1C"
    const { window_V, capacity_mAh } = cellCatalogue[cell]
    const [low_V, high_V] = window_V ?? [2.5, 3.8]
    const half_mA = (capacity_mAh ?? 2) / 2
    return [
      cell,
      [
        { ...REST, until_time_s: 600 },
        { step: "tag", tag: "cycle" },
        {
          step: "constant_current_constant_voltage",
          current_mA: half_mA,
          voltage_V: high_V,
          until_current_mA: half_mA / 10,
          until_time_s: 4 * HOUR_s,
        },
        REST,
        {
          step: "constant_current",
          current_mA: -half_mA,
          until_voltage_V: low_V,
          until_time_s: 4 * HOUR_s,
        },
        { step: "loop", loop_to: "cycle", cycle_count: 4 * cycles },
      ],
    ]
  },
  (_, cycles) => [
    "Ma2024 K-Li@AlN, 20 mA/cm2",
    [
      { step: "tag", tag: "cycle" },
      { ...REST, until_time_s: 3 * HOUR_s },
      { step: "constant_current", current_mA: 30, until_time_s: 0.5 * HOUR_s },
      { step: "constant_current", current_mA: -30, until_time_s: 0.5 * HOUR_s },
      { step: "loop", loop_to: "cycle", cycle_count: 6 * cycles },
    ],
  ],
]

/** @param days how long the test shall take, about; undefined: drawn, one to six */
export function newJob(random: Random, channel: number, days?: number): Job {
  const cycles = Math.ceil(days ?? random.uniform(1, 6))
  const [name, method] = BENCHES[channel](random, cycles, days !== undefined)
  const draw = random.uniform()
  const policy = days !== undefined || draw < 0.7 ? "continue" : draw < 0.9 ? "ask" : "stop"
  const { area_cm2, capacity_mAh, window_V, make } = cellCatalogue[name]
  const [low_V, high_V] = window_V ?? [-1, 3.9]
  const input: Protocol = protocol(method, {
    record: { time_s: 30, voltage_V: 0.005, burst_s: 5 },
    safety: {
      max_voltage_V: high_V + 0.1,
      min_voltage_V: Math.max(-1, low_V - 0.3),
      max_current_mA: 45,
    },
    resume: policy,
    allow_uncalibrated: false,
    self_test_at_rest: true,
  })
  const { bytes } = compileProtocol(input, { name: "cell", area_cm2, capacity_mAh }, circuit)
  return { cell: make(), program: bytes, policy, most_A: channel === 3 ? 0.03 : 0.005 }
}
