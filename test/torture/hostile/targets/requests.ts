import { mkdirSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { readNotifyConfig } from "../../../../host/notify/config"
import { Store } from "../../../../host/store/store"
import { StoredData } from "../../../../host/web/data/storedData"
import type { WebRoutes } from "../../../../host/web/env"
import { Lab } from "../../../../host/live/lab"
import { SimulatedBoardProcess } from "../../../../host/web/simulatedBoard"
import { createApp } from "../../../../host/web/server/app"
import { Token } from "../../../../host/web/server/token"
import { BOARD } from "../../../web/storeOfPages"
import { OTHER_TEST, SoundStore } from "../soundStore"
import { broken, type Target, wordsOf } from "../target"

const TOKEN = "a-token-for-the-tests"
/** Guessing is slowed down: a server that has had enough says nothing more. */
const REQUESTS_PER_SERVER = 8
const CHECK = JSON.stringify({
  protocol: { fileName: "a.yaml", text: "method: []" },
  cell: { name: "A" },
})
const ORDER = `/api/boards/${BOARD}/channels/0/stop`

const seeds = [
  "GET /",
  `GET /?token=${TOKEN}`,
  "GET /api/tests",
  `GET /api/tests/${OTHER_TEST}`,
  `GET /api/tests/${OTHER_TEST}/trace?from_s=0&to_s=3600&points=100`,
  `GET /api/tests/${OTHER_TEST}/overlay?cycles=1-2`,
  `GET /api/tests/${OTHER_TEST}/dqdv?cycles=1`,
  `GET /api/tests/${OTHER_TEST}/cycles`,
  `HEAD /api/tests/${OTHER_TEST}/export?format=csv`,
  `HEAD /api/tests/${OTHER_TEST}/report`,
  "GET /api/examples/aurbach",
  `GET /api/boards/${BOARD}/calibrations`,
  "GET /metrics",
  "GET /api/live",
  `POST ${ORDER}\nauthorization: Bearer ${TOKEN}\n\n{"test":7}`,
  `POST ${ORDER}\nsec-fetch-site: same-origin\ncookie: coincell-00000000=0\n\n{"test":7}`,
  `POST /api/check\nauthorization: Bearer ${TOKEN}\n\n${CHECK}`,
  `POST /api/start\nauthorization: Bearer ${TOKEN}\n\n${CHECK.slice(0, -1)},"board":"${BOARD}","channel":0}`,
  "POST /api/token\ncontent-type: application/x-www-form-urlencoded\norigin: http://localhost\n\ntoken=x",
  `POST /api/token\nsec-fetch-site: same-origin\n\n{"token":"x"}`,
].map((text) => Buffer.from(text))

/**
 * A request, its first line, headers and body being anything: answered, never by a mistake of the server's own, and
 * whoever does not show the token can do nothing.
 * @param root an empty folder
 */
export function requests(root: string): Target {
  mkdirSync(root, { recursive: true })
  const { data } = new SoundStore(join(root, "data"))
  const stored = new StoredData(data)
  const token = new Token(TOKEN)
  let app: WebRoutes
  let asked = 0
  const before = everything(root)
  const server = (): WebRoutes => {
    const lab = new Lab({
      store: Store.open(data),
      notify: readNotifyConfig(data, {}),
      ports: ["none"],
    })
    return createApp({
      lab,
      data: stored,
      page: new Map(),
      simulated: new SimulatedBoardProcess(),
      token,
      names: new Set(["localhost"]),
      isOpen: true,
    })
  }
  return {
    name: "requests",
    seeds,
    words: wordsOf(
      "../ ..%2f %00 %c0%ae // \\ ? & = # /api/ GET POST PUT DELETE HEAD OPTIONS authorization: Bearer cookie: host: " +
        "x-forwarded-for: sec-fetch-site: same-origin cross-site origin: null range: bytes=0- content-length: 1e9 " +
        "transfer-encoding: chunked if-none-match: * accept-encoding: gzip from_s= to_s= points= cycles= format= " +
        '"test": 1e999 65536 __proto__ constructor \\ud800',
    ),
    async run(input) {
      if (asked++ % REQUESTS_PER_SERVER === 0) app = server()
      const request = requestOf(input)
      if (request === undefined) return
      const { status, headers } = request
      const response = await app.request(request.url, request.init)
      const showsToken = headers.get("authorization")?.includes(TOKEN) === true
      if (response.status >= 500) broken(`${status} ${response.status}: ${await response.text()}`)
      const { method } = request.init
      const isReading = method === "GET" || method === "HEAD"
      if (!isReading && !showsToken && response.status < 400)
        broken(`${status} is done without the token`)
      await response.body?.cancel()
      if (asked % 64 === 0 && everything(root) !== before) broken("the folder has changed")
    },
    async close() {
      await stored.close()
    },
  }
}

/** All files and folders beneath. */
function everything(root: string): string {
  return readdirSync(root, { recursive: true }).sort().join("\n")
}

/** Undefined for what no HTTP parser would let through. */
function requestOf(input: Buffer) {
  const text = input.toString("latin1")
  const split = text.indexOf("\n\n")
  const [status, ...lines] = (split < 0 ? text : text.slice(0, split)).split("\n")
  const [, method, path] = /^([A-Z]+) (\/\S*)$/.exec(status) ?? []
  if (method === undefined || ["CONNECT", "TRACE", "TRACK"].includes(method)) return undefined
  try {
    const headers = new Headers({ host: "localhost" })
    for (const line of lines) {
      const [name, ...value] = line.split(":")
      headers.set(name.trim(), value.join(":").trim())
    }
    const body =
      method === "GET" || method === "HEAD" || split < 0 ? undefined : input.subarray(split + 2)
    const init = { method, headers, body: body as BodyInit | undefined }
    return { status, url: new URL(`http://localhost${path}`).href, headers, init }
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}
