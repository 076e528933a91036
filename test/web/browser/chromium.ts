import { existsSync, mkdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core"
import { audit } from "./audit"

/** Debian's; another by `CHROMIUM`. */
const path = process.env.CHROMIUM ?? "/usr/bin/chromium"

/** Whether pages can be looked at here; tests that need it are skipped where not. */
export const hasChromium = existsSync(path)
if (!hasChromium)
  console.warn("Tests of the page are skipped: they need Chromium (sudo apt install chromium).")

/** Where pictures of the views go, to be looked at. */
const PICTURES = join(tmpdir(), "coincell-views")

const LOOKS = {
  phone: { width: 360, height: 740, colorScheme: "dark" },
  desk: { width: 1280, height: 900, colorScheme: "light" },
} as const
/** A machine that does much else is slow. */
const PATIENCE_ms = 60_000

/** A visitor of one server, who notes what a person would not see. */
export class Visitor {
  /** What the console said, pages that threw or were not there, requests to other hosts. */
  readonly troubles: string[] = []

  private constructor(
    private readonly browser: Browser,
    readonly context: BrowserContext,
    origin: string,
  ) {
    context.on("page", (page) => this.listen(page))
    context.on("request", (request) => {
      const { protocol, origin: asked } = new URL(request.url())
      if (protocol.startsWith("http") && asked !== origin)
        this.troubles.push(`asked ${request.url()}`)
    })
    context.on("response", (response) => {
      if (response.status() >= 400) this.troubles.push(`${response.status()} ${response.url()}`)
    })
  }

  /** @param link of the server, as it prints it */
  static async come(link: string): Promise<Visitor> {
    const browser = await launch()
    const context = await browser.newContext({ viewport: LOOKS.desk })
    context.setDefaultTimeout(PATIENCE_ms)
    return new Visitor(browser, context, new URL(link).origin)
  }

  /** Looks at a view on a desk by day and on a phone by night: takes a picture of each, and notes what is not right. */
  async look(page: Page, name: string): Promise<void> {
    mkdirSync(PICTURES, { recursive: true })
    for (const [where, { width, height, colorScheme }] of Object.entries(LOOKS)) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height })
      const found = await audit(page)
      this.troubles.push(...found.map((trouble) => `${name}, ${where}: ${trouble}`))
      await page.screenshot({ path: join(PICTURES, `${name}-${where}.png`) })
    }
    await page.emulateMedia({ colorScheme: "light" })
    await page.setViewportSize(LOOKS.desk)
  }

  async leave(): Promise<void> {
    await this.browser.close()
  }

  private listen(page: Page): void {
    // A policy that was violated is an error of the console, too.
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning")
        this.troubles.push(`${message.type()}: ${message.text()}`)
    })
    page.on("pageerror", (error) => this.troubles.push(`${error}`))
  }
}

/** A browser that speaks to nobody by itself. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  })
}
