import { type ChildProcess, spawn } from "node:child_process"
import { closeSync, constants, openSync, rmSync } from "node:fs"
import type { BoardServer, Port } from "./boardServer"
import { Outlet } from "./outlet"
import { UsbBridge } from "./usbBridge"

/** A pseudo-terminal appears within some milliseconds. */
const APPEAR_ms = 5_000
const LOOK_ms = 5

/**
 * Offers a board as a serial port that speaks JDUSB, byte for byte as over USB. Programs open the port at its
 * path as they open a real one; pulling the cable makes it vanish under them.
 */
export class PtyPort implements Port {
  private readonly bridge = new UsbBridge()
  private cable: Cable | undefined
  /** Plugging takes time; one goes after the other. */
  private last: Promise<void> = Promise.resolve()

  private constructor(
    boards: BoardServer,
    private readonly path: string,
  ) {
    this.bridge.onFrame = (frame) => boards.receive(frame, this)
  }

  /**
   * @param path where the port is to be; a link there is replaced
   * @throws Error with code ENOENT when there is no `socat`, or with what socat said
   */
  static async open(boards: BoardServer, path: string): Promise<PtyPort> {
    const port = new PtyPort(boards, path)
    await port.connect()
    boards.attach(port)
    return port
  }

  frame(frame: Uint8Array, from?: unknown): void {
    if (from === this) return
    this.bridge.sendFrame(frame)
    this.pump()
  }

  line(line: string): void {
    this.bridge.sendLine(line)
    this.pump()
  }

  boardStarted(): void {
    this.bridge.reset()
  }

  unplug(): void {
    this.after(async () => this.disconnect())
  }

  plug(): void {
    this.after(async () => {
      if (this.cable === undefined) await this.connect()
    })
  }

  async room(): Promise<void> {
    await this.cable?.outlet.room()
  }

  async close(): Promise<void> {
    this.unplug()
    await this.last
  }

  private after(work: () => Promise<void>): void {
    this.last = this.last.then(work)
  }

  private async connect(): Promise<void> {
    this.cable = await Cable.open(
      this.path,
      (bytes) => {
        this.bridge.receive(bytes)
        this.pump()
      },
      () => this.pump(),
    )
  }

  private disconnect(): void {
    this.bridge.reset()
    this.cable?.cut()
    this.cable = undefined
  }

  /** Sends what waits, as long as the reader takes it. */
  private pump(): void {
    const outlet = this.cable?.outlet
    while (outlet !== undefined && !outlet.isFull) {
      const bytes = this.bridge.pull()
      if (bytes === undefined) return
      outlet.write(bytes)
    }
  }
}

/** A pseudo-terminal that socat keeps, at our end of it. */
class Cable {
  private constructor(
    private readonly socat: ChildProcess,
    readonly outlet: Outlet,
    private readonly path: string,
    /** While nobody has it open a pseudo-terminal reads as ended: so we do, reading nothing. */
    private readonly held: number,
  ) {}

  static async open(
    path: string,
    onBytes: (bytes: Uint8Array) => void,
    onRoom: () => void,
  ): Promise<Cable> {
    rmSync(path, { force: true })
    const socat = spawn("socat", [`PTY,link=${path},raw,echo=0`, "STDIO"])
    let said = ""
    socat.stderr.on("data", (text) => {
      said += text
    })
    const failed = new Promise<never>((_, reject) => {
      socat.on("error", reject)
      socat.on("exit", () => reject(new Error(said.trim() || "socat ended")))
    })
    failed.catch(() => {})
    socat.stdin.on("error", () => {})
    const held = await Promise.race([failed, hold(path)])
    socat.stdout.on("data", onBytes)
    return new Cable(socat, new Outlet(socat.stdin, onRoom), path, held)
  }

  cut(): void {
    closeSync(this.held)
    this.socat.kill()
    rmSync(this.path, { force: true })
  }
}

/** Opens the terminal as soon as it is there. */
async function hold(path: string): Promise<number> {
  for (let waited_ms = 0; ; waited_ms += LOOK_ms)
    try {
      return openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
    } catch (error) {
      if (waited_ms >= APPEAR_ms) throw error
      await new Promise((resolve) => setTimeout(resolve, LOOK_ms))
    }
}
