import { Readable, type Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { currentSign } from "../analysis/halfCycles"
import type { Sample } from "../sample"

/**
 * Battery Data Format, ontology 1.3: one cell per file, positive current charges.
 * Battery Data Alliance, https://w3id.org/battery-data-alliance/ontology/battery-data-format
 */
const COLUMNS = [
  "Test Time / s",
  "Voltage / V",
  "Current / A",
  "Cycle Count / 1",
  "Step Count / 1",
  "Step ID",
  "Step Type",
  "Record Index / 1",
  "Charging Capacity / Ah",
  "Discharging Capacity / Ah",
  "Net Capacity / Ah",
  "Cumulative Capacity / Ah",
  "Unix Time / s",
  "Ambient Temperature / degC",
]

/**
 * Charges are summed as whole pAh, so that the sums and differences of the printed columns hold to
 * the last digit; doubles count whole pAh exactly up to 9000 Ah.
 */
const PAH_PER_AH = 1e12

/** Empty for what BDF has no word for, and for a step through which nothing has flowed yet. */
type StepType = "CC_CHG" | "CC_DCH" | "CV_CHG" | "CCCV_CHG" | "REST" | ""

/**
 * The lines of a BDF 1.3 CSV file of one test, each with its line end. Records are copied, never
 * interpolated or left out, and only one of them is held back at a time.
 *
 * Charging and discharging capacity run over the whole test, from the board's integral of each
 * constant-current step; a rest adds nothing, as BDF asks, so the offset of the current reading
 * does not pile up while the relay is open. Charge that flowed between the last record seen of a
 * step and its true end is not invented: a truncated log gives a truncated sum.
 *
 * Test time stands still while a test is paused or the board is without power; Unix time does not, and so
 * shows the gap. Both it and the temperature, the board's, are empty where they are not known.
 */
export function* bdfLines(samples: Iterable<Sample>): Generator<string> {
  yield `${COLUMNS.join(",")}\n`

  let recordIndex = 0
  let charging_pAh = 0
  let discharging_pAh = 0
  let counted_pAh = 0
  let stepCount: number | undefined
  for (const { sample, stepType } of withStepType(samples)) {
    recordIndex += 1
    if (sample.stepCount !== stepCount) counted_pAh = 0
    stepCount = sample.stepCount
    if (stepType !== "REST") {
      const passed_pAh = Math.round(sample.stepCharge_Ah * PAH_PER_AH) - counted_pAh
      charging_pAh += Math.max(0, passed_pAh)
      discharging_pAh += Math.max(0, -passed_pAh)
      counted_pAh += passed_pAh
    }
    const fields = [
      decimal(sample.time_s, 6),
      decimal(sample.voltage_V, 9),
      decimal(sample.current_A, 12),
      sample.cycle,
      sample.stepCount,
      sample.stepIndex,
      stepType,
      recordIndex,
      decimal(charging_pAh / PAH_PER_AH, 12),
      decimal(discharging_pAh / PAH_PER_AH, 12),
      decimal((charging_pAh - discharging_pAh) / PAH_PER_AH, 12),
      decimal((charging_pAh + discharging_pAh) / PAH_PER_AH, 12),
      sample.unixTime_s === undefined ? "" : decimal(sample.unixTime_s, 6),
      sample.temperature_degC === undefined ? "" : decimal(sample.temperature_degC, 2),
    ]
    yield `${fields.join(",")}\n`
  }
}

/** Writes one test as BDF CSV at the pace of `out`, and ends it. */
export async function writeBdf(samples: Iterable<Sample>, out: Writable): Promise<void> {
  await pipeline(Readable.from(bdfLines(samples)), out)
}

/**
 * Tells every record the direction of its step. The first record waits for the second, because it
 * can still show the current of the step before.
 */
function* withStepType(
  samples: Iterable<Sample>,
): Generator<{ sample: Sample; stepType: StepType }> {
  let first: Sample | undefined
  let stepCount: number | undefined
  let stepType: StepType = ""
  for (const sample of samples) {
    if (sample.stepCount !== stepCount) {
      if (first !== undefined) yield { sample: first, stepType: stepTypeOf(first) }
      first = sample
      stepCount = sample.stepCount
      continue
    }
    if (first !== undefined) {
      stepType = stepTypeOf(sample)
      yield { sample: first, stepType }
      first = undefined
    }
    yield { sample, stepType }
  }
  if (first !== undefined) yield { sample: first, stepType: stepTypeOf(first) }
}

function stepTypeOf(sample: Sample): StepType {
  const sign = currentSign(sample)
  switch (sample.stepType) {
    case "rest":
      return "REST"
    case "constant_voltage":
      return sign > 0 ? "CV_CHG" : ""
    case "cccv":
      return sign > 0 ? "CCCV_CHG" : ""
    case "scan":
      return ""
    default:
      return sign > 0 ? "CC_CHG" : sign < 0 ? "CC_DCH" : ""
  }
}

/** A plain decimal without exponent, rounded to `places`, which lie below every record's digit. */
function decimal(value: number, places: number): string {
  const text = value.toFixed(places).replace(/\.?0+$/, "")
  return text === "-0" ? "0" : text
}

/** What is known of a test besides its records. */
export interface BdfTest {
  institution: string
  cell: string
  /** When the test began, seconds since 1970 UTC. */
  start_unix_s: number
  /** Area of the working electrode. */
  area_cm2: number
  /** The tester and the channel, as the laboratory calls them. */
  instrument: string
  channel?: string
  protocol?: string
  /** The records come from a simulated board, not from a cell. */
  isSimulated: boolean
  comment?: string
}

/**
 * The metadata sidecar of a BDF file. Keys outside BattINFO's records are refused by BDF readers,
 * so what those records have no place for, above all the area without which nothing can be
 * normalised, stands under `extras`.
 */
export function bdfMetadata(test: BdfTest) {
  return {
    battinfo_test: {
      test: {
        name: `${test.cell}, ${utcDay(test.start_unix_s)}`,
        kind: "cycling",
        instrument_name: test.instrument,
        protocol_name: test.protocol,
        started_at: Math.floor(test.start_unix_s),
        description: test.comment,
      },
      provenance: { source_type: test.isSimulated ? "simulation" : "measurement" },
    },
    battinfo_cell: { cell_instance: { name: test.cell } },
    extras: {
      institution: test.institution,
      channel: test.channel,
      working_electrode_area_cm2: test.area_cm2,
      current_sign: "positive current charges the cell (plates lithium on the working electrode)",
      capacity_source: "the tester's own integral of the measured current",
    },
  }
}

/**
 * `Institution__Cell__YYYYMMDD_XXX.bdf.csv`, the day in UTC, XXX the number of the file that day.
 * Whatever is not safe in a file name on every system becomes a hyphen, and so does a double
 * underscore, which divides the parts.
 */
export function bdfFileName(
  test: Pick<BdfTest, "institution" | "cell" | "start_unix_s">,
  serial = 1,
): string {
  const number = String(serial).padStart(3, "0")
  const stem = `${safe(test.institution)}__${safe(test.cell)}__${utcDay(test.start_unix_s)}_${number}`
  return `${stem}.bdf.csv`
}

/** The sidecar's name: `<stem>.bdf.metadata.json` beside `<stem>.bdf.csv`. */
export function bdfMetadataFileName(fileName: string): string {
  return fileName.replace(/\.csv$/, ".metadata.json")
}

function safe(part: string): string {
  const name = part
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^A-Za-z0-9_.-]+/g, "-")
    .replace(/_{2,}/g, "-")
    .replace(/^[-_.]+|[-_.]+$/g, "")
  return name === "" ? "unnamed" : name
}

function utcDay(unix_s: number): string {
  return new Date(unix_s * 1000).toISOString().slice(0, 10).replaceAll("-", "")
}
