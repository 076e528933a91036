import { useMemo, useState } from "preact/hooks"
import { useLiveOf } from "../live"
import { Attention } from "../parts/Attention"
import { BoardPanel } from "../parts/BoardPanel"
import { Empty } from "../parts/Empty"
import { Events } from "../parts/Events"
import { Loading } from "../parts/Loading"
import { Problems } from "../parts/Problems"
import { TokenForm } from "../parts/TokenForm"
import { countStandings, type Standing } from "../standing"
import { Welcome } from "./Welcome"
import "./glance.css"

/** All boards and channels now. */
export function GlanceView({ only }: { only?: Standing }) {
  const boards = useLiveOf((live) => live.boards)
  const isRefused = useLiveOf(({ connection }) => connection === "refused")
  if (isRefused)
    return (
      <Empty title="This page wants the token">
        <TokenForm />
      </Empty>
    )
  if (boards === undefined) return <Loading what="Asking the server" />
  if (boards.length === 0) return <Welcome />
  return (
    <div class="glance">
      <h1 class="unseen">Now</h1>
      <Problems />
      <Attention boards={boards} />
      {only !== undefined && <Filter only={only} count={countStandings(boards)[only]} />}
      <div class={`boards ${only === undefined ? "" : "is-filtered"}`}>
        {boards.map((board) => (
          <BoardPanel key={board.id} board={board} only={only} />
        ))}
      </div>
      <History isOpenAtFirst={boards.length <= FEW} />
    </div>
  )
}

function Filter({ only, count }: { only: Standing; count: number }) {
  return (
    <p class="filter">
      {count === 0 ? `No channel is ${only} now.` : `Only channels in the state ${only}.`}{" "}
      <a href="#/">Show all</a>
    </p>
  )
}

/** Boards that leave room below them. */
const FEW = 2
const KEY = "coincell.events"

function History({ isOpenAtFirst }: { isOpenAtFirst: boolean }) {
  const happened = useLiveOf((live) => live.happened)
  const [isOpen, setOpen] = useState(() => {
    const wish = localStorage.getItem(KEY)
    return wish === null ? isOpenAtFirst : wish === "open"
  })
  // Cycles come by the minute, and the cells tell them.
  const lines = useMemo(() => happened.filter(({ kind }) => kind !== "cycle"), [happened])
  return (
    <details
      class="history"
      open={isOpen}
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open)
        localStorage.setItem(KEY, currentTarget.open ? "open" : "closed")
      }}
    >
      <summary>What has happened</summary>
      {isOpen && <Events lines={lines} />}
    </details>
  )
}
