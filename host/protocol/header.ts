import { putCrc } from "../crc"
import * as table from "../../firmware/core/program"
import { ProtocolError } from "../errors"
import { largestCurrent_mA } from "./currents"
import { type Job, temperature_cdegC, whole } from "./quantities"
import type { TableRule } from "./recordRules"

const RESUME = {
  ask: table.RESUME_ASK,
  continue: table.RESUME_CONTINUE,
  stop: table.RESUME_STOP,
}

/** Writes the header of a program, checksum and all. */
export function writeHeader(
  bytes: Uint8Array,
  job: Job,
  rules: readonly TableRule[],
  mark: number,
): void {
  const { protocol, methodIndex, problems } = job
  const { safety } = protocol
  const view = new DataView(bytes.buffer, bytes.byteOffset, table.HEADER_BYTES)
  view.setUint8(0, table.PROGRAM_MAGIC)
  view.setUint8(1, table.PROGRAM_VERSION)
  view.setUint8(2, methodIndex.length)
  view.setUint8(3, flagsOf(job))
  view.setUint8(4, RESUME[protocol.resume])
  view.setUint16(6, mark, true)
  view.setInt32(8, Math.round(safety.max_voltage_V * 1e6), true)
  view.setInt32(12, Math.round(safety.min_voltage_V * 1e6), true)
  const largest_nA = () => whole(largestCurrent_mA(job), 1e6, "safety.max_current_mA", "mA")
  view.setInt32(16, problems.attempt(largest_nA, 0), true)
  const temperature = (key: "max_temperature_degC" | "min_temperature_degC", absent: number) =>
    problems.attempt(
      () => (safety[key] === undefined ? absent : temperature_cdegC(safety[key], `safety.${key}`)),
      absent,
    )
  view.setInt16(20, temperature("max_temperature_degC", table.NO_MAX_TEMPERATURE), true)
  view.setInt16(22, temperature("min_temperature_degC", table.NO_MIN_TEMPERATURE), true)
  view.setUint32(24, Math.round(safety.delay_s * 1000), true)
  const change_V = protocol.resume_max_voltage_change_V
  const change_uV = () => whole(change_V, 1e6, "resume_max_voltage_change_V", "V")
  view.setUint32(28, problems.attempt(change_uV, 0), true)
  for (let i = 0; i < table.RECORD_RULES; i++) {
    // Rules that no step has repeat the first, so that all of them are sound.
    const rule = rules[i] ?? rules[0]
    rule.forEach((value, place) => {
      view.setUint32(32 + 16 * i + 4 * place, value, true)
    })
  }
  problems.attempt(() => writeStops(view, job), undefined)
  putCrc(bytes, 0, table.HEADER_BYTES - 4)
}

function flagsOf({ protocol: { allow_uncalibrated, raw, stop, self_test_at_rest } }: Job): number {
  return (
    (allow_uncalibrated || raw ? 1 : 0) +
    (raw ? 2 : 0) +
    (stop.coulombic_efficiency === "charge/discharge" ? 4 : 0) +
    (stop.hard_short ? 8 : 0) +
    (self_test_at_rest ? 16 : 0)
  )
}

function writeStops(view: DataView, { protocol: { stop } }: Job): void {
  const { coulombic_efficiency_below: below, coulombic_efficiency_above: above } = stop
  if (below !== undefined && above !== undefined && ppm(below) >= ppm(above))
    throw new ProtocolError(
      "stop.coulombic_efficiency_below",
      "must be below coulombic_efficiency_above.",
    )
  view.setUint32(96, ppm(below ?? 0), true)
  view.setUint32(100, above === undefined ? table.ABSENT : ppm(above), true)
  view.setUint32(104, ppm(stop.retention_below ?? 0), true)
  view.setUint16(108, stop.retention_reference_cycle, true)
  view.setUint16(110, stop.overpotential_reference_cycle, true)
  view.setUint16(112, Math.round((stop.overpotential_growth ?? 0) * 1000), true)
  view.setUint16(114, Math.round((stop.plateau_drop ?? 0) * 1000), true)
  const rest_mV = stop.rest_voltage_below_mV
  const rest_uV =
    rest_mV === undefined
      ? 0
      : whole(rest_mV, 1000, "stop.rest_voltage_below_mV", "mV", [1, 5_000_000])
  view.setUint32(116, rest_uV, true)
  view.setUint8(120, stop.coulombic_efficiency_cycles)
}

function ppm(ratio: number): number {
  return Math.round(ratio * 1e6)
}
