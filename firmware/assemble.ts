import { circuit, manifest } from "./boards/manifest.generated"
import { Calibration } from "./core/calibration"
import { Channel } from "./core/channel"
import { Log } from "./core/log"
import { LogPage } from "./core/logPage"
import { FLASH_COMMAND_BYTES, PAGE_BYTES } from "./core/ports"
import { MAX_PROGRAM_BYTES, Program } from "./core/program"
import { Recorder } from "./core/recorder"
import { Tester } from "./core/tester"
import { Ads122c04 } from "./drivers/ads122c04"
import type { Bus, SpiBus } from "./drivers/bus"
import { Mb85rc256v } from "./drivers/mb85rc256v"
import { Mcp4728 } from "./drivers/mcp4728"
import { Mcp23008 } from "./drivers/mcp23008"
import { AdcBank } from "./drivers/converters"
import { DacPair } from "./drivers/setpointDacs"
import { Tmp117 } from "./drivers/tmp117"
import { W25q128 } from "./drivers/w25q128"
import { BoardMemory } from "./memory"

function frame(): Buffer {
  return Buffer.alloc(FLASH_COMMAND_BYTES + PAGE_BYTES)
}

/** Everything on the board, wired up as the manifest says. */
export class Board {
  readonly tester: Tester
  readonly memory: BoardMemory
  readonly flash: W25q128
  readonly thermometer: Tmp117
  private readonly expander: Mcp23008
  private readonly coarse: Mcp4728
  private readonly fine: Mcp4728
  private readonly adcs: Ads122c04[] = []
  private readonly fram: Mb85rc256v

  constructor(bus: Bus, spi: SpiBus) {
    const chips = manifest.chips
    const pins = manifest.expanderPins
    this.expander = new Mcp23008(
      chips.expander.addresses[0],
      bus,
      pins.relay,
      pins.heartbeat,
      pins.statusLed,
    )
    this.coarse = new Mcp4728(chips.dacCoarse.addresses[0], bus)
    this.fine = new Mcp4728(chips.dacFine.addresses[0], bus)
    this.thermometer = new Tmp117(chips.thermometer.addresses[0], bus)
    this.fram = new Mb85rc256v(chips.fram.addresses[0], bus)
    this.memory = new BoardMemory(this.fram)
    this.flash = new W25q128(spi)
    const log = new Log(this.flash, chips.flash.pages, frame())
    const gains = circuit.currentRanges.map((range) => range.gain)
    const awake: Ads122c04[] = []
    for (let i = 0; i < manifest.channels; ++i)
      this.adcs.push(new Ads122c04(chips.adc.addresses[i], bus, gains, awake))
    const dacs = new DacPair(this.fine, this.coarse, bus.send)
    const period_ms = manifest.control.period_ms
    const channels: Channel[] = []
    for (let i = 0; i < manifest.channels; ++i) {
      const recorder = new Recorder(i, log, new LogPage(frame()), new LogPage(frame()))
      const ports = { converter: this.adcs[i], dacs, outputs: this.expander }
      const program = new Program(Buffer.alloc(MAX_PROGRAM_BYTES))
      const calibration = new Calibration(manifest.defaultCalibration)
      channels.push(new Channel(i, circuit, period_ms, ports, program, calibration, recorder))
    }
    const bank = new AdcBank(awake, bus.send)
    this.tester = new Tester(channels, bank, dacs, this.expander, log)
  }

  /**
   * Opens all relays first, then identifies every chip and recovers the log.
   * @throws ChipError naming the first chip that does not answer, or is another
   */
  async init(): Promise<void> {
    await this.expander.init()
    await this.coarse.init()
    await this.fine.init()
    for (let i = 0; i < this.adcs.length; ++i) await this.adcs[i].init()
    await this.thermometer.init()
    await this.fram.init()
    this.flash.init()
    this.memory.begin()
    this.tester.log.boot = this.memory.bootCount
    this.tester.log.recover()
    for (let i = 0; i < this.tester.channels.length; ++i) {
      const channel = this.tester.channels[i]
      this.memory.readCalibration(i, channel.calibration)
    }
  }
}
