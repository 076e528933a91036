import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { Attempts } from "../../host/web/server/attempts"
import { readToken, Token, TOKEN_FILE } from "../../host/web/server/token"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "token-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

test("a token is made once, in a folder that need not be there, and only its owner may read it", () => {
  const data = join(folder, "new", "data")
  const { text } = readToken(data, undefined)
  expect(text).toMatch(/^[\w-]{32}$/)
  expect(readToken(data, "").text).toBe(text)
  expect(readToken(join(folder, "other"), undefined).text).not.toBe(text)
  if (process.platform !== "win32")
    expect(statSync(join(data, TOKEN_FILE)).mode & 0o777).toBe(0o600)
})

test.skipIf(process.platform === "win32")(
  "a token that others could read is closed to them",
  () => {
    const path = join(folder, TOKEN_FILE)
    writeFileSync(path, "written-by-a-person\n", { mode: 0o644 })
    expect(readToken(folder, undefined).text).toBe("written-by-a-person")
    expect(statSync(path).mode & 0o777).toBe(0o600)
  },
)

test("a token that is given goes before the file, and leaves it alone", () => {
  const kept = readToken(folder, undefined)
  expect(readToken(folder, "given-by-the-environment").text).toBe("given-by-the-environment")
  expect(readFileSync(join(folder, TOKEN_FILE), "utf8").trim()).toBe(kept.text)
})

test("tokens that can be guessed or typed wrongly are refused, with where they are", () => {
  expect(() => readToken(folder, "short")).toThrow(/COINCELL_TOKEN: .* at least 16/)
  expect(() => readToken(folder, "with spaces in between")).toThrow("no spaces")
  writeFileSync(join(folder, TOKEN_FILE), "")
  expect(() => readToken(folder, undefined)).toThrow(join(folder, TOKEN_FILE))
})

test("a folder in which nothing can be written is told with what to do", () => {
  const file = join(folder, "file")
  writeFileSync(file, "")
  expect(() => readToken(file, undefined)).toThrow(/cannot be used: .*COINCELL_TOKEN/)
})

test("a token, its cookie and the cookie's name are three things", () => {
  const token = new Token("one-token-of-sixteen")
  const other = new Token("another-token-of-sixteen")
  expect([token.isToken(token.text), token.isToken(token.cookie), token.isToken("")]).toEqual([
    true,
    false,
    false,
  ])
  expect([token.isCookie(token.cookie), token.isCookie(token.text)]).toEqual([true, false])
  expect(other.isCookie(token.cookie)).toBe(false)
  expect(other.cookieName).not.toBe(token.cookieName)
})

test("ten wrong tokens a minute from one address, and none from the others is slowed down", () => {
  const attempts = new Attempts()
  for (let i = 0; i < 10; i++) {
    expect(attempts.mayTry("a", 1000 * i)).toBe(true)
    attempts.failed("a", 1000 * i)
  }
  expect([attempts.mayTry("a", 9_000), attempts.mayTry("b", 9_000)]).toEqual([false, true])
  expect([attempts.mayTry("a", 59_999), attempts.mayTry("a", 60_000)]).toEqual([false, true])
})
