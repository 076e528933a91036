import {
  ControlReg,
  DeviceScriptManagerCmd,
  DeviceScriptManagerReg,
  type JDService,
  OutPipe,
  SRV_CONTROL,
  SRV_DEVICE_SCRIPT_MANAGER,
} from "jacdac-ts"
import { BoardError } from "../errors"
import type { Link } from "../transport/link"

/** A runtime announces itself twice a second, 1.2 s after its start at the earliest. */
const APPEAR_ms = 5_000
/** All runtimes on a bus have announced themselves within that. */
const ANNOUNCED_ms = 600
/** Reads of a register: each waits some tenths of a second, and an erase of the flash takes as long. */
const TRIES = 5

/** DeviceScript's runtime on a link: it runs a program, and takes another. */
export class Manager {
  private constructor(
    private readonly link: Link,
    readonly deviceId: string,
  ) {}

  /** All runtimes on a link; none when none announces itself in time. */
  static async list(link: Link): Promise<Manager[]> {
    const until_ms = link.now_ms + APPEAR_ms
    while (services(link).length === 0) {
      if (link.now_ms >= until_ms) return []
      await link.settle(link.bus.delay(100))
    }
    await link.settle(link.bus.delay(ANNOUNCED_ms))
    return services(link).map((one) => new Manager(link, one.device.deviceId))
  }

  /** What it runs on, by the number that its maker gave that. */
  async productId(): Promise<number> {
    const [control] = this.service().device.services({ serviceClass: SRV_CONTROL })
    return viewOf(await this.read(control, ControlReg.ProductIdentifier)).getUint32(0, true)
  }

  /** Bytes of its program; 0 when it has none. */
  async programSize(): Promise<number> {
    const bytes = await this.read(this.service(), DeviceScriptManagerReg.ProgramSize)
    return viewOf(bytes).getUint32(0, true)
  }

  /** SHA-256 of its program, hexadecimal; zeros when it has none. */
  async programHash(): Promise<string> {
    const bytes = await this.read(this.service(), DeviceScriptManagerReg.ProgramSha256)
    return Buffer.from(bytes).toString("hex")
  }

  /**
   * Stops the program, writes another and starts that. Cut in the middle, the runtime has no program, and takes one.
   * @param onProgress hears the share that is done, 0 … 1
   * @throws BoardError when the board no longer answers
   */
  async deploy(program: Uint8Array, onProgress: (share: number) => void): Promise<void> {
    const sending = OutPipe.sendBytes(
      this.service(),
      DeviceScriptManagerCmd.DeployBytecode,
      program,
      onProgress,
    )
    try {
      await this.link.settle(sending)
    } catch (error) {
      throw new BoardError(
        `The firmware was not written to its end (${(error as Error).message}). The board keeps its log and ` +
          "calibration, and tests nothing until it has firmware: see that its cable sits and its power stays, that " +
          "jumper J6 (watchdog to reset) is open, and flash it again.",
      )
    }
  }

  /** As it is now: a board that restarted has another. */
  private service(): JDService {
    const found = services(this.link).find((one) => one.device.deviceId === this.deviceId)
    if (found === undefined) throw new BoardError(`DeviceScript at ${this.link.address} is gone.`)
    return found
  }

  private async read(service: JDService, code: number): Promise<Uint8Array> {
    const register = service.register(code)
    for (let tries = 0; tries < TRIES; tries++) {
      const isRead = await this.link.settle(register.refresh().catch(() => false))
      if (isRead && register.data !== undefined) return register.data
    }
    throw new BoardError(
      `DeviceScript at ${this.link.address} does not answer. Unplug the board, plug it in and try again.`,
    )
  }
}

function services(link: Link): JDService[] {
  return link.bus.services({ serviceClass: SRV_DEVICE_SCRIPT_MANAGER, lost: false })
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}
