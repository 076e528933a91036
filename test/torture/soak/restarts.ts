import type { ChannelStatus } from "../../../host/board/status"
import type { Ear } from "./ear"
import type { Person } from "./visits"
import type { World } from "./world"

const CHANNELS = [0, 1, 2, 3]
/** After the power's return each test has gone on, asked or ended by then. */
const WITHIN_ms = 5_000
const ANSWER_ms = 500
/** A fault so long before may still show after. */
const CALM_ms = 30_000

/** Looks at all channels right before a cut or a reset, and after it: has each done as its policy says? */
export class Restarts {
  checked = 0
  passedOver = 0

  constructor(world: World, ear: Ear, person: Person, complain: (what: string) => void) {
    let before: (ChannelStatus | undefined)[] = []
    let since_ms = Number.POSITIVE_INFINITY
    world.onComing = () => {
      since_ms = world.now_ms
      before = []
      if (!world.board.isOn) return
      ear.statuses.length = 0
      for (const channel of CHANNELS) ear.host.send("status", [channel])
      world.at(since_ms + ANSWER_ms, () => {
        before = [...ear.statuses]
      })
    }
    world.onStart = () => {
      const [was, from_ms] = [before, since_ms]
      before = []
      const boots = world.counts.cuts
      world.at(world.now_ms + WITHIN_ms, () => {
        if (!world.board.isOn) return
        ear.statuses.length = 0
        for (const channel of CHANNELS) ear.host.send("status", [channel])
        world.at(world.now_ms + ANSWER_ms, () => {
          const isCalm =
            world.faultyUntil_ms < from_ms - CALM_ms &&
            person.ordered_ms < from_ms - CALM_ms &&
            boots === world.counts.cuts &&
            world.board.isOn
          for (const channel of CHANNELS) {
            const then = was[channel]
            const now = ear.statuses[channel]
            const policy = person.tests[channel]?.job.policy
            if (!isCalm || then === undefined || policy === undefined) {
              this.passedOver++
              continue
            }
            const wrong =
              now === undefined
                ? `channel ${channel} does not answer after a start`
                : wrongWith(then, now, policy)
            if (wrong !== undefined) complain(wrong)
            this.checked++
          }
        })
      })
    }
  }
}

function wrongWith(
  before: ChannelStatus,
  after: ChannelStatus,
  policy: string,
): string | undefined {
  const wasBusy = before.state === "Running" || before.state === "Zeroing"
  // A test may have ended by itself in the second before the cut.
  const wanted = !wasBusy
    ? [before.state]
    : policy === "continue"
      ? ["Running", "Zeroing", "Finished"]
      : policy === "ask"
        ? ["Paused", "Finished"]
        : ["Finished"]
  if (wanted.includes(after.state) && after.fault === before.fault && after.test === before.test)
    return undefined
  // What its cell shows after hours without power may not be what it showed at work: then a person has to look.
  const isAnotherCell = wasBusy && policy === "continue" && after.fault === "CellChanged"
  if (isAnotherCell && after.test === before.test) return undefined
  return (
    `channel ${before.channel}, test ${before.test} (${policy}): ${before.state} before the restart, ` +
    `${after.state} ${after.fault} ${after.end} of test ${after.test} after it`
  )
}
