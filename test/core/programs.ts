import { crc32 } from "node:zlib"
import manifest from "../../devicescript.json" with { type: "json" }
import * as program from "../../firmware/core/program"
import { readStep, Step } from "../../firmware/core/step"
import { NodeMemory } from "../../sim/memory"

/** Programs as a person would write them from PROGRAM_FORMAT.md, offsets and all. */
export interface StepEntry {
  type: number
  flags?: number
  rule?: number
  conditionCount?: number
  loopTo?: number
  loopSlot?: number
  loopCount?: number
  current_nA?: number
  voltage_uV?: number
  end_uV?: number
  rate_nV_per_s?: number
  conditions?: ConditionEntry[]
}

export interface ConditionEntry {
  quantity: number
  flags?: number
  goTo?: number
  value: number
}

export const REST: StepEntry = { type: 1, conditions: [{ quantity: 2, flags: 1, value: 1000 }] }

export function encodeStep(entry: StepEntry): NodeMemory {
  const bytes = new NodeMemory(96)
  const view = new DataView(bytes.buffer)
  const conditions = entry.conditions ?? []
  bytes.set([entry.type, entry.flags ?? 0, entry.rule ?? 0])
  bytes.set([entry.conditionCount ?? conditions.length, entry.loopTo ?? 0, entry.loopSlot ?? 0], 3)
  view.setUint32(8, entry.loopCount ?? 0, true)
  view.setInt32(12, entry.current_nA ?? 0, true)
  view.setInt32(16, entry.voltage_uV ?? 0, true)
  view.setInt32(20, entry.end_uV ?? 0, true)
  view.setUint32(24, entry.rate_nV_per_s ?? 0, true)
  conditions.slice(0, 8).forEach(({ quantity, flags, goTo, value }, i) => {
    bytes.set([quantity, flags ?? 0, goTo ?? 255], 28 + 8 * i)
    view.setUint32(32 + 8 * i, value, true)
  })
  return sealed(bytes)
}

/** The fields of a header in its own units, 16-bit and 8-bit ones by their offsets. */
export interface HeaderEntry {
  magic: number
  version: number
  count: number
  flags: number
  resume: number
  max_uV: number
  min_uV: number
  max_nA: number
  max_cdegC: number
  min_cdegC: number
  delay_ms: number
  change_uV: number
  rules: number[][]
  below_ppm: number
  above_ppm: number
  retention_ppm: number
  retentionCycle: number
  overpotentialCycle: number
  growth: number
  drop: number
  rest_uV: number
  cycles: number
}

const ABSENT = 0xffffffff
const header: HeaderEntry = {
  magic: 0x50,
  version: 2,
  count: 4,
  flags: 0,
  resume: 0,
  max_uV: 4_500_000,
  min_uV: -500_000,
  max_nA: 10_000_000,
  max_cdegC: 0x7fff,
  min_cdegC: -0x8000,
  delay_ms: 0,
  change_uV: 300_000,
  rules: Array(4).fill([10_000, 1000, ABSENT, 0]),
  below_ppm: 0,
  above_ppm: ABSENT,
  retention_ppm: 0,
  retentionCycle: 1,
  overpotentialCycle: 10,
  growth: 0,
  drop: 0,
  rest_uV: 0,
  cycles: 3,
}

export function encodeHeader(over: Partial<HeaderEntry> = {}): NodeMemory {
  const entry = { ...header, ...over }
  const bytes = new NodeMemory(128)
  const view = new DataView(bytes.buffer)
  bytes.set([entry.magic, entry.version, entry.count, entry.flags, entry.resume])
  view.setInt32(8, entry.max_uV, true)
  view.setInt32(12, entry.min_uV, true)
  view.setInt32(16, entry.max_nA, true)
  view.setInt16(20, entry.max_cdegC, true)
  view.setInt16(22, entry.min_cdegC, true)
  view.setUint32(24, entry.delay_ms, true)
  view.setUint32(28, entry.change_uV, true)
  entry.rules.flat().forEach((value, i) => {
    view.setUint32(32 + 4 * i, value, true)
  })
  view.setUint32(96, entry.below_ppm, true)
  view.setUint32(100, entry.above_ppm, true)
  view.setUint32(104, entry.retention_ppm, true)
  view.setUint16(108, entry.retentionCycle, true)
  view.setUint16(110, entry.overpotentialCycle, true)
  view.setUint16(112, entry.growth, true)
  view.setUint16(114, entry.drop, true)
  view.setUint32(116, entry.rest_uV, true)
  view.setUint8(120, entry.cycles)
  return sealed(bytes)
}

/** With the CRC-32 of all but the last four bytes in these. */
export function sealed(bytes: NodeMemory): NodeMemory {
  const at = bytes.length - 4
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(at, crc32(bytes.subarray(0, at)), true)
  return bytes
}

/** A whole program as the board reads it. @throws Error naming step and key of what it refuses */
export function readProgram(bytes: Uint8Array): { header: program.ProgramHeader; steps: Step[] } {
  const { HEADER_BYTES, STEP_BYTES } = program
  const header = new program.ProgramHeader()
  const head = new NodeMemory(bytes.slice(0, HEADER_BYTES))
  const key = program.readHeader(head, header, manifest.frontEnd)
  if (key !== program.KEY_NONE) throw new Error(`the header's key ${key} is refused`)
  const steps = Array.from({ length: header.stepCount }, (_, i) => {
    const at = HEADER_BYTES + i * STEP_BYTES
    const step = new Step()
    const key = readStep(new NodeMemory(bytes.slice(at, at + STEP_BYTES)), i, step, header)
    if (key !== program.KEY_NONE) throw new Error(`key ${key} of step ${i} is refused`)
    return step
  })
  return { header, steps }
}
