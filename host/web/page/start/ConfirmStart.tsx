import { useState } from "preact/hooks"
import type { Checked, CheckedPlan, Started, StartRequest } from "../../api"
import { post } from "../client"
import { Dialog } from "../parts/Dialog"
import { Problem } from "../parts/Problem"
import { useOrdered, WhoAndWhy } from "../parts/WhoAndWhy"
import { counted } from "../words"
import { ASSUMED } from "./CellForm"
import { type Place, placeName } from "./places"

/** Asks once more, with what will happen to which cell, and starts the test. */
export function ConfirmStart(props: {
  place: Place
  request: Omit<StartRequest, "board" | "channel">
  checked: Checked
  plan: CheckedPlan
  isAssumed: boolean
  onStarted: () => void
  onClose: () => void
}) {
  const { place, request, checked, plan, onClose } = props
  const [error, setError] = useState<unknown>()
  const [isStarting, setStarting] = useState(false)
  const [ordered, change] = useOrdered()
  const start = async () => {
    setStarting(true)
    setError(undefined)
    const { board, channel } = place
    try {
      const where = { board: board.id, channel: channel.channel }
      await post<Started>("/api/start", { ...request, ...where, ...ordered })
      props.onStarted()
    } catch (problem) {
      setError(problem)
    } finally {
      setStarting(false)
    }
  }
  const warnings = checked.findings.filter(({ severity }) => severity === "warning")
  return (
    <Dialog title={`Start ${request.cell.name} on ${placeName(place)}?`} onClose={onClose}>
      <p>
        Is this cell in that holder, the right way round? From now on the board runs the test by
        itself.
      </p>
      <dl class="facts">
        <dt>Board</dt>
        <dd>
          {place.board.name}
          {place.board.isSimulated ? ", simulated" : ""}
        </dd>
        <dt>Channel</dt>
        <dd>{place.channel.channel}</dd>
        <dt>Cell</dt>
        <dd>{cellText(request.cell, checked)}</dd>
        <dt>Protocol</dt>
        <dd>{request.protocol.fileName}</dd>
        <dt>Takes</dt>
        <dd>
          {plan.durationText.replace("Duration: ", "")}
          {plan.cycles !== undefined && plan.cycles > 1 && ` ${plan.cycles} cycles.`}
        </dd>
      </dl>
      <ul class="plan-frame">
        {plan.frame.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {props.isAssumed && <p class="assumed">{ASSUMED}</p>}
      {warnings.length > 0 && (
        <section class="start-warnings">
          <h3>{counted(warnings.length, "warning")}</h3>
          <ul>
            {warnings.map(({ path, message }) => (
              <li key={path + message}>
                {path}: {message}
              </li>
            ))}
          </ul>
        </section>
      )}
      <WhoAndWhy ordered={ordered} onChange={change} />
      {error !== undefined && <Problem error={error} />}
      <div class="buttons">
        <button type="button" onClick={onClose}>
          Not yet
        </button>
        <button type="button" class="primary" disabled={isStarting} onClick={start}>
          {isStarting ? "Starting …" : "Start the test"}
        </button>
      </div>
    </Dialog>
  )
}

function cellText(cell: StartRequest["cell"], { cell: { area_cm2, capacity_mAh } }: Checked) {
  const parts = [
    cell.name,
    cell.type,
    area_cm2 === undefined ? undefined : `${Number(area_cm2.toPrecision(4))} cm²`,
    capacity_mAh === undefined ? undefined : `${Number(capacity_mAh.toPrecision(4))} mAh`,
  ]
  return parts.filter((part) => part !== undefined).join(", ")
}
