import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { readNotifyConfig } from "../../host/notify/config"
import { Store } from "../../host/store/store"
import { StoredData } from "../../host/web/data/storedData"
import { Lab } from "../../host/live/lab"
import { SimulatedBoardProcess } from "../../host/web/simulatedBoard"
import { createApp } from "../../host/web/server/app"
import type { WebRoutes } from "../../host/web/env"
import { Token } from "../../host/web/server/token"

const TOKEN = new Token("the-token-of-this-test")

let folder: string
let app: WebRoutes
let data: StoredData
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "app-"))
  const lab = new Lab({
    store: Store.open(folder),
    notify: readNotifyConfig(folder, {}),
    ports: ["none"],
  })
  data = new StoredData(folder)
  const guarded = { token: TOKEN, names: new Set(["localhost"]), isOpen: true }
  app = createApp({
    lab,
    data,
    page: new Map(),
    simulated: new SimulatedBoardProcess(),
    ...guarded,
  })
})
afterAll(async () => {
  await data.close()
  rmSync(folder, { recursive: true })
})

const ask = (path: string, init: RequestInit = {}) =>
  app.request(`http://localhost${path}`, {
    ...init,
    headers: { host: "localhost", authorization: `Bearer ${TOKEN.text}` },
  })
const post = (path: string, body: string) => ask(path, { method: "POST", body })
const message = async (response: Response) => (await response.json()).error.message

test("every answer forbids what the page does not need", async () => {
  for (const path of ["/metrics", "/nowhere", "/api/tests/../../etc/passwd"]) {
    const { headers } = await ask(path)
    const policy = headers.get("content-security-policy") ?? ""
    expect(policy.split("; ").sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "font-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "img-src 'self' data: blob:",
      "script-src 'self'",
      "style-src 'self'",
    ])
    expect(headers.get("x-content-type-options")).toBe("nosniff")
    expect(headers.get("referrer-policy")).toBe("no-referrer")
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin")
    expect(headers.get("access-control-allow-origin")).toBeNull()
  }
})

test("what is not there is told as such", async () => {
  const response = await ask("/api/nowhere")
  expect([response.status, await message(response)]).toEqual([404, "There is no /api/nowhere."])
})

test("a body that is too long, no JSON, or not what is asked for", async () => {
  const long = await post("/api/simulated", " ".repeat(256 * 1024 + 1))
  expect([long.status, await message(long)]).toEqual([413, "That is too long: 256 kB at most."])
  const torn = await post("/api/simulated", "{")
  expect([torn.status, await message(torn)]).toEqual([400, expect.stringContaining("no JSON")])
  const wrong = await post("/api/simulated", '{"speed":1e9}')
  expect([wrong.status, await message(wrong)]).toEqual([400, expect.stringContaining("speed")])
})

test("a mistake of ours shows its trace to whoever runs the server, and to nobody else", async () => {
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true)
  vi.spyOn(data.traces, "ask").mockRejectedValueOnce(new TypeError("x is not a function"))
  const response = await ask("/api/tests")
  expect([response.status, await message(response)]).toEqual([
    500,
    "This is a mistake of the program; its trace stands in the terminal of 'serve'.",
  ])
  expect(String(stderr.mock.calls[0]?.[0])).toContain("x is not a function")
  stderr.mockRestore()
})

test("answers are kept nowhere, and long ones are compressed", async () => {
  const tests = await ask("/api/examples")
  expect(tests.headers.get("cache-control")).toBe("no-store")
  const squeezed = await app.request("http://localhost/metrics", {
    headers: { host: "localhost", "accept-encoding": "gzip" },
  })
  expect(squeezed.headers.get("content-encoding")).toBe("gzip")
})
