import { type JDDevice, type JDService, PACKET_ANNOUNCE, Packet, REPORT_RECEIVE } from "jacdac-ts"
import { BoardError } from "../errors"
import * as service from "../service"
import type { Link } from "../transport/link"

const GET_REGISTER = 0x1000
/** A board announces itself twice a second, 1.2 s after its start at the earliest. */
const APPEAR_ms = 5_000
/** All boards on a bus have announced themselves within that. */
const ANNOUNCED_ms = 600
/** Longest wait for an answer: the flash may be erasing, and a script sends a packet every 20 ms. */
export const ANSWER_ms = 2_000
/** A board that has announced itself may still be reading its log. */
const START_ms = 5_000
/** Done a second time, these would be refused; a board that is there is asked anything else again. */
const ONCE = new Set(["start", "pause", "resume"])
const MOST_LOST = 2
/** A board counts its announcements since its start so far. */
const MOST_COUNTED = 15
/** Two announcements that did not come. */
const SILENT_ms = 1_200
/** Its problem then, as the firmware says it. */
const STARTING = "it is still starting"

const GONE = "The board is gone from its link. Is it still powered and plugged in?"
const silence = (what: string) =>
  `The board does not answer '${what}'. Is it still plugged in, and is its firmware of this version?`

/** A packet to the board, and how its answer is known. */
interface Question {
  what: string
  packet: Packet
  answer_ms: number
  read: (data: Uint8Array) => service.Values
  isAnswer: (values: service.Values) => boolean
}

/** One board's service on a link: commands and registers by name, one answer for each. */
export class BoardPort {
  /** Answers carry no number, so that one board's questions wait for each other. */
  private last: Promise<unknown> = Promise.resolve()
  private device: JDDevice | undefined
  /** Whether the board has started, as far as we know. */
  private isReady = false
  /** What ends the waiting for answers that no longer come. */
  private readonly awaited = new Set<() => void>()

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

  /** Ids of the boards on a link: of all that announce themselves in the second after the first. */
  static async list(link: Link): Promise<string[]> {
    if ((await appear(link, () => true)) === undefined) return []
    await link.settle(link.bus.delay(ANNOUNCED_ms))
    return link.bus
      .services({ serviceClass: service.serviceClass() })
      .map((one) => one.device.deviceId)
  }

  register(name: string): Promise<service.Values> {
    return this.ask(this.question(name))
  }

  /** Sends a command and gives its report. A board that restarts meanwhile is waited for, and told again. */
  command(name: string, values: service.Values, answer_ms = ANSWER_ms): Promise<service.Values> {
    return this.ask({
      what: name,
      packet: Packet.from(service.commandCode(name), service.packCommand(name, values)),
      answer_ms,
      read: (data) => service.unpackReport(name, data),
      isAnswer: (report) => service.isAnswer(name, values, report),
    })
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

  /** The board's service as it is now, with the board ready: one that restarted says so. */
  private async service(): Promise<JDService> {
    const found = await appear(this.link, (one) => one.device.deviceId === this.deviceId)
    if (found === undefined) throw new BoardError(GONE)
    const { device } = found
    if (device !== this.device) {
      this.device = device
      this.isReady = false
      this.watchRestarts(device)
    }
    if (!this.isReady) await this.becomeReady(found)
    return found
  }

  /** A count that does not grow is a restart; jacdac-ts sees only one that falls. */
  private watchRestarts(device: JDDevice): void {
    let before = device.restartCounter
    device.on(PACKET_ANNOUNCE, () => {
      const count = device.restartCounter
      const isRestarted = count <= before && count < MOST_COUNTED
      before = count
      if (!isRestarted) return
      this.isReady = false
      for (const end of this.awaited) end()
    })
  }

  /** A board announces itself before it has read its log; one with a problem stays so. */
  private async becomeReady(board: JDService): Promise<void> {
    this.isReady = true
    const until_ms = this.link.now_ms + START_ms
    while (this.link.now_ms < until_ms) {
      const [boots] = (await this.exchange(board, this.question("boot_count"))) ?? [0]
      if (boots !== 0) return
      const [problem] = (await this.exchange(board, this.question("problem"))) ?? [STARTING]
      if (problem !== STARTING) return
      await this.link.settle(this.link.bus.delay(100))
    }
  }

  private question(name: string): Question {
    return {
      what: name,
      packet: Packet.onlyHeader(GET_REGISTER | service.registerCode(name)),
      answer_ms: ANSWER_ms,
      read: (data) => service.unpackRegister(name, data),
      isAnswer: () => true,
    }
  }

  /** Asks, after what was asked before. A board that restarts over it is asked again. */
  private ask(question: Question): Promise<service.Values> {
    const answer = this.last.then(async () => {
      const { link } = this
      const until_ms = link.now_ms + question.answer_ms + START_ms
      for (let lost = 0; ; ) {
        const board = await this.service()
        const found = await this.exchange(board, question)
        if (found !== undefined) return found
        // Its supply may be off for a moment; or this computer slept, and hears it again before long.
        while (this.isReady && !this.isHeard()) {
          if (link.now_ms >= until_ms) throw new BoardError(GONE)
          await link.settle(link.bus.delay(100))
        }
        if (!this.isReady) {
          if (link.now_ms >= until_ms) throw new BoardError(silence(question.what))
          continue
        }
        // It goes on without a restart: the frame was garbled on its way, or its answer was lost.
        if (ONCE.has(question.what) || ++lost > MOST_LOST)
          throw new BoardError(silence(question.what))
      }
    })
    this.last = answer.catch(() => {})
    return answer
  }

  /** Whether the board has sent anything of late. */
  private isHeard(): boolean {
    const { bus } = this.link
    const device = bus.device(this.deviceId, true)
    return device !== undefined && bus.timestamp - device.lastSeen < SILENT_ms
  }

  /** Sends a packet and waits for its answer; undefined when none comes, or the board restarts. */
  private async exchange(
    board: JDService,
    { packet, answer_ms, read, isAnswer }: Question,
  ): Promise<service.Values | undefined> {
    let found: service.Values | undefined
    const wait = new Promise<void>((resolve) => {
      const receive = (report: Packet) => {
        if (report.serviceCommand !== packet.serviceCommand) return
        const values = read(report.data)
        if (!isAnswer(values)) return
        found = values
        end()
      }
      const { scheduler } = this.link.bus
      const end = () => {
        board.off(REPORT_RECEIVE, receive)
        this.awaited.delete(end)
        // Hundreds of boards answer thousands of questions before their time is up.
        scheduler.clearTimeout(timer)
        resolve()
      }
      board.on(REPORT_RECEIVE, receive)
      this.awaited.add(end)
      const timer = scheduler.setTimeout(end, answer_ms)
    })
    await board.sendPacketAsync(packet)
    await this.link.settle(wait)
    return found
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
