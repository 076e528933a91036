import * as ds from "@devicescript/core"
import { startServer } from "@devicescript/server"
import { Board } from "./assemble"
import { manifest } from "./boards/manifest.generated"
import type { Bus, SpiBus } from "./drivers/bus"
import { CoincellService } from "./service"

/**
 * Starts the tester over a board's buses; called by the board's file, once.
 * @param boardName the board's key in devicescript.json
 */
export async function run(boardName: string, bus: Bus, spi: SpiBus) {
  const board = new Board(bus, spi)
  const service = new CoincellService(board, boardName)
  startServer(service)
  try {
    await board.init()
  } catch (e) {
    // Nothing is energised: every relay is open, or its coil has no heartbeat to hold it.
    service.trouble = (e as Error).message
    console.error(service.trouble)
    return
  }
  await control(board)
}

/**
 * A conversion takes 25 ms, by a clock that may be 2 % slow; the rest is what starting four of them takes. A
 * converter that is read sooner gives its last result, of another input.
 */
const CONVERSION_ms = 30

/** The control loop, for ever: half periods measured from the loop's own beat, so that none adds up. */
async function control(board: Board) {
  const tester = board.tester
  const period_ms = manifest.control.period_ms
  const secondStart_ms = manifest.control.secondStart_ms
  let beat_ms = ds.millis()
  while (true) {
    // The clock stands still until a fiber yields: only then it tells how long the period's end took.
    if (tester.board.tookLong) {
      tester.board.tookLong = false
      await ds.sleep(1)
    }
    const first_ms = Math.max(beat_ms + secondStart_ms, ds.millis() + CONVERSION_ms)
    await ds.sleep(first_ms - ds.millis())
    tester.converters.takeFirst()
    beat_ms = Math.max(beat_ms + period_ms, first_ms + CONVERSION_ms)
    await ds.sleep(beat_ms - ds.millis())
    const now_ms = ds.millis()
    tester.endPeriod(now_ms)
    // After a stall the lost time is not made up for: each period is as long as it was.
    if (now_ms > beat_ms + period_ms) beat_ms = now_ms
  }
}
