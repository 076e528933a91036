import { useId, useState } from "preact/hooks"
import type { FleetAnswer, FleetOrder } from "../../fleetApi"
import { post } from "../client"
import { Dialog } from "../parts/Dialog"
import { Problem } from "../parts/Problem"
import { ACTIONS, type Action, actionsFor } from "../start/actions"
import type { Item } from "./items"
import { useFleet } from "./live"

/** What a person can order the test on a channel, through its host. */
export function OrderButtons({ item, onDone }: { item: Item; onDone: () => void }) {
  const { host, board, channel } = item
  const { testNumber } = channel
  const mayAct = useFleet((fleet) => fleet.mayAct)
  const isBrokerThere = useFleet((fleet) => fleet.broker?.isThere === true)
  /** As it stood when the button was pressed: what is confirmed is for that test alone. */
  const [asked, setAsked] = useState<{ action: Action; item: Item }>()
  const [told, setTold] = useState("")
  const test = testNumber === undefined ? undefined : { number: testNumber }
  const actions = test === undefined ? [] : actionsFor({ state: channel.state, test })
  if (actions.length === 0) return null
  const hint = !host.acceptsOrders
    ? `${host.host} takes no orders: pause and stop at its own computer.`
    : !isBrokerThere
      ? "The broker is away: no order would reach the host."
      : !host.isThere
        ? "The host is gone: nobody would carry out an order."
        : !board.isThere
          ? "The board is away from its host."
          : mayAct
            ? ""
            : "Only watching: orders need the token."
  return (
    <>
      {actions.map((action) => (
        <button
          key={action}
          type="button"
          class={action === "stop" ? "danger" : ""}
          disabled={hint !== ""}
          onClick={() => setAsked({ action, item })}
        >
          {ACTIONS[action].button}
        </button>
      ))}
      {hint !== "" && <p class="action-hint">{hint}</p>}
      {told !== "" && (
        <p class="action-hint" role="status">
          {told}
        </p>
      )}
      {asked && (
        <ConfirmOrder
          {...asked}
          onDone={(text) => {
            setTold(text)
            setAsked(undefined)
            onDone()
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}

/** Who gave the last order at this browser. */
const KEY = "coincell.by"

function ConfirmOrder(props: {
  item: Item
  action: Action
  onDone: (text: string) => void
  onClose: () => void
}) {
  const { item, action, onDone, onClose } = props
  const { host, board, channel } = item
  const { button, confirm, will } = ACTIONS[action]
  const [by, setBy] = useState(() => localStorage.getItem(KEY) ?? "")
  const [why, setWhy] = useState("")
  const [error, setError] = useState<unknown>()
  const [isAsking, setAsking] = useState(false)
  const id = useId()
  const order = async (event: Event) => {
    event.preventDefault()
    setAsking(true)
    setError(undefined)
    localStorage.setItem(KEY, by)
    const body: FleetOrder = {
      lab: host.lab,
      host: host.host,
      board: board.id,
      channel: channel.channel,
      order: action,
      test: channel.testNumber ?? 0,
      by,
      why,
    }
    try {
      onDone((await post<FleetAnswer>("/api/fleet/orders", body)).text)
    } catch (problem) {
      setError(problem)
      setAsking(false)
    }
  }
  return (
    <Dialog title={`${button} ${channel.cell ?? `test ${channel.testNumber}`}?`} onClose={onClose}>
      <form class="order" onSubmit={order}>
        {channel.state === "Fault" && channel.note && <p class="action-fault">{channel.note}</p>}
        <dl class="facts">
          <dt>Test</dt>
          <dd>{channel.test ?? `number ${channel.testNumber}`}</dd>
          <dt>Place</dt>
          <dd>
            {host.lab}, {host.host}, board {board.name}, channel {channel.channel}
          </dd>
          <dt>Cycle</dt>
          <dd>{channel.cycle}</dd>
        </dl>
        <p>{will(channel)}</p>
        <label for={`${id}-by`}>Who orders it</label>
        <input
          id={`${id}-by`}
          required
          maxLength={128}
          autocomplete="name"
          value={by}
          onInput={(event) => setBy(event.currentTarget.value)}
        />
        <label for={`${id}-why`}>Why</label>
        <input
          id={`${id}-why`}
          required
          maxLength={1000}
          value={why}
          onInput={(event) => setWhy(event.currentTarget.value)}
        />
        <p class="quiet-text">Name and reason are kept in the host’s record of orders.</p>
        {error !== undefined && <Problem error={error} />}
        <div class="buttons">
          <button type="button" onClick={onClose}>
            Leave it as it is
          </button>
          <button
            type="submit"
            class={action === "stop" ? "danger" : "primary"}
            disabled={isAsking || by.trim() === "" || why.trim() === ""}
          >
            {isAsking ? "Waiting for the host …" : confirm}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
