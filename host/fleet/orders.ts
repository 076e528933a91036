import { randomUUID } from "node:crypto"
import { z } from "zod"
import type { Order } from "../agent/payloads"
import { ConflictError, NotFoundError } from "../errors"
import type { FleetHost, FleetOrder } from "../web/fleetApi"

/** POST /api/fleet/orders */
export const orderBody = z.strictObject({
  lab: z.string().max(64),
  host: z.string().max(64),
  board: z.string().regex(/^[0-9a-f]{16}$/, "must be a board's id, 16 hexadecimal digits"),
  channel: z.int().min(0).max(15),
  order: z.enum(["pause", "resume", "stop"]),
  test: z.int().min(0).max(65_535),
  by: z.string().trim().min(1, "must say who orders it").max(128),
  why: z.string().trim().min(1, "must say why").max(1000),
}) satisfies z.ZodType<FleetOrder>

/**
 * The order as it goes to the host, if the host takes it.
 * @throws NotFoundError, ConflictError
 */
export function orderFor(host: FleetHost | undefined, asked: FleetOrder): Order {
  const { board: id, channel, order, test, by, why } = asked
  const place = `${asked.lab}/${asked.host}`
  if (host === undefined) throw new NotFoundError(`The broker tells of no host ${place}.`)
  if (!host.isThere)
    throw new ConflictError(
      `${place} is not there, so it takes no orders. Its boards' tests go on.`,
    )
  if (!host.acceptsOrders)
    throw new ConflictError(
      `${place} takes no orders: its agent was started without --accept-orders. Nothing was sent.`,
    )
  const board = host.boards.find((one) => one.id === id)
  const found = board?.channels.find((one) => one.channel === channel)
  if (found === undefined)
    throw new NotFoundError(`${place} has no channel ${channel} of a board ${id}.`)
  if (found.testNumber !== test)
    throw new ConflictError(
      `Another test than the one that you saw is on channel ${channel} of ${board?.name} by now. Nothing was sent.`,
    )
  return { id: randomUUID(), by, order, board: id, channel, test_number: test, why }
}
