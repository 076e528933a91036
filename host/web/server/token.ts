import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { TesterError } from "../../errors"

/** Beside the tests, so that a link stays good when the server is started anew. */
export const TOKEN_FILE = "serve-token"

const TOKEN_BYTES = 24
/** Fewer characters could be guessed. */
const LEAST_CHARACTERS = 16
const OWNER_ONLY = 0o600

/** What whoever may start and stop tests has to show. */
export class Token {
  private readonly digest: Buffer
  /** What a browser keeps in its stead: nothing else can be done with that. */
  readonly cookie: string
  /** Servers on one computer share a browser's cookies, whatever their ports. */
  readonly cookieName: string

  constructor(readonly text: string) {
    this.digest = digest(text)
    this.cookie = digest(`cookie ${text}`).toString("hex")
    this.cookieName = `coincell-${digest(`name ${text}`).toString("hex").slice(0, 8)}`
  }

  /** Takes as long for any text. */
  isToken(text: string): boolean {
    return timingSafeEqual(digest(text), this.digest)
  }

  isCookie(text: string): boolean {
    return timingSafeEqual(digest(text), digest(this.cookie))
  }
}

/**
 * The token of a data folder; makes one when there is none.
 * @param given COINCELL_TOKEN, which goes before the file
 * @throws TesterError when it could be guessed, or the file cannot be read or written
 */
export function readToken(folder: string, given = process.env.COINCELL_TOKEN): Token {
  if (given !== undefined && given !== "") return checked(given, "COINCELL_TOKEN")
  const path = join(folder, TOKEN_FILE)
  try {
    return checked(read(path) ?? create(path), path)
  } catch (error) {
    if (error instanceof TesterError) throw error
    throw new TesterError(
      `${path}, which keeps the token of 'serve', cannot be used: ${(error as Error).message}. Mend that, or set ` +
        "COINCELL_TOKEN.",
    )
  }
}

function read(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return undefined
  if ((stat.mode & 0o077) !== 0) chmodSync(path, OWNER_ONLY)
  return readFileSync(path, "utf8").trim()
}

function create(path: string): string {
  const text = randomBytes(TOKEN_BYTES).toString("base64url")
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${text}\n`, { mode: OWNER_ONLY, flag: "wx" })
  return text
}

function checked(text: string, place: string): Token {
  if (text.length < LEAST_CHARACTERS || /[^\x21-\x7e]/.test(text))
    throw new TesterError(
      `${place}: a token has at least ${LEAST_CHARACTERS} letters, digits or signs, and no spaces. ` +
        `'openssl rand -hex 24' makes one${place === "COINCELL_TOKEN" ? "" : "; or delete the file, and 'serve' does"}.`,
    )
  return new Token(text)
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest()
}
