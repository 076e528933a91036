import type { BoardClient, ChannelStatus } from "../../boardClient"
import { CALIBRATION_TEST } from "../../calibrate"
import { hasTest, runs } from "../../follow/changes"
import { endText } from "../../follow/faultText"
import { stateText } from "../../report/statusTable"

/** Something that a person tells a channel to do. */
export interface Order {
  /** Whether a channel that stands so can be told that. */
  isFor: (status: ChannelStatus) => boolean
  isDone: (status: ChannelStatus) => boolean
  give: (board: BoardClient, channel: number) => Promise<void>
  /** What has happened then, after the test's name. */
  told: (status: ChannelStatus) => string
}

export const ORDERS = {
  pause: {
    isFor: runs,
    isDone: ({ state }) => state === "Paused",
    give: (board, channel) => board.pause(channel),
    told: ({ cycle }) => `is paused in cycle ${cycle}; its relay is open.`,
  },
  resume: {
    isFor: ({ state }) => state === "Paused" || state === "Fault",
    isDone: runs,
    give: (board, channel) => board.resume(channel),
    told: ({ cycle }) => `goes on in cycle ${cycle}, once it has found its zero.`,
  },
  stop: {
    isFor: hasTest,
    isDone: (status) => !hasTest(status),
    give: (board, channel) => board.stop(channel),
    told: ({ cycle }) => `is over, in cycle ${cycle}; its relay is open.`,
  },
} satisfies Record<string, Order>

export type OrderName = keyof typeof ORDERS

/** A test as people know it: by its cell, else by its number. */
export function testName(test: number, cell: string | undefined): string {
  if (test === CALIBRATION_TEST) return "The calibration"
  return cell === undefined ? `Test ${test}` : `${cell} (test ${test})`
}

/** What is on a channel, a sentence. @param cell of the test that is on it */
export function standing(status: ChannelStatus, cell: string | undefined): string {
  const { state, test, cycle, end } = status
  if (state === "Idle") return "No test is on it."
  const name = testName(test, cell)
  if (state === "Finished") return `${name} is over: ${endText(end)}.`
  return `${name} is on it: ${stateText(status)}, in cycle ${cycle}.`
}
