import type { Page as Tab } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { createFleetApp } from "../../host/fleet/app"
import { type Listening, listen } from "../../host/web/server/listen"
import { buildPage, type Page } from "../../host/web/server/page"
import { Token } from "../../host/web/server/token"
import { hasChromium, Visitor } from "../web/browser/chromium"
import { aChannel, aReading, FleetLab } from "./fleetLab"

/** What the whole page may weigh on its way, as any of ours. */
const MOST_BYTES = 60_000
const HOSTS = 20
const BOARDS = 6

const token = new Token("a-token-of-enough-letters")
const boardId = (host: number, board: number) => `${host}${board}`.padStart(16, "0")

let page: Page
beforeAll(async () => {
  page = await buildPage("fleet/main.tsx")
})

it("the fleet's page is as small as the other", () => {
  expect([...page.keys()]).toEqual(["/", "/main.js", "/main.css", "/icon.svg"])
  const bytes = [...page.values()].reduce((sum, { gzipped }) => sum + gzipped.length, 0)
  expect(bytes).toBeLessThan(MOST_BYTES)
})

describe.skipIf(!hasChromium)("a person who looks at 480 channels on twenty hosts", () => {
  const lab = new FleetLab()
  let server: Listening
  let visitor: Visitor
  let tab: Tab
  const readAll = (voltage_V: number) => {
    for (let host = 1; host <= HOSTS; host++)
      for (let board = 1; board <= BOARDS; board++) {
        const readings = [0, 1, 2, 3].map((channel) => aReading(channel, { voltage_V }))
        lab.live(`pi-${host}`, readings, boardId(host, board))
      }
  }

  beforeAll(async () => {
    lab.now_unix_s = Date.now() / 1000
    for (let host = 1; host <= HOSTS; host++) {
      lab.host(`pi-${host}`)
      for (let board = 1; board <= BOARDS; board++) {
        const project = host === 2 ? "foils" : "anodes"
        const channels = [0, 1, 2, 3].map((channel) => aChannel(channel, { project }))
        lab.board(`pi-${host}`, channels, boardId(host, board))
      }
    }
    readAll(0.0213)
    const names = new Set(["127.0.0.1"])
    const app = createFleetApp({ sources: lab.sources, page, token, names, isOpen: true })
    server = await listen(app, "127.0.0.1", 0)
    const link = `http://127.0.0.1:${server.port}/?token=${token.text}`
    visitor = await Visitor.come(link)
    tab = await visitor.context.newPage()
    await tab.goto(link)
    await tab.getByText("480 channels").waitFor()
  })
  afterAll(async () => {
    await visitor?.leave()
    await server?.close()
  })

  it("sees how all of them stand, and what is read", async () => {
    await tab.getByRole("button", { name: "480 running" }).waitFor()
    expect(await tab.locator(".tile").count()).toBe(480)
    await visitor.look(tab, "fleet")
    readAll(0.0477)
    await tab.locator(".tile", { hasText: "0.0477" }).first().waitFor()
  })

  it("sees a host that is lost, and what stood on it counts as away", async () => {
    lab.host("pi-3", { is_there: false })
    await tab.getByText("19 of 20 hosts there").waitFor()
    await tab.getByRole("button", { name: "24 away", exact: true }).click()
    await tab.getByText("24 of 480 channels").waitFor()
    expect(await tab.getByText("away; was running").count()).toBe(24)
    await visitor.look(tab, "fleet-away")
    await tab.getByRole("button", { name: "Show all" }).click()
  })

  it("finds the channels of a project, and orders one to pause, with name and reason", async () => {
    await tab.getByLabel("project").selectOption("foils")
    await tab.getByText("24 of 480 channels").waitFor()
    await tab.locator(".channel-table a").first().click()
    await tab.getByRole("button", { name: "Pause" }).click()
    const sure = tab.getByRole("button", { name: "Pause the test" })
    expect(await sure.isDisabled()).toBe(true)
    await tab.getByLabel("Your name").fill("Ada")
    await tab.getByLabel("Why").fill("swollen")
    await visitor.look(tab, "fleet-order")
    await sure.click()
    await tab.getByText("The test is paused.").waitFor()
    expect(lab.link.ordered).toMatchObject([{ by: "Ada", why: "swollen", order: "pause" }])
  })

  it("is told that the broker is away, and that no order would reach a host", async () => {
    const since_unix_s = Date.now() / 1000 - 60
    lab.link.broker = { ...lab.link.broker, isThere: false, since_unix_s }
    lab.sources.fleet.touch()
    await tab.getByText(/It has not been reached since \d\d:\d\d/).waitFor()
    await vi.waitFor(async () =>
      expect(await tab.getByRole("button", { name: "Stop" }).isDisabled()).toBe(true),
    )
    await visitor.look(tab, "fleet-channel")
    expect(visitor.troubles).toEqual([])
  })
})
