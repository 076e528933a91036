import * as ds from "@devicescript/core"
import { circuit, manifest } from "./boards/manifest.generated"
import type { Memory } from "./core/bytes"
import { Calibration } from "./core/calibration"
import { Channel, type Surroundings } from "./core/channel"
import { CHECKPOINT_BYTES, Checkpoints, STEP_CHECKPOINT_BYTES } from "./core/checkpoint"
import { Cutoffs } from "./core/cutoffs"
import { PAGE_MIRROR_AT, PAGE_MIRROR_BYTES } from "./core/framMap"
import { Log } from "./core/log"
import { BOARD_CHANNEL, MAX_RECORD_BYTES } from "./core/logFormat"
import { LogPage } from "./core/logPage"
import { LogRecovery } from "./core/logRecovery"
import { LOG_POINTERS_BYTES } from "./core/logRing"
import { FLASH_COMMAND_BYTES, PAGE_BYTES } from "./core/ports"
import { HEADER_BYTES, STEP_BYTES } from "./core/program"
import { Recorder } from "./core/recorder"
import { restart } from "./core/restart"
import { StepEngine } from "./core/stepEngine"
import { Tester } from "./core/tester"
import { Ads122c04 } from "./drivers/ads122c04"
import type { Bus, SpiBus } from "./drivers/bus"
import { AdcBank } from "./drivers/converters"
import { Mb85rc256v } from "./drivers/mb85rc256v"
import { Mcp4728 } from "./drivers/mcp4728"
import { Mcp23008 } from "./drivers/mcp23008"
import { DacPair } from "./drivers/setpointDacs"
import { Tmp117 } from "./drivers/tmp117"
import { W25q128 } from "./drivers/w25q128"
import { BoardMemory } from "./memory"

/** Of the log's recovery between two pauses: a fiber may not run for long, and a pause takes as long as a step. */
const STEPS_AT_ONCE = 8

/** A buffer as the core sees it. */
function memory(count: number): Memory {
  return Buffer.alloc(count) as unknown as Memory
}

function frame(): Memory {
  return memory(FLASH_COMMAND_BYTES + PAGE_BYTES)
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
  /** Writes the board's own pages: its starts, and what time it was told. */
  readonly recorder: Recorder

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
    const log = new Log(
      this.flash,
      chips.flash.pages,
      this.fram,
      memory(LOG_POINTERS_BYTES),
      frame(),
      memory(MAX_RECORD_BYTES),
    )
    const surroundings: Surroundings = {
      // Not in short: DeviceScript's compiler does not find an imported name there.
      circuit: circuit,
      period_ms: manifest.control.period_ms,
      dacs: new DacPair(this.fine, this.coarse, bus.send),
      outputs: this.expander,
      checkpoints: new Checkpoints(
        this.fram,
        memory(CHECKPOINT_BYTES),
        memory(STEP_CHECKPOINT_BYTES),
      ),
      cutoffs: new Cutoffs(),
      log,
      nominal: new Calibration(manifest.defaultCalibration),
      temperature_degC: NaN,
    }
    const gains = circuit.currentRanges.map((range) => range.gain)
    const awake: Ads122c04[] = []
    const step = memory(STEP_BYTES)
    const channels: Channel[] = []
    for (let i = 0; i < manifest.channels; ++i) {
      const adc = new Ads122c04(chips.adc.addresses[i], bus, gains, awake)
      this.adcs.push(adc)
      const engine = new StepEngine(i, this.memory, step)
      const calibration = new Calibration(manifest.defaultCalibration)
      const recorder = this.newRecorder(i, 2 * i, log)
      channels.push(new Channel(i, surroundings, adc, engine, calibration, recorder))
    }
    this.recorder = this.newRecorder(BOARD_CHANNEL, 2 * manifest.channels, log)
    const bank = new AdcBank(awake, bus.send)
    this.tester = new Tester(channels, bank, surroundings, this.thermometer, log)
  }

  /**
   * Opens all relays first, then identifies every chip, recovers the log and takes the tests up again.
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
    const tester = this.tester
    const log = tester.log
    const recovery = new LogRecovery(log)
    for (let steps = 1; !recovery.step(ds.millis()); ++steps)
      if (steps % STEPS_AT_ONCE === 0) await ds.sleep(1)
    this.memory.begin(recovery.lastBoot())
    log.boot = this.memory.bootCount
    this.recorder.booted(this.expander.keptPower ? 1 : 0)
    tester.board.temperature_degC = this.thermometer.temperature_degC()
    const header = memory(HEADER_BYTES)
    for (let i = 0; i < tester.channels.length; ++i) {
      const channel = tester.channels[i]
      this.memory.readCalibration(i, channel.calibration)
      restart(channel, this.memory, header, this.expander.wasClosed[i], ds.millis())
    }
  }

  /** Moves the heartbeat while nothing runs. */
  beat(): void {
    this.expander.update(true)
  }

  /** Opens every relay at once, whatever the channels are at. */
  letGo(): void {
    this.expander.openAll()
  }

  /** @param slot of the first of its two pages in FRAM */
  private newRecorder(channel: number, slot: number, log: Log): Recorder {
    const at = PAGE_MIRROR_AT + slot * PAGE_MIRROR_BYTES
    return new Recorder(
      channel,
      log,
      new LogPage(frame(), this.fram, at),
      new LogPage(frame(), this.fram, at + PAGE_MIRROR_BYTES),
    )
  }
}
