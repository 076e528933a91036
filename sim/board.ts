import { type AnalogErrorSwitches, type BoardErrors, drawBoardErrors } from "./analogErrors"
import { ChannelFrontEnd } from "./analogFrontEnd"
import type { Cell } from "./cells/cell"
import { Ads122c04 } from "./chips/ads122c04"
import type { Chip } from "./chips/chip"
import { Mb85rc256v } from "./chips/mb85rc256v"
import { Mcp23008 } from "./chips/mcp23008"
import { eepromAtMidScale, Mcp4728 } from "./chips/mcp4728"
import { Tmp117 } from "./chips/tmp117"
import { W25q128 } from "./chips/w25q128"
import { Clock } from "./clock"
import type { Engine, EngineHost, Mcu } from "./engine"
import { I2cBus } from "./i2cBus"
import { isFrame } from "./jacdacFrame"
import { address, manifest } from "./manifest"
import { NativeEngine } from "./native/nativeEngine"
import { Port } from "./port"
import { Random } from "./random"
import { SafetyChain } from "./safetyChain"
import { SpiBus } from "./spiBus"
import { McuReset } from "./mcuReset"
import { PowerCut, Supply } from "./supply"
import { MCU_FLASH_BYTES, type McuFlash, Vm } from "./vm/vm"
import { WATCHDOG_RESET_us, WATCHDOG_us, Watchdog } from "./watchdog"

export interface BoardOptions {
  /** Everything random on this board follows from it. */
  seed: number
  /**
   * The compiled firmware, bytecode.devs, for DeviceScript's VM; "native" runs its sources in Node; or another
   * microcontroller, with what is in it.
   */
  firmware: Uint8Array | "native" | Mcu
  /** The cell in each holder; missing ones are empty. */
  cells?: (Cell | undefined)[]
  /** Which analog errors to leave out. */
  errors?: AnalogErrorSwitches
  /** Whether the watchdog may reset the MCU; default true. Without, its jumper is off. */
  watchdog?: boolean
  /** The board's flash and FRAM, which it goes on writing to: what another board left. Blank by default. */
  memories?: Memories
}

/** Non-volatile contents: they outlive every power cut. */
export interface Memories {
  flash: Uint8Array
  fram: Uint8Array
  /** Of the coarse DAC and the fine one; mid-scale unless given. */
  eeproms?: readonly Uint8Array[]
}

/** As they are delivered. */
export function blankMemories(): Memories {
  return { flash: new Uint8Array(FLASH_BYTES).fill(0xff), fram: new Uint8Array(FRAM_BYTES) }
}

const FLASH_BYTES = 16 * 1024 * 1024
const FRAM_BYTES = 32 * 1024
/** Longest stretch of virtual time between two looks at the world outside a board that is off, ms. */
const STEP_ms = 10
/** Steps of virtual time: sums of them are exact for a year, so that it makes no difference who waited how often. */
const GRAIN_us = 1 / 256
/** DeviceScript's runtime answers for a script's services as a device whose id is its own with these bits turned. */
const SERVICES_DEVICE = [0xf8, 0x53, 0x1b, 0x75, 0xa7, 0x49, 0x22, 0xdb]

/**
 * A whole simulated board: MCU, chips, circuit and cells under one clock. It is powered, cut, reset and
 * spoken to like a real one; what it knows of its cells it knows through its converters.
 */
