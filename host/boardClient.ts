import { type JDService, Packet, REPORT_RECEIVE } from "jacdac-ts"
import { BoardError } from "./errors"
import { PAGE_BYTES } from "./log/page"
import * as service from "./service"
import type { Link } from "./transport/link"

export interface ChannelStatus {
  channel: number
  /** Idle, Zeroing, Running, Finished or Fault. */
  state: string
  fault: string
  test: number
  /** Index of the step in the step table; 255 when none runs. */
  step: number
  cycle: number
  testTime_s: number
  voltage_V: number
  current_A: number
  stepCharge_Ah: number
}

const GET_REGISTER = 0x1000
/** A board announces itself twice a second, 1.2 s after its start at the earliest. */
const APPEAR_ms = 5_000
/** Longest wait for an answer: the flash may be erasing, and a script sends a packet every 20 ms. */
const ANSWER_ms = 2_000
const PROGRAM_CHUNK = 192
const LOG_CHUNK = 224
/** Requests under way at once while the log is read. */
const LOG_WINDOW = 8

/** Speaks to one board over its Jacdac service. */
export class BoardClient {
  private constructor(
    private readonly link: Link,
    private readonly deviceId: string,
  ) {}

  /**
   * Finds the board on a link.
   * @throws BoardError when no board with our firmware appears
   */
  static async find(link: Link): Promise<BoardClient> {
    const found = await appear(link, () => true)
    if (found === undefined)
      throw new BoardError(
        "No board with coincell firmware answers. Is it powered, plugged in and flashed?",
      )
    return new BoardClient(link, found.device.deviceId)
  }

  async register(name: string): Promise<service.Values> {
    const packet = Packet.onlyHeader(GET_REGISTER | service.registerCode(name))
    return service.unpackRegister(name, (await this.ask(packet, name)).data)
  }

  /** What keeps the board from testing; empty when all is well. */
  async problem(): Promise<string> {
    return String((await this.register("problem"))[0])
  }

  async channels(): Promise<number> {
    return Number((await this.register("channels"))[0])
  }

  /** Loads a program into a channel and starts it as test `test`. */
  async start(channel: number, test: number, program: Uint8Array): Promise<void> {
    for (let offset = 0; offset < program.length; offset += PROGRAM_CHUNK) {
      const part = program.slice(offset, offset + PROGRAM_CHUNK)
      const [, , result] = await this.command("write_program", [offset, channel, part])
      await this.check(channel, Number(result))
    }
    const [, result, step, key] = await this.command("start", [test, program.length, channel])
    if (service.enumName("Result", Number(result)) === "BadProgram")
      throw new BoardError(
        `The board refuses step ${Number(step)} of channel ${channel}'s program: ` +
          `its ${service.enumName("Key", Number(key))} is beyond what the board can run.`,
      )
    await this.check(channel, Number(result))
  }

  async stop(channel: number): Promise<void> {
    await this.check(channel, Number((await this.command("stop", [channel]))[1]))
  }

  async writeCalibration(channel: number, bytes: Uint8Array): Promise<void> {
    await this.check(
      channel,
      Number((await this.command("write_calibration", [channel, bytes]))[1]),
    )
  }

  async status(channel: number): Promise<ChannelStatus> {
    const values = (await this.command("status", [channel])).map(Number)
    const [cycle, time_ms, voltage_uV, current_nA, charge_nAh, test, , state, fault, step] = values
    return {
      channel,
      state: service.enumName("State", state),
      fault: service.enumName("Fault", fault),
      test,
      step,
      cycle,
      testTime_s: time_ms / 1000,
      voltage_V: voltage_uV / 1e6,
      current_A: current_nA / 1e9,
      stepCharge_Ah: charge_nAh / 1e9,
    }
  }

  /** Sequence numbers of the log's oldest page and of the one to come. */
  async logRange(): Promise<{ first: number; next: number }> {
    const [first, next] = (await this.register("log_range")).map(Number)
    return { first, next }
  }

