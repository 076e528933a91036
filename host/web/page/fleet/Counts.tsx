import type { FleetHost } from "../../fleetApi"
import { useNow } from "../clock"
import { Icon } from "../parts/Icon"
import { counted } from "../words"
import { FLEET_STANDINGS, type FleetCounts, type FleetStanding, isCalibrationDue } from "./items"

const WORDS: Readonly<Record<FleetStanding, [one: string, many: string]>> = {
  fault: ["fault", "faults"],
  waiting: ["waits for a person", "wait for a person"],
  away: ["away", "away"],
  paused: ["paused", "paused"],
  running: ["running", "running"],
  finished: ["finished", "finished"],
  idle: ["idle", "idle"],
}

/** Boards that are to be calibrated; none, nothing. */
function Due({ hosts }: { hosts: readonly FleetHost[] }) {
  const names = useNow((now_s) =>
    hosts
      .flatMap(({ boards }) => boards.filter((board) => isCalibrationDue(board, now_s)))
      .map(({ name }) => name)
      .join(", "),
  )
  if (names === "") return null
  const count = names.split(", ").length
  return (
    <>
      {" · "}
      <span class="is-paused" title={names}>
        {counted(count, "calibration")} due
      </span>
    </>
  )
}

/** How many channels stand how; each leads to those alone, and back to all. */
export function Counts(props: {
  counts: FleetCounts
  only: FleetStanding | ""
  onOnly: (standing: FleetStanding | "") => void
  hosts: readonly FleetHost[]
}) {
  const { counts, only, onOnly, hosts } = props
  const there = hosts.filter(({ isThere }) => isThere).length
  const all = FLEET_STANDINGS.reduce((sum, standing) => sum + counts[standing], 0)
  return (
    <div class="fleet-counts">
      <fieldset>
        <legend class="unseen">Channels by state</legend>
        {FLEET_STANDINGS.filter((one) => counts[one] > 0 || one === only).map((standing) => (
          <button
            key={standing}
            type="button"
            class={`is-${standing}`}
            aria-pressed={standing === only}
            onClick={() => onOnly(standing === only ? "" : standing)}
          >
            <b>{counts[standing]}</b>
            <span>
              <Icon standing={standing} /> {WORDS[standing][counts[standing] === 1 ? 0 : 1]}
            </span>
          </button>
        ))}
      </fieldset>
      <p class="quiet-text">
        {all} channels · {there === hosts.length ? there : `${there} of ${hosts.length}`} hosts
        there
        <Due hosts={hosts} />
      </p>
    </div>
  )
}