export class SimulatedBoard {
  readonly clock = new Clock()
  readonly errors: BoardErrors
  readonly channels: ChannelFrontEnd[] = []
  /** The cell that each holder came with. */
  readonly cells: (Cell | undefined)[]
  readonly i2c: I2cBus
  /** May be told to fail in the middle of a transfer. */
  readonly supply = new Supply(() => this.powerOff())
  readonly flash: W25q128
  readonly flashMemory: Uint8Array
  readonly framMemory: Uint8Array
  /** Of the coarse DAC and the fine one. */
  readonly eeproms: readonly Uint8Array[]
  /** Where the board's frames and console lines go. */
  onFrame: (frame: Uint8Array) => void = () => {}
  onLog: (line: string) => void = () => {}
  private readonly mcuFlash: McuFlash = { content: new Uint8Array(MCU_FLASH_BYTES).fill(0xff) }
  private readonly chips: Chip[] = []
  private readonly safety: SafetyChain
  private readonly watchdog = new Watchdog(WATCHDOG_us)
  private readonly random: Random
  private readonly deviceId: number
  readonly spi: SpiBus
  /** A millisecond of the MCU's own crystal. */
  private readonly tick_us: number
  /** When its power was last cut. */
  cut_ms = Number.NaN
  private engine: Engine | undefined
  private resetAt_us = 0
  private deafUntil_us = 0
  private incoming: Uint8Array[] = []

  constructor(private readonly options: BoardOptions) {
    this.random = new Random(options.seed, "board")
    this.cells = Array.from({ length: manifest.channels }, (_, i) => options.cells?.[i])
    this.deviceId = this.random.uint32()
    const { flash, fram, eeproms } = options.memories ?? blankMemories()
    this.flashMemory = flash
    this.framMemory = fram
    this.eeproms = eeproms ?? [eepromAtMidScale(), eepromAtMidScale()]
    this.errors = drawBoardErrors(options.seed, manifest.channels, options.errors)
    this.tick_us = grained(1000 / (1 + this.errors.crystalError))
    const bus = manifest.boards.sim
    this.i2c = new I2cBus(this.clock, this.supply, bus.i2c.kHz, (until_us) => this.hold(until_us))
    this.flash = new W25q128({
      name: "W25Q128",
      clock: this.clock,
      memory: this.flashMemory,
      random: this.random.stream("flash"),
    })
    this.spi = new SpiBus(this.clock, this.flash, this.supply, bus.spi.kHz)
    this.safety = new SafetyChain(
      manifest.expanderPins.relay,
      manifest.expanderPins.heartbeat,
      this.errors.dropOut_s * 1e6,
      (channel, closed, at_us) => this.channels[channel].setRelay(closed, at_us),
    )
    for (let i = 0; i < manifest.channels; i++)
      this.channels.push(
        new ChannelFrontEnd({
          circuit: manifest.frontEnd,
          errors: this.errors.channels[i],
          cell: this.cells[i],
        }),
      )
    this.solder()
    if (options.firmware instanceof Uint8Array) this.newVm().deploy(options.firmware)
  }

  /** Rails up, MCU out of reset. The firmware's first line runs 1.2 s later. */
  powerOn(): void {
    this.supply.switchOn()
    for (const channel of this.channels) channel.setPowered(true, this.clock.now_us)
    for (const chip of this.chips) chip.powerOn()
    if (this.options.watchdog !== false) this.watchdog.begin(this.clock.now_us)
    this.resetMcu()
  }

  /** Cuts the supply at this instant. */
  powerOff(): void {
    this.supply.switchOff()
    this.cut_ms = this.now_ms
    this.engine = undefined
    this.incoming = []
    this.safety.powerOff(this.clock.now_us)
    this.watchdog.powerOff()
    this.i2c.lines.release()
    for (const chip of this.chips) chip.powerOff()
    for (const channel of this.channels) channel.setPowered(false, this.clock.now_us)
  }

  /** Resets the MCU alone: every chip keeps its state. @param low_us how long its reset is held */
  resetMcu(low_us = 0): void {
    this.incoming = []
    this.deafUntil_us = 0
    this.supply.restart()
    // Its pins float, and the flash's chip select is pulled up.
    this.spi.deselect()
    this.resetAt_us = this.clock.now_us + low_us
    this.engine = this.newEngine()
  }

  /** Writes another program into the MCU while it runs, as a host that updates it does. */
  deploy(program: Uint8Array): void {
    if (!(this.engine instanceof Vm)) throw new Error("Only DeviceScript's VM takes a program.")
    this.engine.deploy(program)
  }

