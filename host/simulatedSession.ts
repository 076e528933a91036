import { BoardClient } from "./boardClient"
import { CALIBRATION_TEST, calibrate } from "./calibrate"
import { TesterError } from "./errors"
import type { Session } from "./session"
import type { Store } from "./store/store"
import { type EngineName, startSimulatedBoard } from "./transport/simulated"
import type { AnalogErrorSwitches, CellModel } from "./transport/simulatedCells"

export interface SimulatedSessionOptions {
  /** Undefined: the first seed of which the store has no board yet. */
  seed: number | undefined
  /** By channel, names of simulated cells or models of one's own. */
  cells: readonly (string | CellModel | undefined)[]
  /** Which channels to calibrate. */
  channels: readonly number[]
  engine: EngineName
  /** Which errors of its circuit to leave out; none unless given. */
  errors?: AnalogErrorSwitches
}

/**
 * Starts a simulated board in this process, new to the store, and calibrates it on its bench, as a person does
 * with a real one. It lives in virtual time, and ends with this process.
 * @throws TesterError when the store has a board of this seed: its log would be taken for this one's
 */
export async function openSimulated(
  store: Store,
  { seed, cells, channels, engine, errors }: SimulatedSessionOptions,
): Promise<Session> {
  for (let tried = seed ?? 1; ; tried++) {
    const { link, bench } = await startSimulatedBoard({ seed: tried, cells, engine, errors })
    const board = await BoardClient.find(link)
    if (store.board(board.id).about === undefined) {
      await board.setTime(link.unixTime_ms)
      const now_s = Math.floor(link.unixTime_ms / 1000)
      await calibrate(link, board, bench, [...channels], CALIBRATION_TEST, now_s)
      const firmware = await board.firmware()
      return { link, board, firmware, isSimulated: true, close: () => link.close() }
    }
    await link.close()
    if (seed !== undefined)
      throw new TesterError(
        `The board of --port sim:${seed} has been run in ${store.folder} before: take another seed, or another ` +
          "folder by --data.",
      )
  }
}
