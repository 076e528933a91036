import { ABSENT, RECORD_RULES } from "../../firmware/core/program"
import { ProtocolError } from "../errors"
import { largestCurrent_mA } from "./currents"
import { type Job, whole } from "./quantities"
import type { RecordRule } from "./steps"

/** A record rule in the table's units: ms, µV, nA, ms. */
export type TableRule = [interval: number, voltage: number, current: number, burst: number]

/** The record rules of a program, each of them once. */
export class RecordRules {
  readonly rules: TableRule[] = []

  constructor(private readonly job: Job) {
    const { record } = job.protocol
    const given = () => (record === undefined ? this.defaultRule() : tableRule(record, "record"))
    this.indexOf(job.problems.attempt(given, this.defaultRule()), "record")
  }

  /** Which rule a step has: its own, else the protocol's. */
  of(record: RecordRule | undefined, path: string): number {
    if (record === undefined) return 0
    return this.indexOf(tableRule(record, `${path}.record`), `${path}.record`)
  }

  private defaultRule(): TableRule {
    // A hundredth of the largest current is above all noise, and draws the decay of a held voltage.
    return [10_000, 1000, Math.max(1, Math.round(largestCurrent_mA(this.job) * 1e4)), 10_000]
  }

  private indexOf(rule: TableRule, path: string): number {
    const known = this.rules.findIndex((other) => other.join() === rule.join())
    if (known >= 0) return known
    if (this.rules.length === RECORD_RULES)
      throw new ProtocolError(path, `is one rule too many: a program has ${RECORD_RULES} at most.`)
    return this.rules.push(rule) - 1
  }
}

function tableRule(
  { time_s, voltage_V, current_mA, burst_s }: RecordRule,
  path: string,
): TableRule {
  const threshold = (value: number | undefined, scale: number, key: string, unit: string) =>
    // Finer than the table's unit is every reading, as its smallest is.
    value === undefined ? ABSENT : whole(Math.max(value, 1 / scale), scale, `${path}.${key}`, unit)
  return [
    threshold(time_s, 1000, "time_s", "s"),
    threshold(voltage_V, 1e6, "voltage_V", "V"),
    threshold(current_mA, 1e6, "current_mA", "mA"),
    whole(burst_s, 1000, `${path}.burst_s`, "s", [0, 0xfffffffe]),
  ]
}
