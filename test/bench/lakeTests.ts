// Tests for a bench of the dataset: full cells cycled at C/2, by plain formulas. It is a bench of files and queries, not
// of cells: the noise is what a board reads, so that the numbers shrink no better than real ones, and the rest is made up.
import type { LakeTest } from "../../host/lake/publishTest"
import type { Records } from "../../host/records"
import { Random } from "../../sim/random"

const BEGAN_unix_s = Date.UTC(2026, 0, 5) / 1000
const SEED = 1_000
const PERIOD_s = 1
const REST_s = 600
/** Of one reading, rms. */
const NOISE_V = 20e-6
const NOISE_A = 150e-9
/** What a full cell does not give back of a charge. */
const LOST = 0.002

/** Its capacity fades by this much in each cycle; both differ from test to test. */
export function cellOf(number: number): { capacity_Ah: number; fade: number } {
  const random = new Random(SEED + number)
  return { capacity_Ah: 2e-3 + 2e-3 * random.uniform(), fade: 2e-4 + 1e-3 * random.uniform() }
}

export function aboutTest(number: number) {
  const board = `00000000c0de${Math.floor(number / 4)
    .toString(16)
    .padStart(4, "0")}`
  return { id: `scale-${number}`, board, boardName: board.slice(-4), channel: number % 4 }
}

/** A test of so many records, a second apart: whole cycles, and then a rest. */
export function scaleTest(number: number, records: number): LakeTest & { records: Records[] } {
  const about = aboutTest(number)
  return {
    ...about,
    test: 1,
    isSimulated: true,
    cell: { name: `scale ${number}` },
    cellFile: "cell.yaml",
    overwritten: [],
    records: [...recordsOf(number, records)],
    about: () => ({
      channel: about.channel,
      test: 1,
      calibrationDate_s: BEGAN_unix_s - 86_400,
      start_unix_s: BEGAN_unix_s,
      temperature_degC: 25,
      events: [],
      gaps: [],
      end: { kind: "finished", reason: "the program ended", fault: 0, time_s: records },
      lostPages: 0,
      duplicatePages: 0,
      last: undefined,
    }),
    isOver: true,
    mark: `${records}`,
  }
}

function* recordsOf(number: number, records: number): Generator<Records> {
  const { capacity_Ah, fade } = cellOf(number)
  const current_A = capacity_Ah / 2
  const noise = normals()
  let begun = 0
  let stepCount = 0
  for (let cycle = 1; begun < records; cycle++) {
    const now_Ah = capacity_Ah * (1 - fade) ** (cycle - 1)
    const discharge = Math.round((now_Ah / current_A) * 3600)
    const charge = Math.round(discharge / (1 - LOST))
    const isWhole = begun + charge + discharge + 2 * REST_s <= records
    const steps: [length: number, current_A: number][] = isWhole
      ? [
          [charge, current_A],
          [REST_s, 0],
          [discharge, -current_A],
          [REST_s, 0],
        ]
      : [[records - begun, 0]]
    for (const [stepIndex, [length, set_A]] of steps.entries()) {
      stepCount++
      yield step({ cycle, stepCount, stepIndex, length, set_A, begun, capacity_Ah, noise })
      begun += length
    }
  }
}

interface Step {
  cycle: number
  stepCount: number
  stepIndex: number
  length: number
  set_A: number
  /** Records before it. */
  begun: number
  capacity_Ah: number
  noise: Float64Array
}

/** What the board would log: µV, nA, nAh and nWh. */
function step(of: Step): Records {
  const { cycle, stepCount, stepIndex, length, set_A, begun, capacity_Ah, noise } = of
  const columns = () => new Float64Array(length)
  const time_s = columns()
  const unixTime_s = columns()
  const voltage_V = columns()
  const current_A = columns()
  const stepCharge_Ah = columns()
  const stepEnergy_Wh = columns()
  let charge_Ah = 0
  let energy_Wh = 0
  // A rest after a charge begins full; so does a discharge.
  const from = stepIndex === 1 || stepIndex === 2 ? 1 : 0
  for (let i = 0; i < length; i++) {
    const at = begun + i
    time_s[i] = (at + 1) * PERIOD_s
    unixTime_s[i] = BEGAN_unix_s + time_s[i]
    const read_A = set_A === 0 ? 0 : set_A + NOISE_A * noise[(at * 7) & 0xffff]
    charge_Ah += (read_A * PERIOD_s) / 3600
    const filled = from + charge_Ah / capacity_Ah
    const read_V = 3.3 + 0.7 * filled + 40 * set_A + NOISE_V * noise[(at * 11 + 5) & 0xffff]
    energy_Wh += (read_A * read_V * PERIOD_s) / 3600
    voltage_V[i] = Math.round(read_V * 1e6) / 1e6
    current_A[i] = Math.round(read_A * 1e9) / 1e9
    stepCharge_Ah[i] = Math.round(charge_Ah * 1e9) / 1e9
    stepEnergy_Wh[i] = Math.round(energy_Wh * 1e9) / 1e9
  }
  return {
    cycle,
    stepCount,
    stepIndex,
    stepType: set_A === 0 ? "rest" : "constant_current",
    isUncalibrated: false,
    hasFirst: true,
    hasLast: true,
    length,
    time_s,
    unixTime_s,
    voltage_V,
    current_A,
    stepCharge_Ah,
    stepEnergy_Wh,
    temperature_degC: columns().fill(25),
  }
}

let drawn: Float64Array | undefined

/** Drawn once: every test reads them in its own order of cycles. */
function normals(): Float64Array {
  const random = new Random(SEED)
  drawn ??= Float64Array.from({ length: 65_536 }, () => random.normal())
  return drawn
}
