import type { Channel } from "./channel"
import { FAULT_CHIP_LOST } from "./channel"
import type { Log } from "./log"
import { type Outputs, READING_FRESH, type SetpointDacs } from "./ports"

/**
 * All channels of a board, in step. A control period has two halves: in the first the shunts are
 * converted, in the second the cells, so that voltages are fresh when `tick` judges them.
 */
export class Tester {
  private readonly currentCodes: number[] = []
  private readonly currentFresh: boolean[] = []

  constructor(
    readonly channels: Channel[],
    private readonly dacs: SetpointDacs,
    private readonly outputs: Outputs,
    readonly log: Log,
  ) {
    for (let i = 0; i < channels.length; ++i) {
      this.currentCodes.push(0)
      this.currentFresh.push(false)
    }
  }

  /** Second half: takes the currents, starts the voltages. */
  middle(): void {
    const channels = this.channels
    for (let i = 0; i < channels.length; ++i) {
      const channel = channels[i]
      if (!channel.isBusy()) continue
      const adc = channel.adc
      this.currentCodes[i] = adc.read()
      this.currentFresh[i] = adc.status === READING_FRESH
      adc.startVoltage()
    }
  }

  /** The period's end: takes the voltages, judges, drives, records, starts the next currents. */
  tick(now_ms: number): void {
    const channels = this.channels
    let healthy = true
    for (let i = 0; i < channels.length; ++i) {
      const channel = channels[i]
      if (!channel.isBusy()) continue
      const adc = channel.adc
      const voltageCode = adc.read()
      const isFresh = adc.status === READING_FRESH && this.currentFresh[i]
      if (!isFresh) healthy = false
      channel.recorder.boardTime_ms = now_ms
      channel.tick(now_ms, voltageCode, this.currentCodes[i], isFresh)
    }
    this.drive(healthy, now_ms)
    for (let i = 0; i < channels.length; ++i) if (channels[i].isBusy()) channels[i].startCurrent()
    this.log.service()
  }

  /** Sends set-points, then relays: a relay never closes onto a set-point that is still to come. */
  private drive(healthy: boolean, now_ms: number): void {
    const channels = this.channels
    const dacs = this.dacs
    const outputs = this.outputs
    for (let i = 0; i < channels.length; ++i) {
      const regulator = channels[i].regulator
      dacs.coarse[i] = regulator.coarse
      dacs.fine[i] = regulator.fine
      outputs.relayClosed[i] = channels[i].relayClosed
    }
    // Without its DACs or its relays the board cannot be trusted with any cell; the heartbeat, which
    // then is not toggled, opens the relays if the expander cannot.
    if (!dacs.update() || !outputs.update(healthy))
      for (let i = 0; i < channels.length; ++i) channels[i].fail(FAULT_CHIP_LOST, now_ms)
  }
}
