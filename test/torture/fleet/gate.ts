import { once } from "node:events"
import { connect, createServer, type Server, type Socket } from "node:net"

/**
 * What a way does with what passes: nothing; hold nobody's connection; hold all back until it is open again; let little
 * through; end each connection after some bytes; answer for an HTTP server that it has too much to do.
 */
export type Way = "open" | "shut" | "frozen" | "slow" | "cut" | "busy"

const SLOW_bytes_per_ms = 20
const BUSY = "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

interface Pair {
  client: Socket
  server: Socket
  held: (() => void)[]
  /** Of a connection that routers forgot neither end hears anything any more, not even that it is over. */
  isForgotten: boolean
}

/** A computer's way to a server, byte by byte, which can be disturbed. */
export class Gate {
  private way: Way = "open"
  private bytes = 0
  private isBarred = false
  private readonly pairs = new Set<Pair>()
  private watched: { left: number; then: () => void } | undefined

  private constructor(
    private readonly listener: Server,
    private readonly target: number,
  ) {
    listener.on("connection", (client) => this.join(client))
  }

  static async open(target: number): Promise<Gate> {
    const listener = createServer().listen(0, "127.0.0.1")
    await once(listener, "listening")
    return new Gate(listener, target)
  }

  get port(): number {
    return (this.listener.address() as { port: number }).port
  }

  /** @param bytes after how many from the client a connection is cut */
  set(way: Way, bytes = 0): void {
    this.way = way
    this.bytes = bytes
    for (const pair of this.pairs) {
      if (pair.isForgotten) continue
      if (way === "shut" || way === "busy") end(pair)
      else if (way !== "frozen") for (const go of pair.held.splice(0)) go()
    }
  }

  /** Lets nobody through, whatever the way is like. */
  bar(isBarred: boolean): void {
    this.isBarred = isBarred
    if (isBarred) for (const pair of this.pairs) end(pair)
  }

  /** Forgets the connections that there are; new ones are none of this. */
  forget(): void {
    for (const pair of this.pairs) pair.isForgotten = true
  }

  /** Calls back in the middle of what a client sends, once so many bytes have come; undefined: no more. */
  watch(left: number, then?: () => void): void {
    this.watched = then && { left, then }
  }

  close(): void {
    for (const pair of this.pairs) end(pair)
    this.listener.close()
  }

  private join(client: Socket): void {
    client.on("error", () => {})
    if (this.way === "shut" || this.isBarred) {
      client.destroy()
      return
    }
    const server = connect(this.target, "127.0.0.1")
    const pair: Pair = { client, server, held: [], isForgotten: false }
    this.pairs.add(pair)
    server.on("error", () => {})
    let left = this.bytes
    const parted = () => {
      if (pair.isForgotten) return
      this.pairs.delete(pair)
      end(pair)
    }
    client.on("close", parted)
    server.on("close", parted)
    client.on("data", (chunk) => {
      left -= chunk.length
      if (this.way === "busy") client.end(BUSY)
      else if (this.way === "cut" && left <= 0) {
        // As much as it had room for comes to the server.
        server.write(chunk.subarray(0, Math.max(0, chunk.length + left)), () => end(pair))
      } else this.pass(pair, client, server, chunk)
      this.count(chunk.length)
    })
    server.on("data", (chunk) => this.pass(pair, server, client, chunk))
  }

  private pass(pair: Pair, from: Socket, to: Socket, chunk: Buffer): void {
    if (pair.isForgotten) return
    const go = () => {
      to.write(chunk)
      from.resume()
    }
    if (this.way === "frozen") {
      from.pause()
      pair.held.push(go)
    } else if (this.way === "slow") {
      from.pause()
      setTimeout(go, Math.min(1_000, chunk.length / SLOW_bytes_per_ms))
    } else to.write(chunk)
  }

  private count(bytes: number): void {
    const { watched } = this
    if (watched === undefined) return
    watched.left -= bytes
    if (watched.left > 0) return
    this.watched = undefined
    watched.then()
  }
}

function end({ client, server }: Pair): void {
  client.destroy()
  server.destroy()
}
