import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createNodeWebSerialTransport, JDBus } from "jacdac-ts"
import { SerialPort } from "serialport"
import { afterEach, expect, test } from "vitest"
import * as service from "../../host/service"
import { canConnect } from "../../host/transport/tcp"
import { JoinedPort } from "../../sim/server/tcp"
import { hasSocat, type Served, serve } from "../transport/served"

const require = createRequire(import.meta.url)
/** DeviceScript's own tools: the build of jacdac-ts that has sockets, and `devs devtools` with its ports. */
const stock = require("jacdac-ts") as typeof import("jacdac-ts") & {
  createNodeSocketTransport(port: number): ReturnType<typeof createNodeWebSerialTransport>
}
const DEVTOOLS_PORTS = [8081, 8082, 8083]
const DEVTOOLS_TCP = 8082
/** Our service, as the firmware's build describes it to any host. */
const SPECIFICATIONS = new URL("../../firmware/.devicescript/services.json", import.meta.url)
const CLI = require.resolve("@devicescript/cli/devicescript")

let cleanUp: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const work of cleanUp.reverse()) await work()
  cleanUp = []
})

async function served(seed: number, withPty: boolean): Promise<Served> {
  const one = await serve({ seed, speed: 1, withPty })
  cleanUp.push(() => one.stop())
  return one
}

/** Waits until our service stands on a bus. @returns the names of that device's services */
async function servicesOf(bus: JDBus): Promise<string[]> {
  for (;;) {
    const [found] = bus.services({ serviceClass: service.serviceClass() })
    if (found !== undefined) return found.device.services().map((one) => one.name)
    await bus.delay(100)
  }
}

function connect(bus: JDBus): void {
  cleanUp.push(async () => {
    await bus.stop()
    bus.dispose()
  })
  bus.autoConnect = true
  bus.connect(true)
}

/** `devs devtools` in a folder of its own, once it listens. */
async function startDevtools(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "coincell-devtools-"))
  const child: ChildProcess = spawn(process.execPath, [CLI, "devtools"], { cwd: folder })
  const ended = new Promise((resolve) => child.once("exit", resolve))
  cleanUp.push(async () => {
    child.kill()
    await ended
    rmSync(folder, { recursive: true, force: true })
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", (text) => {
      if (/dbgserver/.test(String(text))) resolve()
    })
    child.once("exit", () => reject(new Error("devs devtools ended")))
  })
}

test("devs devtools lists a board that joins it, with its services, seed 411", async (context) => {
  for (const port of DEVTOOLS_PORTS)
    if (await canConnect("127.0.0.1", port)) context.skip(`TCP port ${port} is taken`)
  await startDevtools()
  const { server } = await served(411, false)
  await JoinedPort.join(server, "127.0.0.1", DEVTOOLS_TCP, () => {})
  const bus = new stock.JDBus([stock.createNodeSocketTransport(DEVTOOLS_TCP)], {
    disableRoleManager: true,
  })
  connect(bus)
  stock.loadServiceSpecifications(JSON.parse(readFileSync(SPECIFICATIONS, "utf8")))
  expect(await servicesOf(bus)).toEqual(["control", "coincell"])
})

test.skipIf(!hasSocat)("jacdac-ts' own serial transport reads the board, seed 412", async () => {
  const { pty } = await served(412, true)
  /** The stock transport takes the first port of a known vendor. */
  class OnlyOurPort extends SerialPort {
    static override async list(): ReturnType<typeof SerialPort.list> {
      const unknown = { manufacturer: "", serialNumber: "", pnpId: "", locationId: "" }
      return [{ path: pty, vendorId: "2e8a", productId: "000a", ...unknown }]
    }
  }
  const bus = new JDBus([createNodeWebSerialTransport(OnlyOurPort)], { disableRoleManager: true })
  connect(bus)
  expect(await servicesOf(bus)).toEqual(["control", "coincell"])
  const [board] = bus.services({ serviceClass: service.serviceClass() })
  const register = board.register(service.registerCode("channels"))
  await register.sendGetAsync()
  while (register.data === undefined) await bus.delay(50)
  expect([...register.data]).toEqual([4])
})
