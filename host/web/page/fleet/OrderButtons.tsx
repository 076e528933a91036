import type { FleetAnswer, FleetOrder } from "../../fleetApi"
import { post } from "../client"
import { ActionButtons } from "../parts/ActionButtons"
import type { Item } from "./items"
import { useFleet } from "./live"

/** What a person can order the test on a channel, through its host. */
export function OrderButtons({ item, onDone }: { item: Item; onDone: () => void }) {
  const { host, board, channel } = item
  const { testNumber, state, note, cell } = channel
  const mayAct = useFleet((fleet) => fleet.mayAct)
  const isBrokerThere = useFleet((fleet) => fleet.broker?.isThere === true)
  if (testNumber === undefined) return null
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
  const place = { lab: host.lab, host: host.host, board: board.id, channel: channel.channel }
  return (
    <ActionButtons
      hint={hint}
      isNamed
      onDone={onDone}
      of={{
        ...{ state, note, test: { number: testNumber }, name: cell ?? `test ${testNumber}` },
        facts: [
          ["Test", channel.test ?? `number ${testNumber}`],
          ["Place", `${host.lab}, ${host.host}, board ${board.name}, channel ${channel.channel}`],
          ["Cycle", `${channel.cycle}`],
        ],
        give: async (order, { by = "", why = "" }) => {
          const body: FleetOrder = { ...place, order, test: testNumber, by, why }
          return (await post<FleetAnswer>("/api/fleet/orders", body)).text
        },
      }}
    />
  )
}
