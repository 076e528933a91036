import { Hono } from "hono"
import { beforeEach, expect, test } from "vitest"
import type { WebEnv, WebRoutes } from "../../host/web/env"
import { guard } from "../../host/web/server/guard"
import { Token } from "../../host/web/server/token"

const TOKEN = new Token("the-token-of-this-test")
const COOKIE = `${TOKEN.cookieName}=${TOKEN.cookie}`
const BEARER = { authorization: `Bearer ${TOKEN.text}` }
const HERE = { "sec-fetch-site": "same-origin" }

let open: WebRoutes
let closed: WebRoutes
beforeEach(() => {
  open = app(true)
  closed = app(false)
})

function app(isOpen: boolean): WebRoutes {
  const routes = new Hono<WebEnv>()
  routes.use(guard({ token: TOKEN, names: new Set(["localhost", "lab"]), isOpen }))
  routes.get("/", (c) => c.text("page"))
  routes.get("/main.css", (c) => c.text("style"))
  routes.get("/api/x", (c) => c.json({ mayAct: c.get("mayAct") }))
  routes.post("/api/x", (c) => c.json({ done: true }))
  return routes
}

const ask = (to: WebRoutes, path: string, headers: Record<string, string> = {}, method = "GET") =>
  to.request(`http://localhost:2033${path}`, {
    method,
    headers: { host: "localhost:2033", ...headers },
  })
const status = async (...args: Parameters<typeof ask>) => (await ask(...args)).status

test("on this computer all may read, and whoever showed the token may act", async () => {
  expect(await (await ask(open, "/api/x")).json()).toEqual({ mayAct: false })
  expect(await (await ask(open, "/api/x", { cookie: COOKIE })).json()).toEqual({ mayAct: true })
  expect(await (await ask(open, "/api/x", BEARER)).json()).toEqual({ mayAct: true })
})

test("from elsewhere nothing is read without the token but what the page that asks for it needs", async () => {
  expect(await status(closed, "/api/x")).toBe(401)
  expect(await status(closed, "/nowhere")).toBe(401)
  const page = await ask(closed, "/")
  expect(page.status).toBe(401)
  expect(await page.text()).toContain('<form method="post" action="/api/token">')
  expect(await status(closed, "/main.css")).toBe(200)
  for (const headers of [{ cookie: COOKIE }, BEARER])
    expect(await status(closed, "/api/x", headers as Record<string, string>)).toBe(200)
})

test("what comes through a proxy is not from this computer", async () => {
  for (const name of ["x-forwarded-for", "forwarded", "via"])
    expect(await status(open, "/api/x", { [name]: "for=192.0.2.1" })).toBe(401)
})

test.each([
  ["no token", {}, 401],
  ["no token, from our page", HERE, 401],
  ["a wrong bearer", { authorization: "Bearer wrong-wrong-wrong" }, 401],
  [
    "the token in the cookie's place",
    { cookie: `${TOKEN.cookieName}=${TOKEN.text}`, ...HERE },
    401,
  ],
  ["a cookie, from nowhere", { cookie: COOKIE }, 403],
  ["a cookie, from another site", { cookie: COOKIE, "sec-fetch-site": "cross-site" }, 403],
  ["a cookie, from another port", { cookie: COOKIE, "sec-fetch-site": "same-site" }, 403],
  ["a cookie, typed", { cookie: COOKIE, "sec-fetch-site": "none" }, 403],
  ["a cookie, from another origin", { cookie: COOKIE, origin: "http://evil.example" }, 403],
  ["a cookie, from another port's origin", { cookie: COOKIE, origin: "http://localhost:80" }, 403],
  ["a cookie, from no origin", { cookie: COOKIE, origin: "null" }, 403],
  ["a cookie, from our page", { cookie: COOKIE, ...HERE }, 200],
  ["a cookie, from our origin", { cookie: COOKIE, origin: "http://localhost:2033" }, 200],
  ["the token itself", BEARER, 200],
])("an action with %s", async (_, headers, expected) => {
  for (const to of [open, closed])
    expect(await status(to, "/api/x", headers as Record<string, string>, "POST")).toBe(expected)
})

test("another site's page reads nothing; a link on it leads here", async () => {
  const foreign = { "sec-fetch-site": "cross-site" }
  expect(await status(open, "/api/x", foreign)).toBe(403)
  expect(await status(open, "/", { ...foreign, "sec-fetch-mode": "navigate" })).toBe(200)
})

test.each([
  "evil.example",
  "evil.example:2033",
  "localhost.evil.example",
  "",
  "localhost:x",
  "a@localhost",
])("a name that is not ours is refused: %s", async (host) => {
  expect(await status(open, "/api/x", { host, ...BEARER })).toBe(403)
})

test("names are taken with any port and in any case", async () => {
  for (const host of ["LAB", "lab:443", "localhost"])
    expect(await status(open, "/api/x", { host })).toBe(200)
})

test("the link that was printed sets a cookie for our pages alone and leads on", async () => {
  const response = await ask(closed, `/?token=${TOKEN.text}`)
  expect(response.status).toBe(200)
  const cookie = response.headers.get("set-cookie") ?? ""
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Strict/)
  expect(cookie).not.toContain(TOKEN.text)
  expect(await response.text()).toContain('content="0;url=/"')
  expect(await status(closed, "/api/x", { cookie: cookie.split(";")[0] })).toBe(200)
  expect(await status(open, "/?token=wrong")).toBe(401)
})

test("the token can be typed into the page, as JSON, and into the form", async () => {
  const send = (body: string, type: string, headers: Record<string, string> = HERE) =>
    closed.request("http://localhost:2033/api/token", {
      method: "POST",
      headers: { host: "localhost:2033", "content-type": type, ...headers },
      body,
    })
  const json = await send(JSON.stringify({ token: ` ${TOKEN.text}\n` }), "application/json")
  expect([json.status, json.headers.get("set-cookie")]).toEqual([
    200,
    expect.stringContaining(COOKIE),
  ])
  const form = await send(`token=${TOKEN.text}`, "application/x-www-form-urlencoded")
  expect([form.status, form.headers.get("location")]).toEqual([303, "/"])
  expect(form.headers.get("set-cookie")).toContain(COOKIE)
  expect((await send('{"token":"wrong"}', "application/json")).status).toBe(401)
  expect((await send("{", "application/json")).status).toBe(401)
  expect((await send(`token=${TOKEN.text}`, "application/x-www-form-urlencoded", {})).status).toBe(
    403,
  )
})

test("a cookie that is wrong is taken away, and guessing is slowed down, for the right one too", async () => {
  const wrong = { cookie: `${TOKEN.cookieName}=old` }
  const first = await ask(closed, "/api/x", wrong)
  expect([first.status, first.headers.get("set-cookie")]).toEqual([
    401,
    expect.stringContaining("Max-Age=0"),
  ])
  for (let i = 0; i < 9; i++) await ask(closed, `/?token=guess-${i}`)
  expect(await status(closed, "/?token=guess")).toBe(429)
  expect(await status(closed, "/api/x", BEARER)).toBe(429)
  expect(await status(closed, "/api/x")).toBe(401)
})
