import { once } from "node:events"
import { SerialPort } from "serialport"
import { afterEach, expect, test } from "vitest"
import { BoardClient } from "../../host/boardClient"
import { encodeFrame, isFromBridge, JdUsbDecoder, openingFrames } from "../../host/transport/jdusb"
import { openSerial } from "../../host/transport/serial"
import { hasSocat, type Served, serve } from "../transport/served"

let served: Served | undefined
afterEach(async () => {
  await served?.stop()
  served = undefined
})

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex")

/** Lets the board's time pass, however fast it runs. */
async function pass(one: Served, duration_s: number): Promise<void> {
  const until_ms = one.board.now_ms + 1000 * duration_s
  while (one.board.now_ms < until_ms) await new Promise((resolve) => setTimeout(resolve, 5))
}

test.skipIf(!hasSocat)(
  "as fast as it runs, the board waits for its reader: no frame is lost, seed 471",
  async () => {
    served = await serve({ seed: 471, withPty: true })
    const { board, pty } = served
    const sent: string[] = []
    const forward = board.onFrame
    board.onFrame = (frame) => {
      sent.push(hex(frame))
      forward(frame)
    }
    const port = new SerialPort({ path: pty, baudRate: 1_500_000 })
    await once(port, "open")
    const got: string[] = []
    const decoder = new JdUsbDecoder(
      (frame) => {
        if (!isFromBridge(frame)) got.push(hex(frame))
      },
      () => {},
    )
    port.on("data", (bytes: Buffer) => decoder.push(bytes))
    for (const frame of openingFrames) port.write(encodeFrame(frame))
    for (let stall = 0; stall < 5; stall++) {
      const count = got.length
      while (got.length < count + 1000) await pass(served, 1)
      port.pause()
      await new Promise((resolve) => setTimeout(resolve, 400))
      port.resume()
    }
    // Which of the first came before anybody read is not ours to say; from there on none is missing.
    expect(sent.join(" ").includes(got.join(" "))).toBe(true)
    port.close()
  },
)

test.skipIf(!hasSocat)(
  "a host that goes without a word does not stop the board, seed 472",
  async () => {
    served = await serve({ seed: 472, withPty: true })
    const link = await openSerial(served.pty)
    while (link.bus.devices({ ignoreInfrastructure: true }).length === 0) await link.sleep_ms(1)
    await link.close()
    // Much more than fits into any buffer on the way.
    await pass(served, 3_000)
    const again = await openSerial(served.pty)
    const client = await BoardClient.find(again)
    expect(await client.bootCount()).toBe(1)
    await again.close()
  },
)
