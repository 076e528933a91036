import { createHash } from "node:crypto"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { gzip } from "node:zlib"
import { build, stop } from "esbuild"
import { Hono } from "hono"
import type { WebEnv, WebRoutes } from "../env"

/** A file of the page, ready to be sent. */
export interface Asset {
  type: string
  body: Uint8Array<ArrayBuffer>
  gzipped: Uint8Array<ArrayBuffer>
  etag: string
}

/** By path. */
export type Page = ReadonlyMap<string, Asset>

/** Two cells, one charged: the favicon, and the mark of the page. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="14" fill="#005f96"/>\
<circle cx="16" cy="16" r="9.5" fill="none" stroke="#fff" stroke-width="2"/><path d="M16 11.5v9M11.5 16h9" stroke="#fff" \
stroke-width="2.5" stroke-linecap="round"/></svg>`

const INDEX = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#f5f6f4" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#0e1113" media="(prefers-color-scheme: dark)">
<title>coincell</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/main.css">
<script src="/main.js" defer></script>
</head>
<body>
<div id="page"></div>
<noscript>This page needs JavaScript. 'coincell status' tells the same in a terminal.</noscript>
</body>
</html>
`

/**
 * Bundles the page, in memory: one script and one style sheet beside the document.
 * @param entry below `page/`
 */
export async function buildPage(entry = "main.tsx"): Promise<Page> {
  const bundle = await build({
    entryPoints: { main: fileURLToPath(new URL(`../page/${entry}`, import.meta.url)) },
    bundle: true,
    write: false,
    outdir: "/",
    minify: true,
    target: "es2020",
    format: "iife",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    logLevel: "silent",
  })
  // Its process has done its work.
  await stop()
  const contents = new Map(
    bundle.outputFiles.map(({ path, text }) => [/\.\w+$/.exec(path)?.[0], text]),
  )
  return new Map([
    ["/", await asset("text/html; charset=utf-8", INDEX)],
    ["/main.js", await asset("text/javascript; charset=utf-8", contents.get(".js") ?? "")],
    ["/main.css", await asset("text/css; charset=utf-8", contents.get(".css") ?? "")],
    ["/icon.svg", await asset("image/svg+xml", ICON)],
  ])
}

/** Serves the page's files. A browser asks each time whether they are still the same. */
export function pageRoutes(page: Page): WebRoutes {
  const routes = new Hono<WebEnv>()
  for (const [path, { type, body, gzipped, etag }] of page)
    routes.get(path, (c) => {
      c.header("ETag", etag)
      c.header("Cache-Control", "no-cache")
      c.header("Vary", "Accept-Encoding")
      if (c.req.header("if-none-match")?.includes(etag)) return c.body(null, 304)
      c.header("Content-Type", type)
      const takesGzip = /\bgzip\b/.test(c.req.header("accept-encoding") ?? "")
      if (takesGzip) c.header("Content-Encoding", "gzip")
      return c.body(takesGzip ? gzipped : body)
    })
  return routes
}

async function asset(type: string, text: string): Promise<Asset> {
  const body = new TextEncoder().encode(text)
  const gzipped = new Uint8Array(await promisify(gzip)(body, { level: 9 }))
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 16)}"`
  return { type, body, gzipped, etag }
}
