import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Locator, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest"
import { hasChromium, Visitor } from "./browser/chromium"
import { press, tabTo } from "./browser/keyboard"
import { ServeProcess } from "./browser/server"
import { unzipped } from "./testsServer"

/** A machine that does much else is slow. */
const PATIENCE = { timeout: 60_000, interval: 100 }

describe.skipIf(!hasChromium)("a person and a browser, from the first visit to the report", () => {
  let folder: string
  let server: ServeProcess
  let visitor: Visitor
  let page: Page
  const button = (name: string) => page.getByRole("button", { name, exact: true })
  const fact = (term: string) => page.locator("dt", { hasText: term }).locator("~ dd").first()
  const until = (text: string | RegExp) => page.getByText(text).first().waitFor()

  /** What the server has stored of the first test. */
  const stored = () => page.evaluate(async () => (await (await fetch("/api/tests")).json()).at(-1))

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "coincell-"))
    server = await ServeProcess.start("--data", folder)
    visitor = await Visitor.come(server.link)
    page = await visitor.context.newPage()
  })
  // Each step goes on where the one before it ended.
  let isBroken = false
  beforeEach(({ skip }) => skip(isBroken))
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail" || isBroken) return
    isBroken = true
    await visitor?.look(page, "failed")
    console.error(visitor?.troubles.join("\n"))
  })
  afterAll(async () => {
    await visitor?.leave()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test("without a board a simulated one is offered, and appears", async () => {
    await page.goto(server.link)
    await page.getByRole("heading", { name: "No board is here yet" }).waitFor()
    expect(page.url()).not.toContain("token")
    await visitor.look(page, "welcome")
    await page.getByLabel("1000×").check()
    await button("Try it with a simulated board").click()
    await page.getByRole("link", { name: "Start a test" }).nth(4).waitFor()
    await visitor.look(page, "glance")
  })

  test("a test is started by the keyboard alone", async () => {
    await press(page, page.getByRole("link", { name: "Start a test" }).first())
    await press(page, button("Begin with an example"))
    await press(page, page.getByRole("dialog").getByRole("button", { name: "symmetric-mild" }))
    await page.getByRole("dialog").waitFor({ state: "detached" })
    // Closing a question leads back to where it was asked.
    expect(await button("Begin with an example").evaluate(isFocused)).toBe(true)
    await tabTo(page, page.getByLabel("Name", { exact: true }), "Shift+Tab")
    await page.keyboard.type("A1")
    await press(page, page.getByText("More about the cell"))
    await tabTo(page, page.getByLabel("Institution"))
    await page.keyboard.type("Lab")
    await until("Plate at 1 mA cm⁻²")
    await visitor.look(page, "start")
    // What was typed last is being checked: until then the button cannot be reached.
    await (await button("Start …").elementHandle())?.waitForElementState("enabled")
    await press(page, button("Start …"))
    await visitor.look(page, "start-sure")
    await press(page, button("Start the test"))
    await page.getByRole("heading", { name: "A1" }).waitFor()
  })

  test("it is seen live, and opening the page anew does nothing to it", async () => {
    await changes(fact("Test time"))
    await until("Plate at 1 mA cm⁻²")
    await changes(fact("Voltage"))
    await page.reload()
    await page.getByRole("heading", { name: "A1" }).waitFor()
    await changes(fact("Charge in this step"))
    expect(await button("Stop").isEnabled()).toBe(true)
    await visitor.look(page, "channel")
  })

  test("the board is pulled, comes back, and waits for a person", async () => {
    server.togglePower()
    await until("The board is away.")
    expect(await button("Stop").isEnabled()).toBe(false)
    await visitor.look(page, "channel-away")
    server.togglePower()
    await button("Resume").click()
    await visitor.look(page, "resume-sure")
    await button("Go on").click()
    await changes(fact("Test time"))
    await until("1 gap here")
    await visitor.look(page, "channel-gap")
  })

  test("it is stopped only once that is confirmed", async () => {
    await button("Stop").click()
    const sure = page.getByRole("dialog")
    expect(await sure.innerText()).toMatch(/Stop A1\?.*channel 0.*cannot be continued/s)
    await button("Leave it as it is").click()
    await changes(fact("Test time"))
    await button("Stop").click()
    await visitor.look(page, "stop-sure")
    await button("Stop it for good").click()
    await page.getByRole("link", { name: "Start a test here" }).waitFor()
    await vi.waitUntil(async () => (await stored()).state === "stopped", PATIENCE)
  })

  test("its records can be taken along", async () => {
    await page.getByRole("link", { name: "table, report, exports" }).click()
    await until("Take it along")
    await visitor.look(page, "test")
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Battery Data Format 1.3, CSV" }).click(),
    ])
    const files = unzipped(readFileSync(await download.path()))
    const [, csv] = [...files].find(([name]) => /^Lab__A1__.*\.bdf\.csv$/.test(name)) ?? []
    const [head, ...rows] = csv?.bytes.toString().trim().split("\n") ?? []
    expect(head).toMatch(/^Test Time \/ s,.*Voltage \/ V/)
    expect(rows.length).toBeGreaterThan(300)
    expect(new Set(rows.map((row) => row.split(",").length))).toEqual(
      new Set([head.split(",").length]),
    )
  })

  test("its report tells of the gap", async () => {
    const [report] = await Promise.all([
      visitor.context.waitForEvent("page"),
      page.getByRole("link", { name: "Report to keep or print" }).click(),
    ])
    await report.getByRole("heading", { name: "Faults and gaps" }).waitFor()
    const text = await report.locator("body").innerText()
    expect(text).toContain("restart: the board restarted, and the test waited for a person")
    expect(text).toContain("Ended after")
    await visitor.look(report, "report")
    await report.close()
  })

  test("all tests are listed, and laid over each other", async () => {
    await page.evaluate(startAnother, (await stored()).board)
    await page.getByRole("link", { name: "Tests", exact: true }).click()
    await page.getByRole("link", { name: "A2" }).waitFor()
    await visitor.look(page, "tests")
    for (const name of [/^Compare A1/, /^Compare A2/])
      await page.getByRole("checkbox", { name }).check()
    await page.getByRole("link", { name: "Compare 2" }).click()
    await page.getByRole("heading", { level: 1 }).waitFor()
    await visitor.look(page, "compare")
  })

  test("nothing went wrong that a person would not have seen", () => {
    expect(visitor.troubles).toEqual([])
  })
})

/** In the page: what the start view does, on channel 1. */
async function startAnother(board: string): Promise<void> {
  const example = await (await fetch("/api/examples/symmetric-mild")).json()
  const protocol = { fileName: "symmetric-mild.yaml", text: example.text }
  const cell = { ...example.cell, name: "A2" }
  const headers = { "Content-Type": "application/json" }
  const body = JSON.stringify({ board, channel: 1, protocol, cell })
  await fetch("/api/start", { method: "POST", headers, body })
}

function isFocused(element: Element): boolean {
  return element === document.activeElement
}

/** Waits for another text. */
async function changes(place: Locator): Promise<void> {
  await place.waitFor()
  const before = await place.innerText()
  await vi.waitUntil(async () => (await place.innerText()) !== before, PATIENCE)
}
