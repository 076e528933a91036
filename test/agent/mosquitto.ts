import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { writeFileSync } from "node:fs"
import { connect, createServer } from "node:net"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import mqtt, { type MqttClient } from "mqtt"

/** Whether there is a broker here; tests that need one are skipped where not. */
export const hasMosquitto = spawnSync("mosquitto", ["-h"]).error === undefined
if (!hasMosquitto)
  console.warn("Tests of the broker are skipped: they need mosquitto (sudo apt install mosquitto).")

/** A broker in a process of its own, which can be killed and started again on its port. */
export class Mosquitto {
  private process: ChildProcess | undefined

  private constructor(
    readonly port: number,
    private readonly config: string,
  ) {}

  /** @param lines of its configuration besides the port */
  static async start(
    folder: string,
    lines: string[] = ["allow_anonymous true"],
  ): Promise<Mosquitto> {
    const port = await freePort()
    const config = join(folder, "mosquitto.conf")
    writeFileSync(
      config,
      [
        `listener ${port} 127.0.0.1`,
        "persistence true",
        `persistence_location ${folder}/`,
        "user root",
        ...lines,
        "",
      ].join("\n"),
    )
    const broker = new Mosquitto(port, config)
    await broker.start()
    return broker
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`
  }

  get pid(): number | undefined {
    return this.process?.pid
  }

  async start(): Promise<void> {
    this.process = spawn("mosquitto", ["-c", this.config], { stdio: "ignore" })
    while (!(await isListening(this.port))) await setTimeout(20)
  }

  /** Ends it, with what it keeps for those who are away on its disk. */
  stop(): Promise<void> {
    return this.end("SIGTERM")
  }

  /** Ends it at once: what it had acknowledged and not passed on is gone. */
  kill(): Promise<void> {
    return this.end("SIGKILL")
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { process } = this
    if (process === undefined || process.exitCode !== null || process.signalCode !== null) return
    process.kill(signal)
    await once(process, "exit")
  }

  /** Hears all topics, as JSON, and what came while it was away. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  async listen(hear: (topic: string, payload: any) => void): Promise<MqttClient> {
    const client = await mqtt.connectAsync(this.url, {
      protocolVersion: 5,
      clientId: "listener",
      clean: false,
      properties: { sessionExpiryInterval: 3600 },
      reconnectPeriod: 50,
    })
    client.on("message", (topic, payload) => hear(topic, JSON.parse(payload.toString())))
    client.on("error", () => {})
    await client.subscribeAsync("coincell/#", { qos: 1 })
    return client
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
    socket.once("connect", () => {
      socket.destroy()
      resolve(true)
    })
    socket.once("error", () => resolve(false))
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as { port: number }
  server.close()
  return port
}
