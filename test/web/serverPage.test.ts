import { gunzipSync } from "node:zlib"
import { beforeAll, expect, test } from "vitest"
import { buildPage, type Page, pageRoutes } from "../../host/web/server/page"

/** What the whole page may weigh on its way. */
const MOST_BYTES = 60_000

let page: Page
beforeAll(async () => {
  page = await buildPage()
})

test("the page is small: one document, one script, one style sheet, one icon", () => {
  expect([...page.keys()]).toEqual(["/", "/main.js", "/main.css", "/icon.svg"])
  const bytes = [...page.values()].reduce((sum, { gzipped }) => sum + gzipped.length, 0)
  expect(bytes).toBeLessThan(MOST_BYTES)
  for (const { body, gzipped } of page.values()) {
    expect(body.length).toBeGreaterThan(100)
    expect(gunzipSync(gzipped)).toEqual(Buffer.from(body))
  }
})

test("it needs nothing from outside, and nothing that its content security policy forbids", () => {
  const text = (path: string) => Buffer.from(page.get(path)?.body ?? []).toString()
  const document = text("/")
  expect(document).not.toMatch(/https?:|<style|style=|<script>|\son\w+=/)
  expect([...document.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, path]) => path).sort()).toEqual([
    "/icon.svg",
    "/main.css",
    "/main.js",
  ])
  expect(text("/main.css")).not.toMatch(/@import|url\((?!["']?data:)/)
  expect(text("/main.js")).not.toMatch(/\beval\(|new Function\(|import\(/)
})

test("a browser that has it already is told so", async () => {
  const routes = pageRoutes(page)
  const first = await routes.request("/main.js", { headers: { "accept-encoding": "gzip, br" } })
  expect(first.headers.get("content-encoding")).toBe("gzip")
  expect(first.headers.get("content-type")).toContain("text/javascript")
  const etag = first.headers.get("etag") ?? ""
  const again = await routes.request("/main.js", { headers: { "if-none-match": etag } })
  expect([again.status, await again.text()]).toEqual([304, ""])
  const plain = await routes.request("/main.js")
  expect(plain.headers.get("content-encoding")).toBeNull()
  expect(Buffer.from(await plain.arrayBuffer())).toEqual(
    Buffer.from(page.get("/main.js")?.body ?? []),
  )
  const other = await routes.request("/main.js", { headers: { "if-none-match": '"other"' } })
  expect(other.status).toBe(200)
})
