// A board's bus over TCP, in the framing of DeviceScript's own tools: a frame's length, then the frame.
import { createConnection, createServer, type Server, type Socket } from "node:net"
import type { BoardServer, Port } from "./boardServer"
import { Outlet } from "./outlet"

/** One connection, whoever called the other. */
class Client {
  readonly outlet: Outlet
  private rest = Buffer.alloc(0)

  constructor(
    readonly socket: Socket,
    private readonly onFrame: (frame: Uint8Array) => void,
  ) {
    this.outlet = new Outlet(socket)
    socket.setNoDelay()
    socket.on("data", (bytes) => this.receive(bytes))
    socket.on("error", () => socket.destroy())
  }

  send(frame: Uint8Array): void {
    if (!this.outlet.isFull) this.outlet.write(Buffer.concat([Buffer.of(frame.length), frame]))
  }

  private receive(bytes: Buffer): void {
    let all = Buffer.concat([this.rest, bytes])
    while (all.length > 0 && all.length > all[0]) {
      this.onFrame(Uint8Array.from(all.subarray(1, 1 + all[0])))
      all = all.subarray(1 + all[0])
    }
    this.rest = all
  }
}

/** Offers a board's bus to any number of clients. Each sees what the board and the others send. */
export class TcpPort implements Port {
  private readonly clients = new Set<Client>()

  private constructor(
    private readonly boards: BoardServer,
    private readonly server: Server,
    /** Where clients connect to; those on other computers cannot. */
    readonly port: number,
  ) {
    server.on("connection", (socket) => this.add(socket))
  }

  /**
   * @param port 0 for any that is free
   * @throws Error with code EADDRINUSE when another program listens there
   */
  static async listen(boards: BoardServer, port: number): Promise<TcpPort> {
    const server = createServer()
    await listening(server, port)
    const address = server.address()
    if (address === null || typeof address === "string") throw new Error("no TCP address")
    const opened = new TcpPort(boards, server, address.port)
    boards.attach(opened)
    return opened
  }

  frame(frame: Uint8Array, from?: unknown): void {
    for (const client of this.clients) if (client !== from) client.send(frame)
  }

  line(): void {}
  boardStarted(): void {}

  unplug(): void {
    this.server.close()
    for (const { socket } of this.clients) socket.destroy()
  }

  plug(): void {
    if (!this.server.listening) this.server.listen(this.port, "127.0.0.1")
  }

  async room(): Promise<void> {
    await Promise.all([...this.clients].map((client) => client.outlet.room()))
  }

  async close(): Promise<void> {
    this.unplug()
  }

  private add(socket: Socket): void {
    const client: Client = new Client(socket, (frame) => this.boards.receive(frame, client))
    this.clients.add(client)
    socket.on("close", () => this.clients.delete(client))
  }
}

/** Joins a bus that another program keeps, as DeviceScript's simulator joins `devs devtools`. */
export class JoinedPort implements Port {
  private constructor(private readonly client: Client) {}

  /** @throws Error with the system's code when nobody listens there */
  static async join(
    boards: BoardServer,
    host: string,
    port: number,
    onEnd: () => void,
  ): Promise<JoinedPort> {
    const socket = createConnection({ host, port })
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve)
      socket.once("error", reject)
    })
    const client = new Client(socket, (frame) => boards.receive(frame, client))
    socket.on("close", onEnd)
    const joined = new JoinedPort(client)
    boards.attach(joined)
    return joined
  }

  frame(frame: Uint8Array, from?: unknown): void {
    if (this.client !== from) this.client.send(frame)
  }

  line(): void {}
  boardStarted(): void {}
  unplug(): void {}
  plug(): void {}

  room(): Promise<void> {
    return this.client.outlet.room()
  }

  async close(): Promise<void> {
    this.client.socket.destroy()
  }
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject)
      resolve()
    })
  })
}
