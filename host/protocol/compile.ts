import type { z } from "zod"
import { putInt } from "../../firmware/core/bytes"
import type { Circuit } from "../../firmware/core/circuit"
import { putCrc } from "../../firmware/core/crc"
import * as table from "../../firmware/core/program"
import { ProtocolError } from "../errors"
import { type CellMetadata, type MethodStep, type Protocol, protocolSchema } from "./schema"

/** A protocol made ready for one cell on one board. */
export interface CompiledProtocol {
  /** The step table that the board runs (`firmware/PROGRAM_FORMAT.md`). */
  bytes: Uint8Array
  /** For each step of the table, its index in `method`. */
  methodIndex: number[]
}

/**
 * Checks a protocol against the board's limits and compiles it for a cell.
 * @param input a protocol, as read from a file
 * @throws ProtocolError naming the step and the key, and what would be accepted
 */
export function compileProtocol(
  input: unknown,
  cell: CellMetadata,
  circuit: Circuit,
): CompiledProtocol {
  const protocol = parse(input)
  checkSafety(protocol, circuit)
  const methodIndex: number[] = []
  protocol.method.forEach((step, i) => {
    if (step.step !== "tag") methodIndex.push(i)
  })
  const count = methodIndex.length
  if (count === 0 || count > table.MAX_STEPS)
    throw new ProtocolError("method", `has ${count} steps; a board runs 1 to ${table.MAX_STEPS}.`)
  const length = table.HEADER_BYTES + count * table.STEP_BYTES
  const bytes = new Uint8Array(length + 4)
  bytes[0] = table.PROGRAM_MAGIC
  bytes[1] = table.PROGRAM_VERSION
  bytes[2] = count
  putInt(bytes, 4, 4, Math.round(protocol.safety.max_voltage_V * 1e6))
  putInt(bytes, 8, 4, Math.round(protocol.safety.min_voltage_V * 1e6))
  putInt(bytes, 12, 4, Math.round(protocol.safety.max_current_mA * 1e6))
  const { time_s, voltage_V, burst_s } = protocol.record
  putInt(bytes, 16, 4, Math.max(1, scaled(time_s, 1000, "record.time_s", "s")))
  putInt(bytes, 20, 4, Math.max(1, scaled(voltage_V, 1e6, "record.voltage_V", "V")))
  putInt(bytes, 24, 4, scaled(burst_s, 1000, "record.burst_s", "s"))
  methodIndex.forEach((at, index) => {
    const offset = table.HEADER_BYTES + index * table.STEP_BYTES
    writeStep(bytes, offset, at, protocol, methodIndex, cell)
  })
  putCrc(bytes, 0, length)
  return { bytes, methodIndex }
}

function parse(input: unknown): Protocol {
  const result = protocolSchema.safeParse(input)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new ProtocolError(pathText(issue.path), problemText(issue))
}

function problemText(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_union")
    return issue.path.at(-1) === "loop_to"
      ? "give a tag's name, or the number of an entry counted from 1."
      : "unknown step; the board knows constant_current, open_circuit_voltage, loop and tag."
  if (issue.code === "invalid_type" && issue.message.endsWith("undefined"))
    return `is missing: expected ${issue.expected}.`
  if (issue.code === "unrecognized_keys") return `unknown key ${issue.keys.join(", ")}.`
  return `${issue.message}.`
}

/** `method[3].until_voltage_V`. */
function pathText(path: readonly PropertyKey[]): string {
  let text = ""
  for (const key of path)
    text += typeof key === "number" ? `[${key}]` : text === "" ? String(key) : `.${String(key)}`
  return text === "" ? "protocol" : text
}

