import { expect, it } from "vitest"
import { serveMetrics } from "../../host/agent/metrics"
import type { Measured } from "../../host/web/metrics/metrics"
import { runningChannel, TestLab } from "../web/testLab"

it("an agent's metrics are there for Prometheus, and nothing else is", async () => {
  const lab = new TestLab()
  lab.publish("a", { channels: [runningChannel(0, { voltage_V: 0.04 })] })
  const measured = { told: () => undefined, store: { board: () => ({ next: 1 }) } }
  const server = await serveMetrics(Object.assign(lab, measured) as unknown as Measured, {
    host: "127.0.0.1",
    port: 0,
  })
  try {
    const origin = `http://127.0.0.1:${server.port}`
    const answer = await fetch(`${origin}/metrics`)
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain/)
    expect(await answer.text()).toMatch(/coincell_channel_voltage_volts\{.*channel="0"\} 0\.04/)
    expect((await fetch(`${origin}/api/live`)).status).toBe(404)
  } finally {
    await server.close()
  }
})
