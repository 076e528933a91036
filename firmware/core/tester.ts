import type { Channel } from "./channel"
import type { Log } from "./log"
import { runPeriod } from "./period"
import { type Converters, type Outputs, READING_FRESH, type SetpointDacs } from "./ports"
import { FAULT_CHIP_LOST, STATE_RUNNING } from "./states"

/**
 * All channels of a board, in step. A control period has two halves: in the first the shunts are
 * converted, in the second the cells, so that voltages are fresh when they are judged.
 */
export class Tester {
  constructor(
    readonly channels: Channel[],
    readonly converters: Converters,
    private readonly dacs: SetpointDacs,
    private readonly outputs: Outputs,
    readonly log: Log,
  ) {}

  /** The period's end: takes the voltages, judges, drives, records, starts the next currents. */
  endPeriod(now_ms: number): void {
    const channels = this.channels
    const converters = this.converters
    converters.takeVoltages()
    let healthy = true
    for (let i = 0; i < channels.length; ++i) {
      const channel = channels[i]
      if (!channel.isBusy) continue
      const converter = channel.converter
      if (converter.status !== READING_FRESH) {
        healthy = false
        channel.miss(now_ms)
      } else if (channel.state === STATE_RUNNING)
        runPeriod(channel, now_ms, converter.voltageCode, converter.currentCode)
      else channel.prepare(now_ms, converter.voltageCode, converter.currentCode)
    }
    // Set-points go out before relays: none closes onto a set-point that is still to come. Without its
    // DACs the board lets every cell go at once; without its expander the heartbeat, which then no longer
    // reaches the pump, does so.
    if (!this.dacs.update()) {
      healthy = false
      this.failAll(now_ms)
    }
    if (!this.outputs.update(healthy)) this.failAll(now_ms)
    converters.startCurrents()
    const log = this.log
    log.now_ms = now_ms
    if (log.hasWork) log.service()
  }

  private failAll(now_ms: number): void {
    for (let i = 0; i < this.channels.length; ++i) this.channels[i].fail(FAULT_CHIP_LOST, now_ms)
  }
}