  /**
   * Reads pages `first` to `next` − 1 as the board has them, several requests under way at once.
   * @param onProgress hears the share that is done, 0 … 1
   */
  async readLog(
    first: number,
    next: number,
    onProgress: (share: number) => void = () => {},
  ): Promise<Uint8Array> {
    const log = new Uint8Array((next - first) * PAGE_BYTES)
    const missing = new Set<number>()
    for (let at = 0; at < log.length; at += LOG_CHUNK) missing.add(at)
    const chunks = missing.size
    const code = service.commandCode("read_log")
    const receive = (packet: Packet) => {
      if (packet.serviceCommand !== code) return
      const [page, offset, data] = service.unpackReport("read_log", packet.data)
      const at = (Number(page) - first) * PAGE_BYTES + Number(offset)
      if (missing.delete(at)) log.set((data as Uint8Array).subarray(0, log.length - at), at)
    }
    const board = await this.service()
    board.on(REPORT_RECEIVE, receive)
    try {
      let silentSince_ms = this.link.now_ms
      while (missing.size > 0) {
        const asked = [...missing].slice(0, LOG_WINDOW)
        for (const at of asked) {
          const page = first + Math.floor(at / PAGE_BYTES)
          const count = Math.min(LOG_CHUNK, log.length - at)
          const data = service.packCommand("read_log", [page, at % PAGE_BYTES, count])
          await board.sendCmdAsync(code, data)
        }
        const before = missing.size
        for (let waited = 0; asked.some((at) => missing.has(at)) && waited < 50; waited++)
          await this.link.settle(this.link.bus.delay(10))
        if (missing.size < before) silentSince_ms = this.link.now_ms
        else if (this.link.now_ms - silentSince_ms > ANSWER_ms)
          throw new BoardError("The board stopped answering while its log was read. Try again.")
        onProgress(1 - missing.size / chunks)
      }
    } finally {
      board.off(REPORT_RECEIVE, receive)
    }
    return log
  }

  /** The board's service as it is now: a board that restarted has a new one. */
  private async service(): Promise<JDService> {
    const found = await appear(this.link, (one) => one.device.deviceId === this.deviceId)
    if (found === undefined)
      throw new BoardError("The board is gone from its link. Is it still powered and plugged in?")
    return found
  }

  private async command(name: string, values: service.Values): Promise<service.Values> {
    const packet = Packet.from(service.commandCode(name), service.packCommand(name, values))
    return service.unpackReport(name, (await this.ask(packet, name)).data)
  }

  private async ask(packet: Packet, what: string): Promise<Packet> {
    const board = await this.service()
    try {
      return await this.link.settle(board.sendCmdAwaitResponseAsync(packet, ANSWER_ms))
    } catch {
      throw new BoardError(`The board does not answer '${what}'. Is it still plugged in?`)
    }
  }

  private async check(channel: number, result: number): Promise<void> {
    const name = service.enumName("Result", result)
    if (name === "Done") return
    if (name === "BoardProblem")
      throw new BoardError(`The board cannot test: ${await this.problem()}.`)
    const why: Record<string, string> = {
      NoSuchChannel: "the board has no such channel",
      ChannelBusy: "a test is running on it: stop that first",
      BadData: "the board could not read what it was sent",
    }
    throw new BoardError(`Channel ${channel}: ${why[name] ?? name}.`)
  }
}

/** Waits for a board's service to be announced on a link, but not for ever. */
async function appear(
  link: Link,
  isWanted: (one: JDService) => boolean,
): Promise<JDService | undefined> {
  const until_ms = link.now_ms + APPEAR_ms
  for (;;) {
    const services = link.bus.services({ serviceClass: service.serviceClass() })
    const found = services.find(isWanted)
    if (found !== undefined || link.now_ms >= until_ms) return found
    await link.settle(link.bus.delay(100))
  }
}
