/**
 * The relays' supply, which no software can hold up: an AC-coupled pump fed by the heartbeat. It takes up rising
 * edges alone, and a single one fills it. A relay is closed only while the expander drives it and the last of them
 * is not long ago.
 */
export class SafetyChain {
  private heartbeat = 0
  private holdsUntil_us = 0
  private closed = 0

  /**
   * @param relayPins expander pin of each channel's relay
   * @param heartbeatPin expander pin of the heartbeat; a resistor holds it low while nobody drives it
   * @param dropOut_us how long the pump outlasts its last rising edge
   * @param onRelay tells a channel that its relay opened or closed, and when
   */
  constructor(
    private readonly relayPins: number[],
    private readonly heartbeatPin: number,
    private readonly dropOut_us: number,
    private readonly onRelay: (channel: number, closed: boolean, at_us: number) => void,
  ) {}

  /** The expander's pins moved. */
  setPins(driven: number, level: number, now_us: number): void {
    this.check(now_us)
    const pins = driven & level
    const heartbeat = (pins >> this.heartbeatPin) & 1
    if (heartbeat > this.heartbeat) this.holdsUntil_us = now_us + this.dropOut_us
    this.heartbeat = heartbeat
    this.apply(now_us < this.holdsUntil_us ? pins : 0, now_us)
  }

  /** Lets the pump run down. Call it at least every few milliseconds of virtual time. */
  check(now_us: number): void {
    if (this.closed !== 0 && now_us >= this.holdsUntil_us) this.apply(0, this.holdsUntil_us)
  }

  powerOff(now_us: number): void {
    this.heartbeat = 0
    this.holdsUntil_us = 0
    this.apply(0, now_us)
  }

  private apply(pins: number, at_us: number): void {
    for (let channel = 0; channel < this.relayPins.length; channel++) {
      const bit = 1 << this.relayPins[channel]
      if ((pins & bit) !== (this.closed & bit)) this.onRelay(channel, (pins & bit) !== 0, at_us)
    }
    this.closed = pins
  }
}
