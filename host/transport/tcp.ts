import { createConnection, type Socket } from "node:net"
import { PortError, tcpProblem } from "./portErrors"
import { WallLink, type Wire } from "./wallLink"

const CONNECT_ms = 5_000

/**
 * Connects to boards behind a TCP port, in the framing of DeviceScript's own tools: a byte that tells a
 * frame's length, then the frame.
 * @throws PortError
 */
export async function openTcp(host: string, port: number): Promise<WallLink> {
  const address = `tcp:${host}:${port}`
  try {
    const socket = await connect(host, port)
    return WallLink.over(address, new TcpWire(socket))
  } catch (error) {
    throw new PortError(address, tcpProblem((error as NodeJS.ErrnoException).code))
  }
}

/** Whether somebody listens there. */
export async function canConnect(host: string, port: number): Promise<boolean> {
  try {
    const socket = await connect(host, port)
    socket.destroy()
    return true
  } catch {
    return false
  }
}

async function connect(host: string, port: number): Promise<Socket> {
  const socket = createConnection({ host, port, timeout: CONNECT_ms })
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve)
      socket.once("error", reject)
      socket.once("timeout", () => reject(Object.assign(new Error(), { code: "ETIMEDOUT" })))
    })
  } catch (error) {
    socket.destroy()
    throw error
  }
  socket.setTimeout(0)
  socket.setNoDelay()
  return socket
}

class TcpWire implements Wire {
  onFrame: Wire["onFrame"] = () => {}
  onLine: Wire["onLine"] = () => {}
  onLost: Wire["onLost"] = () => {}
  readonly hasConsole = false

  constructor(private readonly socket: Socket) {
    const splitter = new FrameSplitter((frame) => this.onFrame(frame))
    socket.on("data", (bytes) => splitter.push(bytes))
    socket.on("close", () => this.onLost())
    // A connection that breaks closes, and tells so.
    socket.on("error", () => {})
  }

  async send(frame: Uint8Array): Promise<void> {
    if (this.socket.writable) this.socket.write(withLength(frame))
  }

  async close(): Promise<void> {
    this.socket.destroy()
  }
}

/** A frame as bytes on the connection. */
export function withLength(frame: Uint8Array): Uint8Array {
  return Uint8Array.of(frame.length, ...frame)
}

/** Takes a connection's bytes in pieces of any size apart. */
export class FrameSplitter {
  private rest: Uint8Array = new Uint8Array(0)

  constructor(private readonly onFrame: (frame: Uint8Array) => void) {}

  push(bytes: Uint8Array): void {
    let at = 0
    const all = new Uint8Array(this.rest.length + bytes.length)
    all.set(this.rest)
    all.set(bytes, this.rest.length)
    while (at < all.length && at + all[at] < all.length) {
      const length = all[at]
      this.onFrame(all.slice(at + 1, at + 1 + length))
      at += 1 + length
    }
    this.rest = all.subarray(at)
  }
}
