import type { Cell } from "../../cell"
import type { Check } from "../check"
import { LOG_BYTES } from "./logSpace"

/** What a check has found, for programs: SI units in the names; a time that nothing bounds is null. */
export function checkJson({ findings, plan }: Check, fileName: string, cell: Cell): unknown {
  if (plan === undefined) return { protocol: fileName, cell, findings }
  const { lines, frame, duration, log, compiled } = plan
  const days = LOG_BYTES / log.bytesPerDay
  return {
    protocol: fileName,
    cell,
    findings,
    program_bytes: compiled.bytes.length,
    steps: lines,
    frame,
    duration: {
      least_s: duration.least_s,
      most_s: duration.most_s,
      expected_s: duration.expected_s ?? null,
    },
    log: {
      bytes: log.bytes ?? null,
      share: log.bytes === undefined ? null : log.bytes / LOG_BYTES,
      bytes_per_day: log.bytesPerDay,
      full_after_s: days * 86_400,
    },
  }
}
