import { once } from "node:events"
import { createServer } from "node:net"
import { Hono } from "hono"
import { streamSSE } from "hono/streaming"
import { expect, test } from "vitest"
import type { WebEnv } from "../../host/web/env"
import { listen } from "../../host/web/server/listen"
import { portHolder } from "../../host/web/server/portHolder"

const LOOPBACK = "127.0.0.1"

async function taken() {
  const other = createServer().listen(0, LOOPBACK)
  await once(other, "listening")
  const address = other.address()
  return { other, port: typeof address === "object" ? (address?.port ?? 0) : 0 }
}

test("a port that is taken is told with who has it and what to do", async () => {
  const { other, port } = await taken()
  const listening = listen(new Hono<WebEnv>(), LOOPBACK, port)
  await expect(listening).rejects.toThrow(`Port ${port} is taken by another program`)
  await expect(listening).rejects.toThrow("--listen 2034")
  if (process.platform === "linux")
    await expect(listening).rejects.toThrow(`process ${process.pid}`)
  other.close()
})

test.skipIf(process.platform !== "linux")("nobody holds a port that is free", async () => {
  const { other, port } = await taken()
  expect(portHolder(port)).toContain(`process ${process.pid}`)
  other.close()
  await once(other, "close")
  expect(portHolder(port)).toBeUndefined()
  expect(portHolder(port, "/nowhere")).toBeUndefined()
})

test("an address that is not this computer's is told with what to give", async () => {
  await expect(listen(new Hono<WebEnv>(), "192.0.2.1", 0)).rejects.toThrow(
    /--host 192\.0\.2\.1.*0\.0\.0\.0/,
  )
})

test("its end ends streams that are open", async () => {
  const app = new Hono<WebEnv>()
  let hasEnded = () => {}
  const ended = new Promise<void>((resolve) => {
    hasEnded = resolve
  })
  app.get("/", (c) =>
    streamSSE(c, async (stream) => {
      await stream.writeSSE({ data: "begins" })
      await new Promise<void>((resolve) => stream.onAbort(resolve))
      hasEnded()
    }),
  )
  const server = await listen(app, LOOPBACK, 0)
  const { body } = await fetch(`http://${LOOPBACK}:${server.port}/`)
  const reader = body?.getReader()
  await reader?.read()
  await server.close()
  await expect(reader?.read()).rejects.toThrow()
  await ended
  await server.close()
})
