import { SerialPort } from "serialport"
import { encodeFrame, isFromBridge, JdUsbDecoder, openingFrames } from "./jdusb"
import { PortError, portProblem } from "./portErrors"
import { holdersOf } from "./portHolders"
import { serialPorts } from "./serialPorts"
import { WallLink, type Wire } from "./wallLink"

/** USB does not care, but the runtime's own tools say so. */
const BAUD = 1_500_000
/** A board announces itself twice a second; one that is silent for so long may have restarted. */
const SILENT_ms = 1_500

/**
 * Opens a serial port to a board. Nothing is done to its DTR and RTS lines, at opening or closing: some boards
 * take them for a reset.
 *
 * jacdac-ts has such a transport too, but it opens the first port that it finds, gives up its line errors to
 * the console, does not wait for what it writes and closes with the lines dropped, so only its bus is used.
 * @throws PortError, with what can be done about it
 */
export async function openSerial(path: string): Promise<WallLink> {
  const port = new SerialPort({
    path,
    baudRate: BAUD,
    hupcl: false,
    lock: true,
    autoOpen: false,
  })
  try {
    await finish((done) => port.open(done))
    // What came for the one before us is not ours.
    await finish((done) => port.flush(done))
  } catch (error) {
    if (port.isOpen) port.close()
    const ports = (await serialPorts()).map((one) => one.path)
    const holders = holdersOf(path).map((one) => one.name)
    throw new PortError(path, portProblem(path, (error as Error).message, { holders, ports }))
  }
  return WallLink.over(path, new SerialWire(port))
}

class SerialWire implements Wire {
  onFrame: Wire["onFrame"] = () => {}
  onLine: Wire["onLine"] = () => {}
  onLost: Wire["onLost"] = () => {}
  readonly hasConsole = true

  private isHeard = false
  private readonly asking: NodeJS.Timeout

  constructor(private readonly port: SerialPort) {
    this.ask()
    this.asking = setInterval(() => {
      if (!this.isHeard) this.ask()
      this.isHeard = false
    }, SILENT_ms)
    const decoder = new JdUsbDecoder(
      (frame) => {
        if (!isFromBridge(frame)) this.onFrame(frame)
      },
      (line) => this.onLine(line),
    )
    port.on("data", (bytes: Buffer) => {
      this.isHeard = true
      decoder.push(bytes)
    })
    port.on("close", () => {
      clearInterval(this.asking)
      this.onLost()
    })
    // A port that goes away closes, and tells so.
    port.on("error", () => {})
  }

  async send(frame: Uint8Array): Promise<void> {
    if (this.port.write(encodeFrame(frame))) return
    await new Promise<void>((resolve) => {
      const done = () => {
        this.port.off("drain", done)
        this.port.off("close", done)
        resolve()
      }
      this.port.on("drain", done)
      this.port.on("close", done)
    })
  }

  async close(): Promise<void> {
    clearInterval(this.asking)
    if (this.port.isOpen) await finish((done) => this.port.close(done))
  }

  /** A board sends nothing until it is asked, and forgets that when it restarts. */
  private ask(): void {
    for (const frame of openingFrames) this.port.write(encodeFrame(frame))
  }
}

function finish(call: (done: (error: Error | null | undefined) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => call((error) => (error ? reject(error) : resolve())))
}
