import type { ChannelStatus } from "../boardClient"
import { CALIBRATION_TEST } from "../calibrate"

/** What has happened on a channel between two looks at it. */
export type ChannelChange =
  /** The first look found a test on it. */
  | { kind: "found"; status: ChannelStatus }
  | { kind: "started"; status: ChannelStatus }
  /** Another cycle runs. */
  | { kind: "cycle"; status: ChannelStatus }
  | { kind: "paused"; status: ChannelStatus }
  | { kind: "resumed"; status: ChannelStatus }
  | { kind: "fault"; status: ChannelStatus }
  | { kind: "ended"; status: ChannelStatus }

/** Whether a test is on the channel that is not over yet: it runs, is paused, or a fault stopped it. */
export function hasTest({ state }: ChannelStatus): boolean {
  return state !== "Idle" && state !== "Finished"
}

/** Whether the channel drives a cell, or is about to. */
export function runs({ state }: ChannelStatus): boolean {
  return state === "Running" || state === "Zeroing"
}

/**
 * What a look tells that the one before did not, in the order in which it happened. Of a calibration's runs only
 * their faults.
 * @param before undefined at the first look
 */
export function changesOf(
  before: ChannelStatus | undefined,
  status: ChannelStatus,
): ChannelChange[] {
  const changes = allChanges(before, status)
  return status.test === CALIBRATION_TEST ? changes.filter(({ kind }) => kind === "fault") : changes
}

function allChanges(before: ChannelStatus | undefined, status: ChannelStatus): ChannelChange[] {
  if (before === undefined) {
    if (!hasTest(status)) return []
    return [{ kind: "found", status }, ...standstill(undefined, status)]
  }
  const isNew = status.state !== "Idle" && isOtherTest(before, status)
  const changes: ChannelChange[] = []
  if (isNew) changes.push({ kind: "started", status })
  const known = isNew ? undefined : before
  if (known !== undefined && !runs(known) && runs(status)) changes.push({ kind: "resumed", status })
  if (known !== undefined && status.cycle > known.cycle && known.cycle > 0)
    changes.push({ kind: "cycle", status })
  return [...changes, ...standstill(known, status)]
}

/** A number can come again, but test time never goes back within a test. */
function isOtherTest(before: ChannelStatus, status: ChannelStatus): boolean {
  return (
    before.test !== status.test ||
    status.testTime_s < before.testTime_s ||
    (!hasTest(before) && hasTest(status))
  )
}

/** A test that does not go on any more. */
function standstill(before: ChannelStatus | undefined, status: ChannelStatus): ChannelChange[] {
  const isSame = before?.state === status.state
  if (status.state === "Fault" && !(isSame && before.fault === status.fault))
    return [{ kind: "fault", status }]
  if (status.state === "Paused" && !(isSame && before.pause === status.pause))
    return [{ kind: "paused", status }]
  if (status.state === "Finished" && !isSame) return [{ kind: "ended", status }]
  return []
}
