import { once } from "node:events"
import { createServer, type Server } from "node:net"
import { crc } from "jacdac-ts"
import { afterEach, expect, test } from "vitest"
import { findBoards, openBoard, openBoards } from "../../host/session"
import { parseAddress } from "../../host/transport/open"
import { readFirmware } from "../../host/transport/simulated"
import { withLength } from "../../host/transport/tcp"
import { JoinedPort } from "../../sim/server/tcp"
import { hasSocat, type Served, serve } from "./served"

let open: Served[] = []
afterEach(async () => {
  await Promise.all(open.map((one) => one.stop()))
  open = []
})

async function served(options: Parameters<typeof serve>[0]): Promise<Served> {
  const one = await serve({ speed: 20, ...options })
  open.push(one)
  return one
}

/** The firmware as one of another version says it is. */
function oldFirmware(): Uint8Array {
  const bytes = Buffer.from(readFirmware())
  bytes.write("0.0.9", bytes.indexOf("0.1.0"), "latin1")
  return bytes
}

test("addresses", () => {
  expect(parseAddress("/dev/ttyACM0")).toEqual({ kind: "serial", path: "/dev/ttyACM0" })
  expect(parseAddress("COM3")).toEqual({ kind: "serial", path: "COM3" })
  expect(parseAddress("sim")).toEqual({ kind: "simulated", seed: 1 })
  expect(parseAddress("sim:7")).toEqual({ kind: "simulated", seed: 7 })
  expect(parseAddress("tcp:lab-pc:2032")).toEqual({ kind: "tcp", host: "lab-pc", port: 2032 })
  expect(parseAddress("tcp:[::1]:2032")).toEqual({ kind: "tcp", host: "::1", port: 2032 })
  for (const wrong of ["tcp:2032", "tcp:host", "tcp:host:0", "tcp:host:99999", "sim:x"])
    expect(() => parseAddress(wrong)).toThrow(`--port ${wrong}: `)
})

test("opening sets a new board's clock, and a second host leaves a simulated one's, seed 441", async () => {
  const { tcp } = await served({ seed: 441 })
  const first = await openBoard({ port: tcp })
  expect(first).toMatchObject({ isSimulated: true, firmware: { version: "0.1.0", board: "sim" } })
  const { unix_ms, board_ms } = await first.board.time()
  expect(Math.abs((unix_ms ?? 0) - Date.now())).toBeLessThan(60_000)
  // By now the board, twenty times as fast, is seconds ahead of the wall.
  const second = await openBoard({ port: tcp, board: first.board.name.toLowerCase() })
  const later = await second.board.time()
  expect((later.unix_ms ?? 0) - later.board_ms).toBe((unix_ms ?? 0) - board_ms)
  await first.close()
  await first.close()
  expect(await second.board.bootCount()).toBe(1)
  await second.close()
})

test("a simulated board in this process is calibrated and has a clock, seed 446", async () => {
  const session = await openBoard({ port: "sim:446" })
  expect(session).toMatchObject({ isSimulated: true })
  expect(session.link.address).toBe("sim:446")
  for (const channel of [0, 1, 2, 3])
    expect(await session.board.readCalibration(channel)).toBeDefined()
  expect((await session.board.time()).unix_ms).toBeDefined()
  await session.close()
})

test("several boards on one bus: all are opened, one must be chosen, seeds 442 and 443", async () => {
  const one = await served({ seed: 442 })
  const two = await served({ seed: 443 })
  await JoinedPort.join(two.server, "127.0.0.1", Number(one.tcp.split(":")[2]), () => {})
  const all = await openBoards({ port: one.tcp })
  const names = all.map((session) => session.board.name).sort()
  expect(new Set(names).size).toBe(2)
  await all[0].close()
  expect(await all[1].board.channels()).toBe(4)
  await all[1].close()
  await expect(openBoard({ port: one.tcp })).rejects.toThrow(`--board ${names[0]}`)
  const chosen = await openBoard({ port: one.tcp, board: all[1].board.id.slice(0, 15) })
  expect(chosen.board.id).toBe(all[1].board.id)
  await chosen.close()
  await expect(openBoard({ port: one.tcp, board: "zz99" })).rejects.toThrow("No board zz99 answers")
})

test("a board of another version is refused, with what to do, seed 444", async () => {
  const { tcp } = await served({ seed: 444, firmware: oldFirmware() })
  const { sessions, failures } = await findBoards({ port: tcp })
  expect(sessions).toEqual([])
  expect(failures[0].message).toMatch(
    /board \w{4}: the board has firmware 0.0.9.*coincell flash --board sim/,
  )
})

test("DeviceScript without our firmware is told from silence", async () => {
  const announcement = Uint8Array.from(
    Buffer.from("0000080011223344556677880400000001014001", "hex"),
  )
  const checksum = crc(announcement.subarray(2))
  announcement.set([checksum & 0xff, checksum >> 8])
  const [strange, strangeAt] = await listen((socket) => {
    const announcing = setInterval(() => socket.write(withLength(announcement)), 100)
    socket.on("error", () => {})
    socket.on("close", () => clearInterval(announcing))
  })
  const [silent, silentAt] = await listen(() => {})
  const [atStrange, atSilent] = await Promise.all(
    [strangeAt, silentAt].map((port) => openBoard({ port }).catch((error) => error.message)),
  )
  expect(atStrange).toContain("without our firmware")
  expect(atSilent).toContain("no DeviceScript answers there")
  strange.close()
  silent.close()
})

test.skipIf(!hasSocat)("the same board by serial port and TCP at once, seed 445", async () => {
  const { tcp, pty, server } = await served({ seed: 445, withPty: true })
  const [bySerial, byTcp] = await Promise.all([openBoard({ port: pty }), openBoard({ port: tcp })])
  expect(bySerial.board.id).toBe(byTcp.board.id)
  const lines: string[] = []
  expect(byTcp.link.onLog).toBeUndefined()
  bySerial.link.onLog?.((line) => lines.push(line))
  server.board.onLog("hello from the board")
  while (lines.length === 0) await bySerial.link.sleep_ms(5)
  expect(lines).toEqual(["hello from the board"])
  await Promise.all([bySerial.close(), byTcp.close()])
})

async function listen(
  onClient: (socket: import("node:net").Socket) => void,
): Promise<[Server, string]> {
  const server = createServer(onClient).listen(0, "127.0.0.1")
  await once(server, "listening")
  return [server, `tcp:127.0.0.1:${(server.address() as { port: number }).port}`]
}