function checkSafety({ safety }: Protocol, circuit: Circuit): void {
  const [lowest_V, highest_V] = circuit.voltageLimits_V
  const limit_mA = circuit.currentRanges[0].limit_A * 1000
  if (safety.max_voltage_V > highest_V)
    throw new ProtocolError(
      "safety.max_voltage_V",
      `${safety.max_voltage_V} V is above the board's ${highest_V} V.`,
    )
  if (safety.min_voltage_V < lowest_V)
    throw new ProtocolError(
      "safety.min_voltage_V",
      `${safety.min_voltage_V} V is below the board's ${lowest_V} V.`,
    )
  if (Math.round(safety.min_voltage_V * 1e6) >= Math.round(safety.max_voltage_V * 1e6))
    throw new ProtocolError("safety.min_voltage_V", "must be below max_voltage_V.")
  if (safety.max_current_mA > limit_mA)
    throw new ProtocolError(
      "safety.max_current_mA",
      `${safety.max_current_mA} mA is above a channel's ${limit_mA} mA.`,
    )
}

function writeStep(
  bytes: Uint8Array,
  offset: number,
  at: number,
  protocol: Protocol,
  methodIndex: number[],
  cell: CellMetadata,
): void {
  const step = protocol.method[at]
  const path = `method[${at}]`
  putInt(bytes, offset + 8, 4, table.NO_VOLTAGE_ABOVE)
  putInt(bytes, offset + 12, 4, table.NO_VOLTAGE_BELOW)
  putInt(bytes, offset + 16, 4, table.NO_LIMIT)
  putInt(bytes, offset + 20, 4, table.NO_LIMIT)
  switch (step.step) {
    case "tag":
      return
    case "loop":
      bytes[offset] = table.STEP_LOOP
      bytes[offset + 1] = loopTarget(at, protocol, methodIndex)
      bytes[offset + 2] = isOutermost(at, protocol) ? 1 : 0
      putInt(bytes, offset + 24, 4, step.cycle_count)
      return
    case "open_circuit_voltage":
      bytes[offset] = table.STEP_REST
      putTime(bytes, offset, step.until_time_s, path)
      return
    case "constant_current": {
      bytes[offset] = table.STEP_CONSTANT_CURRENT
      const current_mA = stepCurrent_mA(step, path, cell)
      const limit_mA = protocol.safety.max_current_mA
      const currentPath = `${path}.${currentKey(step)}`
      if (Math.round(current_mA * 1e6) === 0)
        throw new ProtocolError(currentPath, "is below 1 nA: use open_circuit_voltage to rest.")
      if (Math.abs(current_mA) > limit_mA)
        throw new ProtocolError(
          currentPath,
          `${current_mA.toPrecision(4)} mA is beyond safety.max_current_mA, ${limit_mA} mA.`,
        )
      putInt(bytes, offset + 4, 4, Math.round(current_mA * 1e6))
      if (step.until_time_s !== undefined) putTime(bytes, offset, step.until_time_s, path)
      if (step.until_voltage_V !== undefined) {
        checkVoltage(step.until_voltage_V, `${path}.until_voltage_V`, protocol)
        const place = current_mA > 0 ? offset + 8 : offset + 12
        putInt(bytes, place, 4, Math.round(step.until_voltage_V * 1e6))
      }
      const capacity_mAh = stepCapacity_mAh(step, path, cell)
      if (capacity_mAh !== undefined) putCapacity(bytes, offset, capacity_mAh, step, path)
      if (
        step.until_time_s === undefined &&
        step.until_voltage_V === undefined &&
        capacity_mAh === undefined
      )
        throw new ProtocolError(path, "never ends: give it an until_… key.")
    }
  }
}

function putTime(bytes: Uint8Array, offset: number, time_s: number, path: string): void {
  const time_ms = Math.round(time_s * 1000)
  if (time_ms < 1 || time_ms >= table.NO_LIMIT)
    throw new ProtocolError(`${path}.until_time_s`, "must be between 1 ms and 49.7 days.")
  putInt(bytes, offset + 16, 4, time_ms)
}

function putCapacity(
  bytes: Uint8Array,
  offset: number,
  capacity_mAh: number,
  step: ConstantCurrentStep,
  path: string,
): void {
  const capacity_nAh = Math.round(capacity_mAh * 1e6)
  if (capacity_nAh < 1 || capacity_nAh >= table.NO_LIMIT)
    throw new ProtocolError(`${path}.${capacityKey(step)}`, "must be between 1 nAh and 4294 mAh.")
  putInt(bytes, offset + 20, 4, capacity_nAh)
}

