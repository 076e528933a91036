import { execFileSync, spawn, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { Broker, type BrokerOptions } from "../../host/agent/broker"
import { hasMosquitto, Mosquitto } from "./mosquitto"

const WAIT = { timeout: 30_000 }
const COINCELL = fileURLToPath(new URL("../../host/coincell.mjs", import.meta.url))
const hasOpenssl = spawnSync("openssl", ["version"]).error === undefined

describe.skipIf(!hasMosquitto)("a broker", () => {
  let folder: string
  let broker: Mosquitto
  const clients: Broker[] = []
  const lines: string[] = []
  const isSaid = (words: string) =>
    vi.waitUntil(() => lines.some((line) => line.includes(words)), WAIT)

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "broker-"))
    lines.length = 0
  })
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.close({ topic: "x", payload: null })
    await broker.kill()
    rmSync(folder, { recursive: true })
  })

  function connect(options: Partial<BrokerOptions>): Broker {
    const client = new Broker({
      url: broker.url,
      clientId: "a test",
      lastWill: { topic: "coincell/test", payload: null },
      onState: (text) => lines.push(text),
      onConnect: () => {},
      ...options,
    })
    clients.push(client)
    return client
  }

  it("lets in who has the password, and tells others what to set", async () => {
    const passwords = join(folder, "passwords")
    execFileSync("mosquitto_passwd", ["-b", "-c", passwords, "lab", "secret"])
    broker = await Mosquitto.start(folder, ["allow_anonymous false", `password_file ${passwords}`])
    await connect({ username: "lab", password: "secret" }).deliver("coincell/test", 1)
    connect({ username: "lab", password: "guess", clientId: "another" })
    await isSaid("COINCELL_BROKER_PASSWORD")
    expect(lines.join()).not.toContain("guess")
  })

  it.skipIf(!hasOpenssl)("is believed when its certificate is vouched for, else not", async () => {
    const [ca, caKey, key, request, cert] = [
      "ca.pem",
      "ca.key",
      "broker.key",
      "broker.csr",
      "broker.pem",
    ].map((name) => join(folder, name))
    const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "ignore" })
    const fresh = ["-newkey", "rsa:2048", "-nodes"]
    openssl("req", "-x509", ...fresh, "-keyout", caKey, "-out", ca, "-subj", "/CN=a lab")
    openssl("req", ...fresh, "-keyout", key, "-out", request, "-subj", "/CN=localhost")
    openssl(
      "x509",
      "-req",
      "-in",
      request,
      "-CA",
      ca,
      "-CAkey",
      caKey,
      "-CAcreateserial",
      "-out",
      cert,
    )
    broker = await Mosquitto.start(folder, [
      "allow_anonymous true",
      `certfile ${cert}`,
      `keyfile ${key}`,
    ])
    const url = `mqtts://localhost:${broker.port}`
    await connect({ url, ca: readFileSync(ca, "utf8") }).deliver("coincell/test", 1)
    connect({ url, clientId: "another" })
    await isSaid("--broker-ca")
  })

  it("says that a host is gone which was killed", async () => {
    broker = await Mosquitto.start(folder)
    const heard: { is_there: boolean }[] = []
    const listener = await broker.listen((topic, payload) => {
      if (topic.endsWith("/host")) heard.push(payload)
    })
    const args = ["agent", "--lab", "lab-1", "--host", "host-1", "--broker", broker.url]
    const more = ["--port", "tcp:127.0.0.1:1", "--data", join(folder, "data")]
    const agent = spawn(process.execPath, [COINCELL, ...args, ...more], { stdio: "ignore" })
    await vi.waitUntil(() => heard.at(-1)?.is_there === true, WAIT)
    agent.kill("SIGKILL")
    await vi.waitUntil(() => heard.at(-1)?.is_there === false, WAIT)
    await listener.endAsync(true)
  })
})
