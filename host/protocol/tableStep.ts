import * as core from "../../firmware/core/step"
import { ProtocolError } from "../errors"
import { conditionsOf } from "./conditions"
import { current_nA, limit_nA } from "./currents"
import { loopTarget } from "./places"
import { heldVoltage_uV, type Job, whole } from "./quantities"
import type { RecordRules } from "./recordRules"
import type { Step, StepOf } from "./steps"
import { emptyStep, type TableStep } from "./table"

/** A step of the table, but for where it stands among loops and cycles. */
export function tableStep(at: number, job: Job, rules: RecordRules): TableStep {
  const step = job.protocol.method[at]
  const path = `method[${at}]`
  switch (step.step) {
    case "tag":
      throw new ProtocolError(path, "a tag is no step of the table.")
    case "loop":
      return {
        ...emptyStep(core.STEP_LOOP),
        loopTo: job.problems.attempt(() => loopTarget(at, job), 0),
        loopCount: step.cycle_count,
      }
    case "jump":
      return {
        ...emptyStep(core.STEP_JUMP),
        conditions: conditionsOf(step, path, 0, job),
      }
    default: {
      const { problems } = job
      const before = problems.all.length
      const timed = {
        ...emptyStep(TYPES[step.step]),
        ...problems.attempt(() => setpoints(step, path, job), {}),
        rule: problems.attempt(() => rules.of(step.record, path), 0),
      }
      timed.conditions = conditionsOf(step, path, timed.current_nA, job)
      if (problems.all.length === before)
        problems.attempt(() => checkEnd(step, timed, path), undefined)
      return timed
    }
  }
}

type Timed = Exclude<Step, StepOf<"tag"> | StepOf<"loop"> | StepOf<"jump">>

const TYPES: { [name in Timed["step"]]: number } = {
  open_circuit_voltage: core.STEP_REST,
  constant_current: core.STEP_CONSTANT_CURRENT,
  pulse: core.STEP_PULSE,
  constant_voltage: core.STEP_CONSTANT_VOLTAGE,
  constant_current_constant_voltage: core.STEP_CC_CV,
  voltage_scan: core.STEP_SCAN,
}

function setpoints(step: Timed, path: string, job: Job): Partial<TableStep> {
  switch (step.step) {
    case "open_circuit_voltage":
      return {}
    case "constant_current":
    case "pulse":
      return { current_nA: current_nA(step, path, job) }
    case "constant_current_constant_voltage":
      return {
        current_nA: current_nA(step, path, job),
        voltage_uV: heldVoltage_uV(step.voltage_V, `${path}.voltage_V`, job),
      }
    case "constant_voltage":
      return {
        current_nA: limit_nA(step.max_current_mA, path, job),
        voltage_uV: heldVoltage_uV(step.voltage_V, `${path}.voltage_V`, job),
      }
    case "voltage_scan":
      return scan(step, path, job)
  }
}

function scan(step: StepOf<"voltage_scan">, path: string, job: Job): Partial<TableStep> {
  const voltage_uV = heldVoltage_uV(step.start_voltage_V, `${path}.start_voltage_V`, job)
  const endVoltage_uV = heldVoltage_uV(step.end_voltage_V, `${path}.end_voltage_V`, job)
  if (voltage_uV === endVoltage_uV)
    throw new ProtocolError(`${path}.end_voltage_V`, "must differ from start_voltage_V.")
  return {
    voltage_uV,
    endVoltage_uV,
    current_nA: limit_nA(step.max_current_mA, path, job),
    scanRate_nV_per_s: whole(step.scan_rate_mV_per_s, 1e6, `${path}.scan_rate_mV_per_s`, "mV/s"),
  }
}

/** What never ends is refused; so is a held voltage whose current begins below what ends it. */
function checkEnd(step: Timed, { conditions, current_nA: limit }: TableStep, path: string): void {
  if (conditions.length === 0 && step.step !== "voltage_scan")
    throw new ProtocolError(path, "never ends: give it an until_… key.")
  if (step.step !== "constant_voltage" && step.step !== "constant_current_constant_voltage") return
  for (const { quantity, isAbove, isLinked, value } of conditions)
    if (quantity === core.QUANTITY_CURRENT && !isAbove && !isLinked && value >= Math.abs(limit))
      throw new ProtocolError(
        path,
        `ends at ${value / 1e6} mA and below, but never draws more than ${Math.abs(limit) / 1e6} mA.`,
      )
}
