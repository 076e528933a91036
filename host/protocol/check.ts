import type { Cell } from "../cell"
import { DocumentError, pathText } from "../document"
import type { ProtocolError } from "../errors"
import { circuit } from "../manifest"
import { cycleCount } from "./check/cycleCount"
import { type Duration, totalDuration } from "./check/durations"
import { LOG_BYTES, type LogSpace, logSpace } from "./check/logSpace"
import { brief } from "./check/numbers"
import { frameLines, type Line, outline } from "./check/outline"
import { type Remark, remarks } from "./check/warnings"
import { type CompiledProtocol, tryToCompile } from "./compile"
import type { Job } from "./quantities"
import { type ProtocolFile, readProtocolFile } from "./read"
import type { ParsedProtocol } from "./schema"
import type { TableStep } from "./table"

/** Something to be said of a protocol. Only errors keep it from running. */
export interface Finding {
  severity: "error" | "warning" | "note"
  /** Such as `method[3].until_voltage_V`; of the cell, `cell.area_cm2`. */
  path: string
  /** Of the protocol's file, from 1, where it is known. */
  line?: number
  message: string
}

/** What a protocol does to a cell. */
export interface Check {
  findings: Finding[]
  /** What follows is absent where there are errors. */
  plan?: Plan
}

export interface Plan {
  protocol: ParsedProtocol
  compiled: CompiledProtocol
  /** The method in words. */
  lines: Line[]
  /** Records, safety, restart and stop criteria in words. */
  frame: string[]
  duration: Duration
  /** How many cycles there are; undefined where the cell decides that. */
  cycles: number | undefined
  log: LogSpace
}

/**
 * Tells all that is wrong or worth knowing of a protocol for a cell, and what it would do. Reads nothing but
 * its arguments.
 * @param text the protocol's file, as `readProtocol` takes it
 */
export function checkProtocol(text: string, fileName: string, cell: Cell): Check {
  let file: ProtocolFile
  try {
    file = readProtocolFile(text, fileName)
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    return {
      findings: error.problems.map(({ line, column, message }) => ({
        severity: "error",
        path: "protocol",
        line,
        message: `column ${column}: ${message}`,
      })),
    }
  }
  const problems = file.problems.map(({ path, message }) =>
    placed(file, "error", pathText(path, "protocol"), message),
  )
  const { problems: refused, compiled, job, steps, rules } = tryToCompile(file.input, cell, circuit)
  const errors = [...problems, ...refused.map((error) => refusal(file, error))]
  if (errors.length > 0 || compiled === undefined || job === undefined || rules === undefined)
    return { findings: errors }
  const log = logSpace(steps, rules, job)
  const found = [
    ...file.assumed.map(({ path, message }) =>
      placed(file, "warning", pathText(path, "protocol"), message),
    ),
    ...[...remarks(steps, job, circuit), ...ofLog(log)].map(({ severity, path, message }) =>
      placed(file, severity, path, message),
    ),
  ]
  return { findings: found, plan: planOf(compiled, job, steps, log) }
}

function planOf(
  compiled: CompiledProtocol,
  job: Job,
  steps: readonly TableStep[],
  log: LogSpace,
): Plan {
  return {
    protocol: job.protocol,
    compiled,
    lines: outline(steps, job),
    frame: frameLines(job),
    duration: totalDuration(steps, job),
    cycles: cycleCount(steps),
    log,
  }
}

function refusal(file: ProtocolFile, error: ProtocolError): Finding {
  return placed(file, "error", error.path, error.message.slice(error.path.length + 2))
}

function placed(
  file: ProtocolFile,
  severity: Finding["severity"],
  path: string,
  message: string,
): Finding {
  if (path.startsWith("cell.")) return { severity, path, message }
  return { severity, ...file.placeOf(path), message }
}

/** Channels that share the board's log. */
const CHANNELS = 4
/** Less than this between two downloads is little for a log. */
const FEW_DAYS = 7

function ofLog({ bytes, bytesPerDay }: LogSpace): Remark[] {
  const days = LOG_BYTES / bytesPerDay
  if (bytes !== undefined && bytes > LOG_BYTES)
    return [
      {
        severity: "warning",
        path: "record",
        message: `the log is full after ${brief(days)} days, before the test ends, unless a host fetches it: the test then pauses.`,
      },
    ]
  if (days / CHANNELS < FEW_DAYS && (bytes === undefined || bytes * CHANNELS > LOG_BYTES))
    return [
      {
        severity: "warning",
        path: "record",
        message: `so many points that ${CHANNELS} such channels fill the log in ${brief(days / CHANNELS)} days.`,
      },
    ]
  return []
}
