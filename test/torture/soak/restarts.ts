import type { ChannelStatus } from "../../../host/board/status"
import type { Ear } from "./ear"
import type { Person } from "./visits"
import { LISTEN_ms, type World } from "./world"

const CHANNELS = [0, 1, 2, 3]
/** After the power's return each test has gone on, asked or ended by then. */
const WITHIN_ms = 5_000
const ANSWER_ms = 500
/** A fault so long before may still show after. */
const CALM_ms = 30_000
/** `resume_max_voltage_change_V` as it is unless a protocol says otherwise: by more, and it is another cell. */
const SAME_CELL_V = 0.3
/** What the board's estimate of a working cell's open-circuit voltage, and its reading of it, may be off. */
const ESTIMATE_V = 0.05

/** Looks at all channels right before a cut or a reset, and after it: has each done as its policy says? */
export class Restarts {
  checked = 0
  passedOver = 0
  /** Of those, tests that were not gone on with since their cell had moved too far, or been polarised by as much. */
  cellsMoved = 0
  cellsPolarised = 0

  constructor(world: World, ear: Ear, person: Person, complain: (what: string) => void) {
    const openCircuits_V = () => world.holders.map((holder) => holder.voltage_V(0))
    let atRest_V: number[] = []
    let atWork_V: number[] = []
    let before: (ChannelStatus | undefined)[] = []
    let since_ms = Number.POSITIVE_INFINITY
    world.onComing = () => {
      since_ms = world.now_ms
      before = []
      world.at(since_ms + LISTEN_ms - 1, () => {
        atRest_V = openCircuits_V()
        atWork_V = world.board.channels.map(({ cell_V }) => cell_V ?? Number.NaN)
      })
      if (!world.board.isOn) return
      ear.statuses.length = 0
      for (const channel of CHANNELS) ear.host.send("status", [channel])
      world.at(since_ms + ANSWER_ms, () => {
        before = [...ear.statuses]
      })
    }
    world.onStart = () => {
      const [was, from_ms] = [before, since_ms]
      const [rested_V, worked_V] = [atRest_V, atWork_V]
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
          const is_V = openCircuits_V()
          for (const channel of CHANNELS) {
            const then = was[channel]
            const now = ear.statuses[channel]
            const policy = person.tests[channel]?.job.policy
            if (!isCalm || then === undefined || policy === undefined) {
              this.passedOver++
              continue
            }
            const rests_V = is_V[channel]
            const moved_V = Math.abs(rests_V - rested_V[channel])
            const drop_V = Math.abs(rests_V - worked_V[channel])
            const wrong =
              now === undefined
                ? `channel ${channel} does not answer after a start`
                : wrongWith(then, now, policy, Math.max(moved_V, drop_V))
            if (now?.fault === "CellChanged" && then.fault !== now.fault) {
              if (moved_V > drop_V) this.cellsMoved++
              else this.cellsPolarised++
            }
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
  moved_V: number,
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
  // The board knows a working cell's open-circuit voltage but for what is polarised beyond its ohmic drop, as copper is
  // when all lithium is stripped. Only a cell that was, or that relaxed without power, by more than its protocol allows
  // waits for a person.
  const isAnotherCell = wasBusy && policy === "continue" && moved_V > SAME_CELL_V - ESTIMATE_V
  if (isAnotherCell && after.fault === "CellChanged" && after.test === before.test) return undefined
  return (
    `channel ${before.channel}, test ${before.test} (${policy}): ${before.state} before the restart, ` +
    `${after.state} ${after.fault} ${after.end} of test ${after.test} after it; its cell reads ${moved_V} V otherwise than at work or at rest before`
  )
}
