import { once } from "node:events"
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync } from "node:fs"
import { createServer, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, expect, it, vi } from "vitest"
import { S3Bucket, s3Address } from "../../host/lake/s3Bucket"

const KEYS = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" }
afterEach(() => vi.unstubAllEnvs())

function bucketAt(endpoint: string, silence_ms?: number): S3Bucket {
  return new S3Bucket(s3Address("s3://lab", { ...KEYS, AWS_ENDPOINT_URL: endpoint }), silence_ms)
}

it("gives a store up that has taken a request and says nothing", async () => {
  const sockets: Socket[] = []
  const server = createServer((socket) => sockets.push(socket)).listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as { port: number }
  const bucket = bucketAt(`http://127.0.0.1:${port}`, 100)
  await expect(bucket.put("tests/x", new Uint8Array(9))).rejects.toThrow("said nothing for 0.1 s")
  await expect(bucket.read("tests/x")).rejects.toThrow("said nothing for 0.1 s")
  for (const socket of sockets) socket.destroy()
  server.close()
})

it("removes drafts that hosts left a day ago which were killed, and no others", () => {
  const folder = mkdtempSync(join(tmpdir(), "coincell-silence-"))
  vi.stubEnv("TMPDIR", folder)
  const names = ["coincell-drafts-old", "coincell-drafts-new", "others"]
  const [old, fresh, others] = names.map((name) => join(folder, name))
  for (const path of [old, fresh, others]) mkdirSync(path)
  const yesterday_s = Date.now() / 1000 - 90_000
  for (const path of [old, others]) utimesSync(path, yesterday_s, yesterday_s)
  bucketAt("http://127.0.0.1:1").draft()
  expect([old, fresh, others].map((path) => existsSync(path))).toEqual([false, true, true])
  rmSync(folder, { recursive: true })
})
