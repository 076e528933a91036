import { useMemo, useState } from "preact/hooks"
import { Empty } from "../parts/Empty"
import { Loading } from "../parts/Loading"
import { counted } from "../words"
import { ChannelTable } from "./ChannelTable"
import { Counts } from "./Counts"
import { FleetFilters } from "./FleetFilters"
import { HostChips } from "./HostChips"
import { HostSection } from "./HostSection"
import { countItems, type FleetFilter, filterItems, grouped, itemsOf, NO_FILTER } from "./items"
import { useFleet } from "./live"
import "./fleet.css"

/** So few channels have a line each, with all that there is to say of them. */
const FEW = 40

/** What was wanted stays while the visitor looks at a channel and comes back. */
let kept = NO_FILTER

/** Every channel of every host, by how it stands. */
export function FleetView() {
  const hosts = useFleet((fleet) => fleet.hosts)
  const problems = useFleet((fleet) => fleet.problems)
  const [filter, setFilter] = useState(kept)
  const items = useMemo(() => itemsOf(hosts ?? []), [hosts])
  const shown = useMemo(() => filterItems(items, filter), [items, filter])
  if (hosts === undefined) return <Loading what="Asking the server" />
  if (hosts.length === 0)
    return (
      <>
        <Problems problems={problems} />
        <NoHosts />
      </>
    )
  const change = (news: Partial<FleetFilter>) => {
    kept = { ...filter, ...news }
    setFilter(kept)
  }
  // Counts are of what the other filters leave.
  const counts = countItems(filterItems(items, { ...filter, standing: "" }))
  const isNarrow = filter !== NO_FILTER && shown.length < items.length
  return (
    <div class="fleet">
      <h1 class="unseen">Fleet</h1>
      <Problems problems={problems} />
      <Counts
        counts={counts}
        only={filter.standing}
        onOnly={(standing) => change({ standing })}
        hosts={hosts}
      />
      <HostChips items={items} only={filter.host} onOnly={(host) => change({ host })} />
      <FleetFilters items={items} filter={filter} onFilter={change} />
      {isNarrow && (
        <p class="quiet-text" role="status">
          {shown.length} of {counted(items.length, "channel")}.{" "}
          <button type="button" class="as-link" onClick={() => change(NO_FILTER)}>
            Show all
          </button>
        </p>
      )}
      {isNarrow && shown.length <= FEW ? (
        <ChannelTable items={shown} />
      ) : (
        grouped(shown).map((group) => <HostSection key={hostKey(group.host)} group={group} />)
      )}
      {!isNarrow &&
        hosts
          .filter(({ boards }) => boards.length === 0)
          .map((host) => (
            <HostSection key={hostKey(host)} group={{ host, items: [], boards: [] }} />
          ))}
    </div>
  )
}

function hostKey({ lab, host }: { lab: string; host: string }): string {
  return `${lab}/${host}`
}

function Problems({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null
  return (
    <ul class="problems">
      {problems.map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
    </ul>
  )
}

function NoHosts() {
  const broker = useFleet((fleet) => fleet.broker)
  return (
    <Empty title="No host has told of itself yet">
      <p>
        {broker?.isThere
          ? `The broker ${broker.name} is there, and has nothing below coincell/v1/. `
          : `The broker ${broker?.name ?? ""} is not there. `}
        On each computer with boards, run{" "}
        <code>coincell agent --lab LAB --broker {broker?.name ?? "URL"}</code>.
      </p>
    </Empty>
  )
}
