import fc from "fast-check"
import type { Cell } from "../../host/cell"
import type { ExportedTest } from "../../host/formats/exportedTest"
import { type Column, type TableFile, writeTable } from "../../host/formats/tableFile"
import type { TestAbout } from "../../host/log/testAbout"
import type { Records } from "../../host/records"
import type { SampleStepType } from "../../host/sample"

export const START_UNIX_S = 1_764_547_200

/** One step of a test at constant current and voltage. */
export interface Step {
  stepType: SampleStepType
  cycle: number
  /** Signed. */
  current_A: number
  voltage_V: number
  /** When records are taken, from the beginning of the step; the last ends it. */
  times_s: number[]
}

export const aStep: Step = {
  stepType: "constant_current",
  cycle: 1,
  current_A: 1e-3,
  voltage_V: 0.02,
  times_s: [0.1, 1800, 3600],
}

/** Records of steps one after the other, one batch each, as a board with a clock and a thermometer gives them. */
export function batchesOf(steps: readonly Step[]): Records[] {
  let start_s = 0
  return steps.map((step, index) => {
    const { cycle, stepType, current_A, voltage_V } = step
    const times_s = Float64Array.from(step.times_s)
    const time_s = times_s.map((time) => Math.round((start_s + time) * 1000) / 1000)
    const stepCharge_Ah = times_s.map((time) => Math.round((current_A * time) / 3.6e-6) / 1e9)
    const { length } = times_s
    start_s = time_s[length - 1]
    return {
      cycle,
      stepCount: index + 1,
      stepIndex: index % 3,
      stepType,
      isUncalibrated: false,
      hasFirst: true,
      hasLast: true,
      length,
      time_s,
      unixTime_s: time_s.map((time) => Math.round((START_UNIX_S + time) * 1000) / 1000),
      voltage_V: new Float64Array(length).fill(voltage_V),
      current_A: new Float64Array(length).fill(current_A),
      stepCharge_Ah,
      stepEnergy_Wh: stepCharge_Ah.map((charge) => Math.round(charge * voltage_V * 1e9) / 1e9),
      temperature_degC: new Float64Array(length).fill(24.5),
    }
  })
}

/** Some of a batch's records, as a batch. */
export function slice(batch: Records, from: number, to: number): Records {
  const cut = (column: Float64Array) => column.slice(from, to)
  return {
    ...batch,
    hasFirst: batch.hasFirst && from === 0,
    hasLast: batch.hasLast && to >= batch.length,
    length: Math.min(to, batch.length) - from,
    time_s: cut(batch.time_s),
    unixTime_s: cut(batch.unixTime_s),
    voltage_V: cut(batch.voltage_V),
    current_A: cut(batch.current_A),
    stepCharge_Ah: cut(batch.stepCharge_Ah),
    stepEnergy_Wh: cut(batch.stepEnergy_Wh),
    temperature_degC: cut(batch.temperature_degC),
  }
}

const anyStep = fc.record({
  stepType: fc.constantFrom<SampleStepType[]>(
    "rest",
    "constant_current",
    "constant_voltage",
    "cccv",
    "pulse",
    "scan",
  ),
  isNewCycle: fc.boolean(),
  current_nA: fc.oneof(fc.constant(0), fc.integer({ min: -50_000_000, max: 50_000_000 })),
  voltage_uV: fc.integer({ min: -5_000_000, max: 5_000_000 }),
  increments_ms: fc.array(fc.integer({ min: 100, max: 10_000_000 }), {
    minLength: 1,
    maxLength: 8,
  }),
})

/** Any test a tester could run: steps of any direction, currents up to 50 mA. */
export const anyTest: fc.Arbitrary<Records[]> = fc
  .array(anyStep, { minLength: 1, maxLength: 12 })
  .map((steps) => {
    let cycle = 1
    return batchesOf(
      steps.map(({ stepType, isNewCycle, current_nA, voltage_uV, increments_ms }) => {
        cycle += isNewCycle ? 1 : 0
        let elapsed_ms = 0
        const times_s = increments_ms.map((increment_ms) => {
          elapsed_ms += increment_ms
          return elapsed_ms / 1000
        })
        return {
          stepType,
          cycle,
          current_A: current_nA / 1e9,
          voltage_V: voltage_uV / 1e6,
          times_s,
        }
      }),
    )
  })

export const aCell: Cell = { name: "Li-1", institution: "Lab", area_cm2: 1.539 }

/** A test to export that ran to its end. */
export function testOf(records: Iterable<Records>, more: Partial<ExportedTest> = {}): ExportedTest {
  const about: TestAbout = {
    channel: 2,
    test: 7,
    calibrationDate_s: START_UNIX_S - 86_400,
    start_unix_s: START_UNIX_S,
    temperature_degC: 24.5,
    events: [],
    gaps: [],
    end: { kind: "finished", reason: "the program ended", fault: 0, time_s: 3600 },
    lostPages: 0,
    duplicatePages: 0,
    last: undefined,
  }
  return {
    id: "AB12-2-7",
    board: "00000000c0ffee01",
    boardName: "AB12",
    channel: 2,
    test: 7,
    isSimulated: true,
    cell: aCell,
    cellFile: "coincell-data/tests/AB12-2-7/cell.yaml",
    overwritten: [],
    records,
    about: () => about,
    ...more,
  }
}

/** Writes columns to a path. */
export async function write(
  File: new (path: string, columns: readonly Column[]) => TableFile,
  columns: readonly Column[],
  batches: Iterable<Records>,
  path: string,
): Promise<number> {
  return await writeTable(new File(`${path}.partial`, columns), batches, () => path)
}
