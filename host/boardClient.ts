import { HEADER_BYTES } from "../firmware/core/program"
import { type FirmwareMark, parseFirmware } from "./board/firmware"
import { readPages } from "./board/logDownload"
import type { Pages } from "./board/logWindow"
import { BoardPort } from "./board/port"
import { type ChannelStatus, channelStatus } from "./board/status"
import { BoardError, ProgramRefusedError } from "./errors"
import { PAGE_BYTES } from "./log/page"
import * as service from "./service"
import type { Link } from "./transport/link"

export type { ChannelStatus } from "./board/status"

/** Sequence numbers of log pages, and what the board does when there is no room for another. */
export interface LogRange {
  /** The oldest page in flash, and the one to come. */
  first: number
  next: number
  /** All pages below are safely stored by a host, or may be overwritten. */
  downloaded: number
  released: number
  policy: LogPolicy
  isFull: boolean
}

/** When the log is full: pause the tests, or overwrite the oldest pages that a host has stored. */
export type LogPolicy = "Stop" | "Overwrite"

const PROGRAM_CHUNK = 192
/** Where a program's header ends: its CRC-32 tells programs apart. */
const CHECKSUM_AT = HEADER_BYTES - 4
/** The board checks a program step by step, beside its tests. */
const CHECK_ms = 15_000
const WHOLE_PROGRAM = 255

/** Speaks to one board over its Jacdac service, which `firmware/services/coincell.md` defines. */
export class BoardClient {
  private constructor(private readonly port: BoardPort) {}

  /** 16 hexadecimal digits: no two boards have the same. */
  get id(): string {
    return this.port.deviceId
  }

  /** Four characters made from the id, as people and Jacdac's tools call the board. */
  get name(): string {
    return this.port.shortId
  }

  /**
   * Finds the board on a link. Call `setTime` next: a board has no clock of its own.
   * @param id which board; undefined for the first that appears
   * @throws BoardError when no such board with our firmware appears
   */
  static async find(link: Link, id?: string): Promise<BoardClient> {
    return new BoardClient(await BoardPort.find(link, id))
  }

  register(name: string): Promise<service.Values> {
    return this.port.register(name)
  }

  /** What its firmware says of itself. */
  async firmware(): Promise<FirmwareMark> {
    return parseFirmware(String((await this.register("firmware"))[0]))
  }

  /** What keeps the board from testing; empty when all is well. */
  async problem(): Promise<string> {
    return String((await this.register("problem"))[0])
  }

  async channels(): Promise<number> {
    return Number((await this.register("channels"))[0])
  }

  /** Starts of the board so far, this one included. */
  async bootCount(): Promise<number> {
    return Number((await this.register("boot_count"))[0])
  }

  /** @returns board time at which it took the new time, ms since its start */
  async setTime(unix_ms: number): Promise<number> {
    return Number((await this.port.command("set_time", [unix_ms]))[0])
  }

  /** The board's time, ms since its start, and the Unix time that it takes it for, once that is set. */
  async time(): Promise<{ board_ms: number; unix_ms: number | undefined }> {
    const [board_ms, unix_ms] = (await this.register("time")).map(Number)
    return { board_ms, unix_ms: unix_ms === 0 ? undefined : unix_ms }
  }

  /**
   * Loads a program into a channel and starts it as test `test`.
   * @throws ProgramRefusedError when the board cannot run it; BoardError when the channel cannot take it
   */
  async start(channel: number, test: number, program: Uint8Array): Promise<void> {
    await this.load(channel, program)
    await this.begin(channel, test, program)
  }

  /** Loads a program into a channel, which stays as it is. */
  async load(channel: number, program: Uint8Array): Promise<void> {
    for (let offset = 0; offset < program.length; offset += PROGRAM_CHUNK) {
      const part = program.slice(offset, offset + PROGRAM_CHUNK)
      const [, , result] = await this.port.command("write_program", [offset, channel, part])
      await this.check(channel, result)
    }
  }

  /** Starts the program that was loaded, as test `test`. @throws BoardError when another host has loaded another */
  async begin(channel: number, test: number, program: Uint8Array): Promise<void> {
    const asked = [checksumOf(program), test, channel]
    const [, , , result, step, key] = await this.port.command("start", asked, CHECK_ms)
    if (service.enumName("Result", Number(result)) === "BadProgram")
      throw new ProgramRefusedError(
        channel,
        step === WHOLE_PROGRAM ? undefined : Number(step),
        service.enumName("Key", Number(key)),
      )
    await this.check(channel, result)
  }

  /** Ends a test, be it running, paused or stopped by a fault: that is then confirmed. */
  stop(channel: number): Promise<void> {
    return this.order("stop", channel)
  }

  /** Lets the cell go, and keeps where its test stands. */
  pause(channel: number): Promise<void> {
    return this.order("pause", channel)
  }

  /** Goes on with a test that is paused, or that a fault stopped. */
  resume(channel: number): Promise<void> {
    return this.order("resume", channel)
  }

