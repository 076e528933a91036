import { type JDService, Packet, REPORT_RECEIVE } from "jacdac-ts"
import { BoardError } from "../errors"
import * as service from "../service"
import type { Link } from "../transport/link"

const GET_REGISTER = 0x1000
/** A board announces itself twice a second, 1.2 s after its start at the earliest. */
const APPEAR_ms = 5_000
/** Longest wait for an answer: the flash may be erasing, and a script sends a packet every 20 ms. */
export const ANSWER_ms = 2_000

/** One board's service on a link: commands and registers by name, one answer for each. */
export class BoardPort {
  /** Answers carry no number, so that one board's questions wait for each other. */
  private last: Promise<unknown> = Promise.resolve()

  private constructor(
    readonly link: Link,
    /** Of the microcontroller, 16 hexadecimal digits: no two boards have the same. */
    readonly deviceId: string,
    /** Four characters made from it, as people and Jacdac's tools call the board. */
    readonly shortId: string,
  ) {}

  /**
   * @param deviceId which board; undefined for the first that appears
   * @throws BoardError when no such board with our firmware appears
   */
  static async find(link: Link, deviceId?: string): Promise<BoardPort> {
    const isWanted = (one: JDService) => deviceId === undefined || one.device.deviceId === deviceId
    const found = await appear(link, isWanted)
    if (found === undefined)
      throw new BoardError(
        `No board with coincell firmware answers at ${link.address}. Is it powered, plugged in and flashed?`,
      )
    return new BoardPort(link, found.device.deviceId, found.device.shortId)
  }

  async register(name: string): Promise<service.Values> {
    const packet = Packet.onlyHeader(GET_REGISTER | service.registerCode(name))
    const read = (data: Uint8Array) => service.unpackRegister(name, data)
    return this.ask(packet, name, ANSWER_ms, read, () => true)
  }

  /** Sends a command and gives its report. */
  async command(
    name: string,
    values: service.Values,
    answer_ms = ANSWER_ms,
  ): Promise<service.Values> {
    const packet = Packet.from(service.commandCode(name), service.packCommand(name, values))
    const read = (data: Uint8Array) => service.unpackReport(name, data)
    return this.ask(packet, name, answer_ms, read, (report) =>
      service.isAnswer(name, values, report),
    )
  }

  /** Sends a command; its reports come to whoever listens. */
  async send(name: string, values: service.Values): Promise<void> {
    const board = await this.service()
    await board.sendCmdAsync(service.commandCode(name), service.packCommand(name, values))
  }

  /** Hears a command's reports until the function that it gives is called. */
  async listen(name: string, onReport: (values: service.Values) => void): Promise<() => void> {
    const code = service.commandCode(name)
    const receive = (packet: Packet) => {
      if (packet.serviceCommand === code) onReport(service.unpackReport(name, packet.data))
    }
    const board = await this.service()
    board.on(REPORT_RECEIVE, receive)
    return () => board.off(REPORT_RECEIVE, receive)
  }

  /** The board's service as it is now: a board that restarted has a new one. */
  private async service(): Promise<JDService> {
    const found = await appear(this.link, (one) => one.device.deviceId === this.deviceId)
    if (found === undefined)
      throw new BoardError("The board is gone from its link. Is it still powered and plugged in?")
    return found
  }

  /** Sends a packet and waits for its answer, after those before it. */
  private ask(
    packet: Packet,
    what: string,
    answer_ms: number,
    read: (data: Uint8Array) => service.Values,
    isAnswer: (values: service.Values) => boolean,
  ): Promise<service.Values> {
    const answer = this.last.then(async () => {
      const board = await this.service()
      const code = packet.serviceCommand
      let found: service.Values | undefined
      const wait = new Promise<void>((resolve) => {
        const receive = (report: Packet) => {
          if (report.serviceCommand !== code) return
          const values = read(report.data)
          if (!isAnswer(values)) return
          found = values
          end()
        }
        const end = () => {
          board.off(REPORT_RECEIVE, receive)
          resolve()
        }
        board.on(REPORT_RECEIVE, receive)
        this.link.bus.delay(answer_ms).then(end)
      })
      await board.sendPacketAsync(packet)
      await this.link.settle(wait)
      if (found === undefined)
        throw new BoardError(
          `The board does not answer '${what}'. Is it still plugged in, and is its firmware of ` +
            "this version?",
        )
      return found
    })
    this.last = answer.catch(() => {})
    return answer
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
