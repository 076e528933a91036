/** Something that is told once when it comes, and again only after it was really gone. */
export interface Alarm {
  readonly isRaised: boolean
  /** Since when it looks otherwise. */
  readonly otherSince_s: number | undefined
}

export const QUIET: Alarm = { isRaised: false, otherSince_s: undefined }

/**
 * Where an alarm stands after another look.
 * @param looks bad, good, or so near to the limit that it stays as it was
 * @param hold_s how long it must look otherwise before that counts
 */
export function advanceAlarm(
  alarm: Alarm,
  looks: "bad" | "good" | "between",
  now_s: number,
  hold_s: { raise: number; clear: number },
): Alarm {
  const isOther = looks === (alarm.isRaised ? "good" : "bad")
  if (!isOther)
    return alarm.otherSince_s === undefined ? alarm : { ...alarm, otherSince_s: undefined }
  const since_s = alarm.otherSince_s ?? now_s
  if (now_s - since_s >= (alarm.isRaised ? hold_s.clear : hold_s.raise))
    return { isRaised: !alarm.isRaised, otherSince_s: undefined }
  return { ...alarm, otherSince_s: since_s }
}
