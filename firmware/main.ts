import * as ds from "@devicescript/core"
import { startServer } from "@devicescript/server"
import { Board } from "./assemble"
import { manifest } from "./boards/manifest.generated"
import type { Bus, SpiBus } from "./drivers/bus"
import { limitPackets } from "./packets"
import { CoincellService } from "./service"

/** In trouble it begins anew after so long: what was missing may be there. */
const TRY_AGAIN_ms = 60000
const BEAT_ms = 500

/**
 * Starts the tester over a board's buses; called by the board's file, once.
 * @param boardName the board's key in devicescript.json
 * @param isFree whether somebody may speak on the I2C bus
 * @param awakeLine what keeps the log's UART sending for more than a period, where a runtime that may sleep may
 *   oversleep; else empty
 */
export async function run(
  boardName: string,
  bus: Bus,
  spi: SpiBus,
  isFree: boolean,
  awakeLine: string,
) {
  const board = new Board(bus, spi)
  const service = new CoincellService(board, boardName)
  startServer(service)
  limitPackets()
  try {
    if (!isFree) throw new Error("The I2C bus is held low: unplug its chips one after the other")
    await board.init()
  } catch (e) {
    // Nothing is energised: every relay is open, or its coil has no heartbeat to hold it.
    service.trouble = (e as Error).message
    console.error(service.trouble)
    for (let passed_ms = 0; passed_ms < TRY_AGAIN_ms; passed_ms += BEAT_ms) {
      // So that the watchdog leaves a host the time to hear of it.
      if (isFree) board.beat()
      await ds.sleep(BEAT_ms)
    }
    ds.reboot()
  }
  try {
    await control(board, awakeLine)
  } catch (e) {
    // The runtime would start again by itself, but after 5 s in which every pin keeps its level.
    console.error((e as Error).message)
    board.letGo()
    ds.reboot()
  }
}

/**
 * A conversion takes 25 ms, by a clock that may be 2 % slow; the rest is what starting four of them takes. A
 * converter that is read sooner gives its last result, of another input.
 */
const CONVERSION_ms = 30

/** The control loop, for ever: half periods measured from the loop's own beat, so that none adds up. */
async function control(board: Board, awakeLine: string) {
  const tester = board.tester
  const period_ms = manifest.control.period_ms
  const secondStart_ms = manifest.control.secondStart_ms
  let beat_ms = ds.millis()
  while (true) {
    if (awakeLine !== "") console.debug(awakeLine)
    const first_ms = Math.max(beat_ms + secondStart_ms, ds.millis() + CONVERSION_ms)
    tester.keep()
    await ds.sleep(first_ms - ds.millis())
    tester.converters.takeFirst()
    // Of keeping and of sleep, whichever took longer: the clock has gone on by both.
    beat_ms = Math.max(beat_ms + period_ms, ds.millis() + CONVERSION_ms)
    await ds.sleep(beat_ms - ds.millis())
    const now_ms = ds.millis()
    tester.endPeriod(now_ms)
    // After a stall the lost time is not made up for: each period is as long as it was.
    if (now_ms > beat_ms + period_ms) beat_ms = now_ms
    // The clock stands still until a fiber yields: only then it tells how long that took.
    await ds.sleep(1)
    tester.beat(ds.millis())
  }
}