/** A number ≥ 0 in the table's unit, which has four bytes for it. */
function scaled(value: number, scale: number, path: string, unit: string): number {
  const whole = Math.round(value * scale)
  if (whole > 0xffffffff)
    throw new ProtocolError(path, `must be at most ${Math.floor(0xffffffff / scale)} ${unit}.`)
  return whole
}

function checkVoltage(voltage_V: number, path: string, { safety }: Protocol): void {
  if (voltage_V > safety.max_voltage_V || voltage_V < safety.min_voltage_V)
    throw new ProtocolError(
      path,
      `${voltage_V} V is outside the safety limits, ${safety.min_voltage_V} to ${safety.max_voltage_V} V.`,
    )
}

type ConstantCurrentStep = Extract<MethodStep, { step: "constant_current" }>

function currentKey(step: ConstantCurrentStep): string {
  return step.current_mA === undefined ? "current_density_mA_per_cm2" : "current_mA"
}

function capacityKey(step: ConstantCurrentStep): string {
  return step.until_capacity_mAh === undefined
    ? "until_areal_capacity_mAh_per_cm2"
    : "until_capacity_mAh"
}

function stepCurrent_mA(step: ConstantCurrentStep, path: string, cell: CellMetadata): number {
  const { current_mA, current_density_mA_per_cm2 } = step
  if ((current_mA === undefined) === (current_density_mA_per_cm2 === undefined))
    throw new ProtocolError(
      `${path}.current_mA`,
      "give either current_mA or current_density_mA_per_cm2.",
    )
  if (current_mA !== undefined) return current_mA
  const key = `${path}.current_density_mA_per_cm2`
  return (current_density_mA_per_cm2 as number) * areaOf(cell, key)
}

function stepCapacity_mAh(
  step: ConstantCurrentStep,
  path: string,
  cell: CellMetadata,
): number | undefined {
  const { until_capacity_mAh, until_areal_capacity_mAh_per_cm2 } = step
  const key = `${path}.until_areal_capacity_mAh_per_cm2`
  if (until_areal_capacity_mAh_per_cm2 === undefined) return until_capacity_mAh
  if (until_capacity_mAh !== undefined)
    throw new ProtocolError(key, "stands beside until_capacity_mAh: give one of them.")
  return until_areal_capacity_mAh_per_cm2 * areaOf(cell, key)
}

function areaOf(cell: CellMetadata, path: string): number {
  if (cell.area_cm2 === undefined || !(cell.area_cm2 > 0))
    throw new ProtocolError(path, `needs the electrode's area: give cell ${cell.name} an area_cm2.`)
  return cell.area_cm2
}

/** Index in the step table of the step that a loop goes back to. */
function loopTarget(at: number, protocol: Protocol, methodIndex: number[]): number {
  const target = loopEntry(at, protocol)
  const index = methodIndex.findIndex((entry) => entry >= target)
  if (index < 0 || methodIndex[index] >= at || protocol.method[methodIndex[index]].step === "loop")
    throw new ProtocolError(`method[${at}].loop_to`, "must lead back to a step before the loop.")
  return index
}

/** Index in `method` of what a loop names. */
function loopEntry(at: number, { method }: Protocol): number {
  const step = method[at]
  if (step.step !== "loop") throw new ProtocolError(`method[${at}]`, "is no loop.")
  const { loop_to } = step
  const entry =
    typeof loop_to === "number"
      ? loop_to - 1
      : method.findIndex((other) => other.step === "tag" && other.tag === loop_to)
  if (entry < 0 || entry >= at)
    throw new ProtocolError(
      `method[${at}].loop_to`,
      `'${loop_to}' is no tag or entry before the loop.`,
    )
  return entry
}

/** Whether no later loop encloses this one: its passes are the test's cycles. */
function isOutermost(at: number, protocol: Protocol): boolean {
  return !protocol.method.some(
    (other, i) => i > at && other.step === "loop" && loopEntry(i, protocol) <= at,
  )
}
