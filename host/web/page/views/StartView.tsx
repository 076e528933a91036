import { useId, useState } from "preact/hooks"
import { useLiveOf } from "../live"
import { Loading } from "../parts/Loading"
import { TokenForm } from "../parts/TokenForm"
import { go } from "../router"
import { CellForm } from "../start/CellForm"
import { ChannelChoice } from "../start/ChannelChoice"
import { ConfirmStart } from "../start/ConfirmStart"
import { forNextCell, withCell } from "../start/draft"
import { PlanPane } from "../start/PlanPane"
import { ProtocolInput } from "../start/ProtocolInput"
import { useStart } from "../start/useStart"
import "./start.css"

/** Which channel, which cell, what to do with it; what that means, as it is written; and the start. */
export function StartView({ board, channel }: { board?: string; channel?: number }) {
  const asked = board === undefined || channel === undefined ? undefined : { board, channel }
  const start = useStart(asked)
  const { draft, change, place, check, cell, findings, next } = start
  const { checked } = check
  const [isSure, setSure] = useState(false)
  const countId = useId()
  const started = () => {
    change(forNextCell)
    if (place) go({ view: "channel", board: place.board.id, channel: place.channel.channel })
  }
  return (
    <div class="start">
      <h1>Start a test</h1>
      <Locked />
      <div class="start-input">
        <section aria-labelledby="start-channel">
          <h2 id="start-channel">Channel</h2>
          {start.isKnown ? (
            <ChannelChoice
              places={start.places}
              chosen={place}
              calibrations={place && start.calibrations[place.board.id]}
              onChoose={(one) =>
                start.choose({ board: one.board.id, channel: one.channel.channel })
              }
            />
          ) : (
            <Loading what="Asking the server" />
          )}
        </section>
        <section aria-labelledby="start-cell">
          <h2 id="start-cell">Cell</h2>
          <CellForm
            draft={draft}
            checked={checked}
            onChange={(filled) => change((now) => withCell(now, filled))}
          />
        </section>
        <section aria-labelledby="start-protocol">
          <h2 id="start-protocol">Protocol</h2>
          <ProtocolInput
            draft={draft}
            findings={findings}
            describedBy={countId}
            onChange={change}
          />
        </section>
      </div>
      <PlanPane
        check={start.isBlank ? undefined : check}
        findings={findings}
        countId={countId}
        next={next}
        onStart={() => setSure(true)}
      />
      {isSure && place && checked?.plan && (
        <ConfirmStart
          place={place}
          request={{ protocol: { fileName: draft.fileName, text: draft.text }, cell }}
          checked={checked}
          plan={checked.plan}
          isAssumed={draft.isAssumed}
          onStarted={started}
          onClose={() => setSure(false)}
        />
      )}
    </div>
  )
}

/** Nothing is checked or started for who has not shown the token. */
function Locked() {
  const isLocked = useLiveOf(({ boards, mayAct }) => boards !== undefined && !mayAct)
  if (!isLocked) return null
  return (
    <section class="start-locked" aria-labelledby="start-locked">
      <h2 id="start-locked">To check and start tests, show the token</h2>
      <TokenForm />
    </section>
  )
}