  async status(channel: number): Promise<ChannelStatus> {
    return channelStatus(await this.port.command("status", [channel]))
  }

  /** @param bytes of `encodeCalibration` */
  async writeCalibration(channel: number, bytes: Uint8Array): Promise<void> {
    const [, result] = await this.port.command("write_calibration", [channel, bytes])
    if (service.enumName("Result", Number(result)) === "BadData")
      throw new BoardError(
        `Channel ${channel}: the board takes no such calibration. The one before stays in force.`,
      )
    await this.check(channel, result)
  }

  /** A channel's calibration for `decodeCalibration`; undefined when it has none. */
  async readCalibration(channel: number): Promise<Uint8Array | undefined> {
    const [, result, data] = await this.port.command("read_calibration", [channel])
    if (service.enumName("Result", Number(result)) === "NotCalibrated") return undefined
    await this.check(channel, result)
    return data as Uint8Array
  }

  async logRange(): Promise<LogRange> {
    const [first, next, downloaded, released, policy, isFull] = (
      await this.register("log_range")
    ).map(Number)
    return {
      first,
      next,
      downloaded,
      released,
      policy: service.enumName("LogPolicy", policy) as LogPolicy,
      isFull: isFull !== 0,
    }
  }

  /**
   * Reads pages `first` to `next` − 1 as the board has them.
   * @param onProgress hears the share that is done, 0 … 1
   */
  async readLog(
    first: number,
    next: number,
    onProgress: (share: number) => void = () => {},
  ): Promise<Uint8Array> {
    const log = new Uint8Array((next - first) * PAGE_BYTES)
    let done = 0
    for await (const { bytes } of this.readPages(first, next)) {
      log.set(bytes, done)
      done += bytes.length
      onProgress(done / log.length)
    }
    return log
  }

  /**
   * Reads pages `first` to `next` − 1 as the board has them, some at once, in the memory of a few.
   * @param signal ends it early, without an error
   * @throws BoardError when the board stops answering
   */
  readPages(first: number, next: number, signal?: AbortSignal): AsyncGenerator<Pages> {
    return readPages(this.port, first, next, signal)
  }

  /** Tells the board that all pages below `next` are safely stored. */
  async acknowledgeLog(next: number): Promise<void> {
    const [downloaded, result] = await this.port.command("acknowledge_log", [next])
    await this.checkLog(next, Number(downloaded), result)
  }

  /** Lets the board overwrite all pages below `next`, stored or not. */
  async releaseLog(next: number): Promise<void> {
    const [released, result] = await this.port.command("release_log", [next])
    await this.checkLog(next, Number(released), result)
  }

  async setLogPolicy(policy: LogPolicy): Promise<void> {
    const [result] = await this.port.command("log_policy", [service.enumValue("LogPolicy", policy)])
    await this.checkLog(0, 0, result)
  }

  /** A command that names a channel and gives a result. */
  private async order(name: string, channel: number): Promise<void> {
    await this.check(channel, (await this.port.command(name, [channel]))[1])
  }

  /** @param stands what the board says of a pointer that was asked to go to `asked` */
  private async checkLog(asked: number, stands: number, result: service.Value): Promise<void> {
    if (service.enumName("Result", Number(result)) === "BoardProblem") await this.throwProblem()
    if (stands < asked)
      throw new BoardError(
        `The log cannot be given up below page ${asked}: the board has not written it yet.`,
      )
  }

  private async check(channel: number, result: service.Value): Promise<void> {
    const name = service.enumName("Result", Number(result))
    if (name === "Done") return
    if (name === "BoardProblem") await this.throwProblem()
    if (name === "NoSuchChannel")
      throw new BoardError(
        `The board has no channel ${channel}: its channels are 0 to ${(await this.channels()) - 1}.`,
      )
    const why: Record<string, string> = {
      ChannelBusy: "a test is running on it, or is paused: stop that first",
      BadData: "the board could not read what it was sent: is its firmware of this version?",
      NotCalibrated:
        "it has no calibration: calibrate it, or write 'allow_uncalibrated': true into the protocol",
      NotRunning: "no test is running on it",
      NotPaused: "no test is on it that could be gone on with",
      FaultLatched: "a fault ended its test: look at the cell, then stop or resume it",
      OtherProgram:
        "another host has just loaded another program into it. Agree on who uses the channel, and start again",
      LogFull: "the board's log is full: download and acknowledge it, or release its oldest pages",
    }
    throw new BoardError(`Channel ${channel}: ${why[name] ?? name}.`)
  }

  private async throwProblem(): Promise<never> {
    throw new BoardError(`The board cannot test: ${await this.problem()}.`)
  }
}

function checksumOf({ buffer, byteOffset, byteLength }: Uint8Array): number {
  return new DataView(buffer, byteOffset, byteLength).getInt32(CHECKSUM_AT, true)
}
