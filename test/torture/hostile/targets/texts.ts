import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { readCell } from "../../../../host/cell"
import { TesterError } from "../../../../host/errors"
import { stepFromPybamm } from "../../../../host/formats/pybamm"
import { NOTIFY_FILE, readNotifyConfig } from "../../../../host/notify/config"
import { checkProtocol } from "../../../../host/protocol/check"
import { toUnicycler } from "../../../../host/protocol/unicyclerExport"
import { readProgram } from "../../../core/programs"
import { type Target, wordsOf } from "../target"

const EXAMPLES = new URL("../../../../host/protocol/examples/", import.meta.url)
const filesIn = (folder: string) =>
  readdirSync(new URL(`./${folder}`, EXAMPLES), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => readFileSync(new URL(folder + name, EXAMPLES)))

const CELL = readCell(
  "name: A\narea_cm2: 1.539\ncapacity_mAh: 2.5\nactive_mass_mg: 10\ntype: Li||Cu",
  "cell",
)
const UNICYCLER = {
  unicycler: { version: "0.4.0" },
  sample: { name: "A", capacity_mAh: 1.5 },
  record: { time_s: 10, voltage_V: 0.1, current_mA: null },
  safety: {
    max_voltage_V: 5,
    min_voltage_V: -0.1,
    max_current_mA: 10,
    min_current_mA: -10,
    delay_s: 1,
  },
  method: [
    { step: "open_circuit_voltage", until_time_s: 300 },
    { step: "tag", tag: "a" },
    { step: "constant_current", rate_C: "C/3", until_voltage_V: 4.2, until_time_s: "3600" },
    { step: "constant_voltage", voltage_V: 4.2, until_rate_C: 0.05 },
    { step: "voltage_scan", start_voltage_V: 0, end_voltage_V: 1, scan_rate_mV_per_s: 0.1 },
    { step: "loop", loop_to: "a", cycle_count: 3 },
  ],
}
const PYBAMM = [
  "Charge at C/3 for 4 hours or until 4.2 V (10 second period)",
  "Hold at 4.2 V until C/50",
  "Rest for 30 minutes",
  "Discharge at 1.5 mA until 2.5V",
]
const KEYS = wordsOf(
  "step tag loop loop_to cycle_count constant_current constant_voltage constant_current_constant_voltage " +
    "voltage_scan pulse jump goto until_time_s until_voltage_V until_capacity_mAh until_current_mA all: any: stop: " +
    "record: safety: max_voltage_V min_current_mA burst_s current_density_mA_per_cm2 rate_C: C/3 D/2 null true ~ " +
    '&a *a !!int !!binary !!set <<: - ? : > | { } [ ] "\\u0000" 0b1 !!float __proto__ constructor toString \ufeff',
)

/** A protocol, whatever its author was thinking: refused in words, or one that the board takes. */
export const protocols: Target = {
  name: "protocols",
  seeds: [
    ...filesIn(""),
    Buffer.from(JSON.stringify(UNICYCLER)),
    Buffer.from(JSON.stringify(PYBAMM)),
    Buffer.from(JSON.stringify({ safety: UNICYCLER.safety, method: [PYBAMM, PYBAMM] })),
  ],
  words: KEYS,
  most: 16_384,
  run(input) {
    const { plan } = checkProtocol(input.toString(), "hostile.yaml", CELL)
    if (plan === undefined) return
    readProgram(plan.compiled.bytes)
    mendable(() => toUnicycler(plan.protocol, CELL))
  },
}

/** A step in PyBaMM's words. */
export const pybammSteps: Target = {
  name: "pybamm-steps",
  seeds: PYBAMM.map((text) => Buffer.from(text)),
  words: wordsOf(
    "Charge Discharge Hold Rest at for until or mA V C/ hours minutes seconds ( ) period W Ohm µ %",
  ),
  most: 400,
  run(input) {
    mendable(() => stepFromPybamm(input.toString()))
  },
}

/** A cell's file. */
export const cells: Target = {
  name: "cells",
  seeds: filesIn("cells/"),
  words: KEYS,
  run(input) {
    mendable(() => readCell(input.toString(), "cell.yaml"))
  },
}

/** Who is told of what. */
export function notifyFiles(folder: string): Target {
  mkdirSync(folder, { recursive: true })
  return {
    name: "notify-files",
    seeds: [
      Buffer.from(
        "command: ./tell.sh\nwebhook: https://example.org/a\non: [fault]\nboard_lost_after_s: 60\n",
      ),
    ],
    words: KEYS,
    run(input) {
      writeFileSync(join(folder, NOTIFY_FILE), input)
      mendable(() => readNotifyConfig(folder, {}))
    },
  }
}

/** What a person can mend is no failure. */
export function mendable<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof TesterError) return undefined
    throw error
  }
}