  /** From now on the MCU sleeps for so long, whatever is due, unless a frame comes: it has missed its timer. */
  loseTimerFor_ms(duration_ms: number): void {
    this.deafUntil_us = this.clock.now_us + duration_ms * 1000
  }

  /** A Jacdac frame on its way to the board, which drops what is cut short, too long or garbled. */
  send(frame: Uint8Array): void {
    if (isFrame(frame)) this.incoming.push(frame)
  }

  /** Whether it has power. */
  get isOn(): boolean {
    return this.engine !== undefined
  }

  /** The microcontroller's RAM, where DeviceScript's VM runs the firmware: a witness of its heap. */
  get ram(): Uint8Array | undefined {
    return this.engine instanceof Vm ? this.engine.bytes : undefined
  }

  get now_ms(): number {
    return this.clock.now_us / 1000
  }

  advanceBy_ms(duration_ms: number): void {
    this.runUntil_ms(this.now_ms + duration_ms)
  }

  /** Runs the board, and lets its cells age, until a virtual instant. */
  runUntil_ms(until_ms: number): void {
    const { clock, tick_us } = this
    const until_us = grained(until_ms * 1000)
    while (clock.now_us < until_us) {
      let due_us = clock.now_us + STEP_ms * 1000
      if (this.watchdog.expires(clock.now_us)) this.bite()
      if (this.engine !== undefined && this.isAwake) {
        const began_us = clock.now_us
        const wait_ticks = this.process(this.engine)
        // The MCU's own crystal decides when its wait is over, and ticks whoever looks.
        due_us = this.resetAt_us + (Math.floor(this.sinceReset_ms) + wait_ticks) * tick_us
        // Time passes even for a script that never waits.
        if (clock.now_us === began_us) due_us = Math.max(due_us, began_us + 1)
      }
      this.safety.check(clock.now_us)
      due_us = Math.min(due_us, this.watchdog.bites_us)
      clock.now_us = Math.max(clock.now_us, Math.min(due_us, until_us))
    }
    for (const channel of this.channels) channel.advanceTo(clock.now_us)
  }

  /** Whether the firmware may run: out of reset, and not asleep for want of a timer. */
  private get isAwake(): boolean {
    const { now_us } = this.clock
    if (now_us < this.resetAt_us) return false
    if (this.incoming.length > 0) this.deafUntil_us = 0
    return now_us >= this.deafUntil_us
  }

  /** Lets time pass in a bus call that waits, while nothing else of the MCU runs. */
  private hold(until_us: number): void {
    const { clock, watchdog } = this
    const to_us = Math.min(until_us, watchdog.bites_us)
    if (to_us === Number.POSITIVE_INFINITY)
      throw new Error("The I2C bus is held for ever, and no watchdog resets the MCU.")
    clock.now_us = Math.max(clock.now_us, to_us)
    this.safety.check(clock.now_us)
    if (watchdog.expires(clock.now_us)) this.supply.reset("watchdog")
  }

  /** The watchdog resets the MCU, and begins anew. */
  private bite(): void {
    const { clock, watchdog } = this
    this.onLog("The watchdog resets the MCU.")
    watchdog.begin(clock.now_us)
    this.resetMcu(WATCHDOG_RESET_us)
  }

  /** Lets the firmware run. @returns the milliseconds of its clock until something may be due again */
  private process(engine: Engine): number {
    try {
      for (const frame of this.incoming.splice(0)) engine.receive(frame)
      return engine.process()
    } catch (error) {
      if (error instanceof PowerCut) return 0
      if (!(error instanceof McuReset)) throw error
      if (error.why === "watchdog") this.bite()
      else {
        this.onLog(error.message)
        this.resetMcu()
      }
      return 0
    }
  }

  /** By the MCU's own crystal. */
  private get sinceReset_ms(): number {
    return (this.clock.now_us - this.resetAt_us) / this.tick_us
  }

