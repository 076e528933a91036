import { createServer, type Server } from "node:http"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { runCommand } from "../../host/notify/command"
import { type NoticeEvent, noticeEvent } from "../../host/notify/event"
import { Notifier } from "../../host/notify/notifier"
import { postWebhook } from "../../host/notify/webhook"
import { status } from "../follow/statuses"

const NASTY = "a\"b'; touch pwned; $(touch pwned) `touch pwned` %PATH%\n|&>x"

const event: NoticeEvent = noticeEvent(
  {
    kind: "fault",
    unixTime_s: 1_767_225_600,
    board: "0123456789abcdef",
    status: status({ state: "Fault", fault: "OpenCell" }),
    age_s: 0,
    free_bytes: 0,
  },
  { board: "AB12", test: "AB12-0-1", cell: NASTY },
)

let folder: string
let servers: Server[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "notify-"))
  servers = []
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

/** A server that gives these answers, one after another, and keeps what it was sent. */
async function serve(answers: number[]): Promise<{ url: string; got: unknown[] }> {
  const got: unknown[] = []
  const server = createServer((request, response) => {
    let body = ""
    request.on("data", (data) => {
      body += data
    })
    request.on("end", () => {
      got.push(JSON.parse(body))
      response.statusCode = answers[Math.min(got.length, answers.length) - 1]
      response.end("ok")
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, got }
}

const never = new AbortController().signal
const quick = { timeout_ms: 5_000, retry_ms: [1, 1, 1] }

test("a fault's event says what it is and what to do", () => {
  expect(event).toMatchObject({ event: "fault", time: "2026-01-01T00:00:00.000Z", channel: 0 })
  expect(event.message).toContain("holder is empty")
  expect(event.message).toContain("'resume'")
})

test("a command gets the event as JSON on stdin and in its environment, and none of it as shell", async () => {
  const script =
    'let s="";process.stdin.on("data",d=>s+=d).on("end",()=>require("fs").writeFileSync(process.env.OUT,' +
    "JSON.stringify({stdin:JSON.parse(s),cell:process.env.COINCELL_CELL,event:process.env.COINCELL_EVENT})))"
  process.env.OUT = join(folder, "out.json")
  await runCommand(`cd "${folder}" && "${process.execPath}" -e '${script}'`, event, never)
  const out = JSON.parse(readFileSync(join(folder, "out.json"), "utf8"))
  expect(out.stdin).toEqual(JSON.parse(JSON.stringify(event)))
  expect(out.cell).toBe(NASTY)
  expect(out.event).toBe("fault")
  expect(() => readFileSync(join(folder, "pwned"))).toThrow("ENOENT")
})

test("a command that fails, is not there, or does not end is an error that says so", async () => {
  await expect(runCommand("echo no route >&2; exit 3", event, never)).rejects.toThrow(
    "ended with 3: no route",
  )
  await expect(runCommand("exec sleep 60", event, never, 100)).rejects.toThrow("ended after 0.1 s")
})

test("a webhook gets the event, again after answers that may change", async () => {
  const { url, got } = await serve([503, 429, 200])
  await postWebhook(url, event, never, quick)
  expect(got).toHaveLength(3)
  expect(got[2]).toEqual(JSON.parse(JSON.stringify(event)))
})

test("an answer that will not change is not asked for again", async () => {
  const { url, got } = await serve([404])
  await expect(postWebhook(url, event, never, quick)).rejects.toThrow("answered 404")
  expect(got).toHaveLength(1)
})

test("a webhook that never answers is given up, and says why", async () => {
  const { url } = await serve([500])
  await expect(postWebhook(url, event, never, quick)).rejects.toThrow("answered 500")
  servers[0].closeAllConnections()
  servers[0].close()
  await expect(postWebhook(url, event, never, quick)).rejects.toThrow("ECONNREFUSED")
})

test("a receiver that fails is a sentence, and the others get theirs", async () => {
  const { url, got } = await serve([200])
  const problems: string[] = []
  const notifier = new Notifier({ command: "exit 1", webhook: url }, (text) => problems.push(text))
  notifier.send(event)
  notifier.send({ ...event, event: "end" })
  await notifier.close(10_000)
  expect(got.map((one) => (one as NoticeEvent).event)).toEqual(["fault", "end"])
  expect(problems).toHaveLength(2)
  expect(problems[0]).toContain("notify command ended with 1")
})

test("whoever ends gives up a receiver that takes too long", async () => {
  const problems: string[] = []
  const command = `exec "${process.execPath}" -e "setTimeout(() => process.exit(7), 20000)"`
  const notifier = new Notifier({ command }, (text) => problems.push(text))
  notifier.send(event)
  await notifier.close(50)
  await vi.waitFor(() => expect(problems).toHaveLength(1))
  // It did not come to its own end.
  expect(problems[0]).toContain("aborted")
})
