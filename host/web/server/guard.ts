import { getConnInfo } from "@hono/node-server/conninfo"
import type { Context, MiddlewareHandler } from "hono"
import { deleteCookie, getCookie, setCookie } from "hono/cookie"
import type { ApiError } from "../api"
import { Attempts } from "./attempts"
import type { WebEnv } from "../env"
import { loginPage, welcomePage } from "./login"
import { nameOf } from "./names"
import type { Token } from "./token"

export interface GuardOptions {
  token: Token
  /** Names that the server may be asked for by. */
  names: ReadonlySet<string>
  /** Whoever reaches the server may read; with false the token is needed for that, too. */
  isOpen: boolean
}

const COOKIE_s = 90 * 86_400
/** What the page that asks for the token needs itself. */
const UNGUARDED = new Set(["/main.css", "/icon.svg", "/api/token"])

type Visit = Context<WebEnv>

/**
 * Lets in who may come in. Reading needs the token unless the server is open; doing always does, by a request that
 * one of our own pages makes or that carries the token itself.
 */
export function guard({ token, names, isOpen }: GuardOptions): MiddlewareHandler<WebEnv> {
  const attempts = new Attempts()

  /** Whether a token or cookie is right; undefined when there were too many wrong ones from there. */
  const judge = (c: Visit, isRight: () => boolean): boolean | undefined => {
    const address = addressOf(c)
    const now_ms = performance.now()
    if (!attempts.mayTry(address, now_ms)) return undefined
    if (isRight()) return true
    attempts.failed(address, now_ms)
    return false
  }

  /** What came of the token that a request carries; undefined when it carries none. */
  const shown = (c: Visit): { isRight: boolean | undefined; isBearer: boolean } | undefined => {
    const bearer = /^Bearer (\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1]
    if (bearer !== undefined)
      return { isRight: judge(c, () => token.isToken(bearer)), isBearer: true }
    const cookie = getCookie(c, token.cookieName)
    if (cookie === undefined) return undefined
    const isRight = judge(c, () => token.isCookie(cookie))
    // It would be wrong again with each request.
    if (isRight === false) deleteCookie(c, token.cookieName)
    return { isRight, isBearer: false }
  }

  return async (c, next) => {
    const { method, path } = c.req
    if (!names.has(nameOf(c.req.header("host")) ?? "")) return refuse(c, 403, UNKNOWN_NAME)
    const isPage = method === "GET" && path === "/"
    const linked = isPage ? c.req.query("token") : undefined
    if (linked !== undefined) {
      c.header("Cache-Control", "no-store")
      const isRight = judge(c, () => token.isToken(linked))
      if (isRight !== true)
        return c.html(
          loginPage(isRight === undefined ? TOO_MANY : WRONG),
          isRight === undefined ? 429 : 401,
        )
      setTokenCookie(c, token)
      return c.html(welcomePage())
    }
    const found = shown(c)
    c.set("mayAct", found?.isRight === true)
    if (path === "/api/token" && method === "POST") {
      if (!isFromOurPage(c)) return refuse(c, 403, FOREIGN)
      return takeToken(c, token, judge)
    }
    const isReading = method === "GET" || method === "HEAD"
    if (isReading && isForeign(c)) return refuse(c, 403, FOREIGN)
    const isHere = isOpen && !isForwarded(c)
    const mayRead = isHere || c.get("mayAct") || UNGUARDED.has(path)
    if (isReading ? !mayRead : !c.get("mayAct")) {
      if (found !== undefined && found.isRight === undefined) return refuse(c, 429, TOO_MANY)
      if (isPage) return c.html(loginPage(), 401, { "Cache-Control": "no-store" })
      return refuse(c, 401, found === undefined ? NO_TOKEN : WRONG)
    }
    if (!isReading && found?.isBearer !== true && !isFromOurPage(c)) return refuse(c, 403, FOREIGN)
    await next()
  }
}

const UNKNOWN_NAME =
  "The server is not known by this name. Open it by the address that 'serve' printed, or tell it the name: " +
  "'coincell serve --name NAME'."
const NO_TOKEN =
  "This needs the token: open the link that 'coincell serve' printed, or type the token."
const WRONG = "That is not the token. It is in the link that 'coincell serve' printed."
const TOO_MANY = "Too many wrong tokens came from there. Try again in a minute."
const FOREIGN = "Only pages of this server may do this, or who sends the token itself as a bearer."

/** Sets the cookie for who types the token: into the page, which sends JSON, or into the page that asks for it. */
async function takeToken(
  c: Visit,
  token: Token,
  judge: (c: Visit, isRight: () => boolean) => boolean | undefined,
): Promise<Response> {
  const isForm = (c.req.header("content-type") ?? "").startsWith(
    "application/x-www-form-urlencoded",
  )
  const body: unknown = isForm ? await c.req.parseBody() : await c.req.json().catch(() => undefined)
  const text = (body as { token?: unknown } | undefined)?.token
  const isRight = judge(c, () => typeof text === "string" && token.isToken(text.trim()))
  if (isRight === true) {
    setTokenCookie(c, token)
    return isForm ? c.redirect("/", 303) : c.json({})
  }
  const [message, status] =
    isRight === undefined ? ([TOO_MANY, 429] as const) : ([WRONG, 401] as const)
  return isForm ? c.html(loginPage(message), status) : refuse(c, status, message)
}

function setTokenCookie(c: Visit, token: Token): void {
  setCookie(c, token.cookieName, token.cookie, {
    httpOnly: true,
    sameSite: "Strict",
    path: "/",
    maxAge: COOKIE_s,
  })
}

/** Browsers say where a request comes from, one way or the other; who does not say it is no page of ours. */
function isFromOurPage(c: Visit): boolean {
  const site = c.req.header("sec-fetch-site")
  if (site !== undefined) return site === "same-origin"
  const origin = c.req.header("origin")
  return (
    origin !== undefined && URL.canParse(origin) && new URL(origin).host === c.req.header("host")
  )
}

/** Another site's page asks for it, and does not just lead a person here. */
function isForeign(c: Visit): boolean {
  const site = c.req.header("sec-fetch-site")
  const isOurs = site === undefined || site === "same-origin" || site === "none"
  return !isOurs && c.req.header("sec-fetch-mode") !== "navigate"
}

/** It came through a proxy: whoever made it need not be on this computer. */
function isForwarded(c: Visit): boolean {
  return ["forwarded", "x-forwarded-for", "via"].some((name) => c.req.header(name) !== undefined)
}

function refuse(c: Visit, status: 401 | 403 | 429, message: string): Response {
  return c.json<ApiError>({ error: { message } }, status)
}

/** Where a request comes from; those that come over no network are all from one place. */
function addressOf(c: Visit): string {
  const isOverNetwork = typeof c.env === "object" && c.env !== null && "incoming" in c.env
  return isOverNetwork ? (getConnInfo(c).remote.address ?? "") : ""
}