  private engineHost(): EngineHost {
    return {
      now_ms: () => this.sinceReset_ms,
      frame: (frame) => {
        // Also a firmware that catches everything sends nothing without power.
        if (this.isOn) this.onFrame(frame)
      },
      log: (line) => this.onLog(line),
      panic: (code) => this.onLog(`panic ${code}`),
    }
  }

  private newEngine(): Engine {
    const { firmware } = this.options
    if (firmware instanceof Uint8Array) return this.newVm()
    if (firmware === "native") return this.newNative()
    const { clock, i2c, spi, supply, tick_us } = this
    const random = this.random.stream("mcu")
    return firmware({ host: this.engineHost(), clock, i2c, spi, supply, random, tick_us })
  }

  private newNative(): NativeEngine {
    const own = Buffer.from("cell\0\0\0\0")
    own.writeUInt32LE(this.deviceId, 4)
    const deviceId = own.map((byte, i) => byte ^ SERVICES_DEVICE[i])
    const { i2c, spi } = this
    return new NativeEngine({ host: this.engineHost(), i2c, spi, boardName: "sim", deviceId })
  }

  private newVm(): Vm {
    const { spi, busFreeing } = manifest.boards.sim
    const port = new Port(this.i2c, this.spi, { select: spi.select, ...busFreeing })
    const message = (memory: Uint8Array, pointer: number, size: number) =>
      port.message(memory, pointer, size)
    const random = this.random.stream("mcu")
    const host = { ...this.engineHost(), port: message, opened: () => port.open() }
    return new Vm(host, this.mcuFlash, this.deviceId, random)
  }

  private solder(): void {
    const { clock, i2c, random, errors } = this
    const parts = manifest.chips
    const add = (at: string, chip: Chip & Parameters<I2cBus["connect"]>[1]) => {
      this.chips.push(chip)
      i2c.connect(address(at), chip)
    }
    this.chips.push(this.flash)
    this.channels.forEach((inputs, i) => {
      const at = parts.adc.addresses[i]
      const name = `ADS122C04 ${at}`
      const noise = random.stream(name)
      add(at, new Ads122c04({ name, clock, inputs, errors: errors.adcs[i], random: noise }))
    })
    const reference_V = () => manifest.frontEnd.dacReference_V * (1 + errors.dacReferenceError)
    const [coarseAt] = parts.dacCoarse.addresses
    const [fineAt] = parts.dacFine.addresses
    add(
      coarseAt,
      new Mcp4728({
        name: `MCP4728 ${coarseAt}`,
        clock,
        reference_V,
        errors: errors.dacCoarse,
        eeprom: this.eeproms[0],
        onOutput: (i, voltage_V) => this.channels[i].setCoarse_V(voltage_V, clock.now_us),
        address: address(coarseAt),
      }),
    )
    add(
      fineAt,
      new Mcp4728({
        name: `MCP4728 ${fineAt}`,
        clock,
        reference_V,
        errors: errors.dacFine,
        eeprom: this.eeproms[1],
        onOutput: (i, voltage_V) => this.channels[i].setFine_V(voltage_V, clock.now_us),
        address: address(fineAt),
      }),
    )
    const [expanderAt] = parts.expander.addresses
    add(
      expanderAt,
      new Mcp23008({
        name: `MCP23008 ${expanderAt}`,
        onPins: (driven, level) => {
          this.safety.setPins(driven, level, clock.now_us)
          const heartbeat = (driven & level) >> manifest.expanderPins.heartbeat
          this.watchdog.setDone(heartbeat & 1, clock.now_us)
        },
      }),
    )
    const [thermometerAt] = parts.thermometer.addresses
    add(
      thermometerAt,
      new Tmp117({
        name: `TMP117 ${thermometerAt}`,
        clock,
        temperature_degC: () => errors.temperature_C,
      }),
    )
    const [framAt] = parts.fram.addresses
    add(framAt, new Mb85rc256v({ name: `MB85RC256V ${framAt}`, memory: this.framMemory }))
  }
}

function grained(time_us: number): number {
  return Math.round(time_us / GRAIN_us) * GRAIN_us
}
