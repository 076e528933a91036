import { afterEach, expect, test, vi } from "vitest"
import { BoardClient } from "../../../host/boardClient"
import { AwakeClock } from "../../../host/transport/awake"
import { WallLink, type Wire } from "../../../host/transport/wallLink"
import { announcement, DEVICE_ID, report, ScriptedBoard } from "../hostile/scriptedBoard"

const HOUR_ms = 3_600_000

test("time in which a process slept is no time in which a board was silent", () => {
  let wall_ms = 0
  const clock = new AwakeClock(() => wall_ms)
  expect(clock.now_ms).toBe(0)
  for (const passed_ms of [100, 1_900, 100]) {
    wall_ms += passed_ms
    expect(clock.now_ms).toBe(wall_ms)
  }
  const before_ms = clock.now_ms
  for (const slept_ms of [8 * HOUR_ms, 2_500, 8766 * HOUR_ms]) {
    wall_ms += slept_ms
    expect(clock.now_ms).toBe(before_ms)
  }
  wall_ms += 70
  expect(clock.now_ms).toBe(before_ms + 70)
})

/** A port to a board that answers in wall time, and may fall silent. */
class FakeWire implements Wire {
  onFrame: Wire["onFrame"] = () => {}
  onLine: Wire["onLine"] = () => {}
  onLost: Wire["onLost"] = () => {}
  readonly hasConsole = false
  isSilent = false
  sent = 0
  private readonly board = new ScriptedBoard(({ code, isRegister }) => [
    report(isRegister ? 0x1000 | code : code, Buffer.from([1, 0, 0, 0])),
  ])
  private readonly timer = setInterval(() => {
    if (!this.isSilent) this.onFrame(announcement())
  }, 200)

  constructor() {
    this.board.onFrame = (frame) => this.onFrame(frame)
  }

  async send(frame: Uint8Array): Promise<void> {
    this.sent++
    if (this.isSilent) return
    this.board.send(frame)
    setTimeout(() => this.board.advanceBy_ms(1), 10)
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
  }
}

let link: WallLink | undefined
afterEach(async () => {
  vi.restoreAllMocks()
  await link?.close()
})

test("a computer that sleeps for an hour over a question asks it again, and takes no board for gone", async () => {
  const wire = new FakeWire()
  link = await WallLink.over("fake", wire)
  const client = await BoardClient.find(link, DEVICE_ID)
  expect(await client.bootCount()).toBe(1)
  const real = performance.now.bind(performance)
  let slept_ms = 0
  vi.spyOn(performance, "now").mockImplementation(() => real() + slept_ms)
  wire.isSilent = true
  const asked = client.bootCount()
  await new Promise((resolve) => setTimeout(resolve, 100))
  slept_ms = HOUR_ms
  // What was asked before is lost; USB is there again some seconds after the computer woke.
  setTimeout(() => {
    wire.isSilent = false
  }, 2_400)
  expect(await asked).toBe(1)
})
