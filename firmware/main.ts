import * as ds from "@devicescript/core"
import { startServer } from "@devicescript/server"
import { Board } from "./assemble"
import { manifest } from "./boards/manifest.generated"
import type { Bus, SpiBus } from "./drivers/bus"
import { CoincellService } from "./service"

/** Starts the tester over a board's buses; called by the board's file, once. */
export async function run(bus: Bus, spi: SpiBus) {
  const board = new Board(bus, spi)
  const service = new CoincellService(board)
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

/** The control loop, for ever: half periods measured from the loop's own beat, so that none adds up. */
async function control(board: Board) {
  const tester = board.tester
  const period_ms = manifest.control.period_ms
  const voltageStart_ms = manifest.control.voltageStart_ms
  let beat_ms = ds.millis() + period_ms
  while (true) {
    await ds.sleep(beat_ms + voltageStart_ms - period_ms - ds.millis())
    tester.converters.takeCurrents()
    await ds.sleep(beat_ms - ds.millis())
    const now_ms = ds.millis()
    tester.endPeriod(now_ms)
    beat_ms = beat_ms + period_ms
    // After a stall the lost beats are not made up for: each period is as long as it was.
    if (now_ms >= beat_ms) beat_ms = now_ms + period_ms
  }
}
