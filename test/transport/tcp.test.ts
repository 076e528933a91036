import { once } from "node:events"
import { createServer } from "node:net"
import fc from "fast-check"
import { afterEach, expect, test } from "vitest"
import { BoardClient } from "../../host/boardClient"
import { LinkLostError } from "../../host/errors"
import { FrameSplitter, openTcp, withLength } from "../../host/transport/tcp"
import { type Served, serve } from "./served"

let served: Served | undefined
afterEach(async () => {
  await served?.stop()
  served = undefined
})

const portOf = (address: string) => Number(address.split(":")[2])

test("frames come through in pieces of any size, seed 11", () => {
  const frames = fc.array(fc.uint8Array({ minLength: 12, maxLength: 252 }), { maxLength: 10 })
  const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(frames, sizes, (sent, pieces) => {
      const all = Buffer.concat(sent.map(withLength))
      const got: Uint8Array[] = []
      const splitter = new FrameSplitter((frame) => got.push(frame))
      for (let at = 0, i = 0; at < all.length; at += pieces[i++ % pieces.length])
        splitter.push(all.subarray(at, at + pieces[i % pieces.length]))
      expect(got.map((one) => [...one])).toEqual(sent.map((one) => [...one]))
    }),
    { seed: 11, numRuns: 200 },
  )
})

test("several clients at once speak to the board, and see each other's answers, seed 431", async () => {
  served = await serve({ seed: 431, speed: 20 })
  const port = portOf(served.tcp)
  const links = await Promise.all([1, 2, 3].map(() => openTcp("127.0.0.1", port)))
  const boards = await Promise.all(links.map((link) => BoardClient.find(link)))
  const reports = links.map(() => 0)
  links.forEach((link, i) => {
    link.bus.on("frameProcess", () => {
      reports[i]++
    })
  })
  const states = await Promise.all(
    boards.map((board, channel) => board.status(channel).then((one) => one.channel)),
  )
  expect(states).toEqual([0, 1, 2])
  expect(Math.min(...reports)).toBeGreaterThanOrEqual(6)
  await Promise.all(links.map((link) => link.close()))
})

test("when the board's end goes, what waits fails and says so, seed 432", async () => {
  served = await serve({ seed: 432, speed: 1 })
  const link = await openTcp("127.0.0.1", portOf(served.tcp))
  const board = await BoardClient.find(link)
  const waiting = board.start(0, 1, new Uint8Array(4000)).catch((error) => error)
  served.server.unplug()
  expect(await waiting).toBeInstanceOf(LinkLostError)
  await expect(board.status(0)).rejects.toThrow("is gone: was the board unplugged?")
  await link.close()
  served.server.plug()
  const again = await openTcp("127.0.0.1", portOf(served.tcp))
  expect(await (await BoardClient.find(again)).bootCount()).toBe(1)
  await again.close()
})

test("nobody listens", async () => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, "close")
  await expect(openTcp("127.0.0.1", port)).rejects.toThrow(`tcp:127.0.0.1:${port}: nothing listens`)
})
