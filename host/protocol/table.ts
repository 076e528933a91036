import { putCrc } from "../crc"
import { STEP_BYTES } from "../../firmware/core/program"
import { GOTO_NEXT } from "../../firmware/core/step"

/** A step of the table in the table's own units (`firmware/PROGRAM_FORMAT.md`). */
export interface TableStep {
  type: number
  beginsCycle: boolean
  rule: number
  loopTo: number
  loopSlot: number
  loopCount: number
  current_nA: number
  voltage_uV: number
  endVoltage_uV: number
  scanRate_nV_per_s: number
  conditions: Condition[]
}

export interface Condition {
  quantity: number
  isAbove: boolean
  isLinked: boolean
  goTo: number
  value: number
}

/** A step with nothing but its type. */
export function emptyStep(type: number): TableStep {
  return {
    type,
    beginsCycle: false,
    rule: 0,
    loopTo: 0,
    loopSlot: 0,
    loopCount: 0,
    current_nA: 0,
    voltage_uV: 0,
    endVoltage_uV: 0,
    scanRate_nV_per_s: 0,
    conditions: [],
  }
}

/**
 * Writes a step, checksum and all.
 * @param mark the program's, which is in each of its steps
 */
export function writeStep(bytes: Uint8Array, at: number, step: TableStep, mark: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, STEP_BYTES)
  view.setUint8(0, step.type)
  view.setUint8(1, step.beginsCycle ? 1 : 0)
  view.setUint8(2, step.rule)
  view.setUint8(3, step.conditions.length)
  view.setUint8(4, step.loopTo)
  view.setUint8(5, step.loopSlot)
  view.setUint16(6, mark, true)
  view.setUint32(8, step.loopCount, true)
  view.setInt32(12, step.current_nA, true)
  view.setInt32(16, step.voltage_uV, true)
  view.setInt32(20, step.endVoltage_uV, true)
  view.setUint32(24, step.scanRate_nV_per_s, true)
  step.conditions.forEach((condition, i) => {
    const offset = 28 + 8 * i
    view.setUint8(offset, condition.quantity)
    view.setUint8(offset + 1, (condition.isAbove ? 1 : 0) + (condition.isLinked ? 2 : 0))
    view.setUint8(offset + 2, condition.isLinked ? GOTO_NEXT : condition.goTo)
    // Two's complement, so that signed and unsigned values are written alike.
    view.setUint32(offset + 4, condition.value, true)
  })
  putCrc(bytes, at, STEP_BYTES - 4)
}
