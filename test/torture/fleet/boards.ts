import { BoardClient } from "../../../host/boardClient"
import { readFirmware, SimulatedLink } from "../../../host/transport/simulated"
import { SimulatedBoard } from "../../../sim/board"
import { Resistor } from "../../../sim/cells/resistor"
import { type Served, serveBoard } from "../../transport/served"
import type { FleetOptions } from "./plan"

/** A quarter of an hour later a day ends, and with it files of the dataset. */
const BEGIN_unix_ms = Date.UTC(2026, 2, 14, 23, 45)

export interface FleetBoard {
  id: string
  served: Served
}

/** Boards with a resistor in each holder, which know the time of the lab. */
export function startBoards({
  seed,
  hosts,
  boardsPerHost,
  engine,
  speed,
}: FleetOptions): Promise<FleetBoard[]> {
  const firmware = engine === "native" ? engine : readFirmware()
  return Promise.all(
    Array.from({ length: hosts * boardsPerHost }, async (_, i) => {
      const cells = [20, 50, 100, 40].map((ohm) => new Resistor(ohm + i))
      const board = new SimulatedBoard({ seed: 1000 * seed + i, firmware, cells })
      board.powerOn()
      const link = new SimulatedLink(board)
      await link.connect()
      const client = await BoardClient.find(link)
      await client.setTime(BEGIN_unix_ms)
      await link.close()
      return { id: client.id, served: await serveBoard(board, speed) }
    }),
  )
}
