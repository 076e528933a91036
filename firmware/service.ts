import * as ds from "@devicescript/core"
import { Server } from "@devicescript/server"
import type { Board } from "./assemble"
import { circuit, manifest } from "./boards/manifest.generated"
import { CALIBRATION_BYTES } from "./core/calibration"
import type { Channel } from "./core/channel"
import { FLASH_COMMAND_BYTES, PAGE_BYTES } from "./core/ports"
import { MAX_PROGRAM_BYTES } from "./core/program"
import { STOPPED_BY_HOST } from "./core/states"
import { NO_STEP } from "./core/stepEngine"

/** Jacdac's largest payload less the head of a `read_log` report. */
const MAX_LOG_BYTES = 224

/** How often a busy flash is asked, every 2 ms: an erase takes 400 ms at most. */
const FLASH_TRIES = 300

/**
 * The host's side of the board: services/coincell.md. DeviceScript calls a method with all of a packet's
 * fields as one array.
 */
export class CoincellService extends Server {
  /** What keeps the board from testing; empty when all is well. */
  trouble = ""
  private readonly frame = Buffer.alloc(FLASH_COMMAND_BYTES + PAGE_BYTES)

  constructor(private readonly board: Board) {
    super(ds.Coincell.spec)
  }

  channels() {
    return manifest.channels
  }

  bootCount() {
    return this.board.memory.bootCount
  }

  problem() {
    return this.trouble
  }

  logRange() {
    const log = this.board.tester.log
    return [log.first, log.next]
  }

  temperatureMdegc() {
    const temperature_degC = this.board.thermometer.temperature_degC()
    return temperature_degC === undefined ? undefined : Math.round(temperature_degC * 1000)
  }

  writeProgram(args: [offset: number, channel: number, data: Buffer]) {
    let result = this.refusal(args[1])
    if (result === ds.CoincellResult.Done)
      try {
        if (!this.board.memory.writeProgram(args[1], args[0], args[2]))
          result = ds.CoincellResult.BadData
      } catch (e) {
        result = this.chipLost(e as Error)
      }
    return [args[0], args[1], result]
  }

  start(args: [test: number, length: number, channel: number]) {
    const length = args[1]
    const index = args[2]
    let result = this.refusal(index)
    if (result === ds.CoincellResult.Done && length > MAX_PROGRAM_BYTES)
      result = ds.CoincellResult.BadData
    if (result === ds.CoincellResult.Done)
      try {
        this.board.memory.readProgram(index, length)
      } catch (e) {
        result = this.chipLost(e as Error)
      }
    if (result !== ds.CoincellResult.Done) return [index, result, 0, 0]
    const channel = this.board.tester.channels[index]
    const program = channel.program
    if (!program.load(this.board.memory.scratch, length, circuit))
      return [index, ds.CoincellResult.BadProgram, program.refusedStep, program.refusedKey]
    channel.start(args[0], ds.millis(), this.board.thermometer.temperature_degC())
    return [index, result, 0, 0]
  }

  stop(index: number) {
    const channel = this.channel(index)
    if (channel === undefined) return [index, ds.CoincellResult.NoSuchChannel]
    channel.stop(STOPPED_BY_HOST, ds.millis())
    return [index, ds.CoincellResult.Done]
  }

  status(index: number) {
    const channel = this.channel(index)
    if (channel === undefined) return [0, 0, 0, 0, 0, 0, index, 0, 0, 0]
    return [
      channel.engine.cycle,
      channel.testTime_ms(ds.millis()),
      Math.round(channel.voltage_V() * 1e6),
      Math.round(channel.current_A() * 1e9),
      Math.round(channel.stepCharge_mAs / 3.6e-3),
      channel.test,
      index,
      channel.state,
      channel.fault,
      channel.engine.index === NO_STEP ? 255 : channel.engine.index,
    ]
  }

  async readLog(args: [page: number, offset: number, count: number]) {
    const page = args[0]
    const offset = args[1]
    const count = Math.min(args[2], MAX_LOG_BYTES)
    // A busy flash answers nothing but its status; an erase takes 45 ms.
    for (let tries = 0; tries < FLASH_TRIES && this.board.flash.isBusy(); ++tries) await ds.sleep(2)
    const place = page % manifest.chips.flash.pages
    this.board.flash.read(place * PAGE_BYTES + offset, this.frame)
    return [page, offset, this.frame.slice(FLASH_COMMAND_BYTES, FLASH_COMMAND_BYTES + count)]
  }

  writeCalibration(args: [channel: number, data: Buffer]) {
    const index = args[0]
    const bytes = args[1]
    let result = this.refusal(index)
    if (result === ds.CoincellResult.Done)
      try {
        const calibration = this.board.tester.channels[index].calibration
        if (bytes.length === CALIBRATION_BYTES && calibration.read(bytes))
          this.board.memory.writeCalibration(index, bytes)
        else result = ds.CoincellResult.BadData
      } catch (e) {
        result = this.chipLost(e as Error)
      }
    return [index, result]
  }

  /** Why a channel cannot be given anything new, or `Done` when it can. */
  private refusal(index: number): ds.CoincellResult {
    const channel = this.channel(index)
    if (channel === undefined) return ds.CoincellResult.NoSuchChannel
    if (this.trouble !== "") return ds.CoincellResult.BoardProblem
    return channel.isBusy ? ds.CoincellResult.ChannelBusy : ds.CoincellResult.Done
  }

  /** A chip no longer answers: that is the board's problem from now on, and stops no test. */
  private chipLost(error: Error): ds.CoincellResult {
    this.trouble = error.message
    return ds.CoincellResult.BoardProblem
  }

  private channel(index: number): Channel | undefined {
    return index < manifest.channels ? this.board.tester.channels[index] : undefined
  }
}
