import { Hono } from "hono"
import type { WebEnv } from "../web/env"
import { Metrics, type Measured } from "../web/metrics/metrics"
import { type Listening, listen } from "../web/server/listen"

/** Where Prometheus finds the numbers of an agent's boards. */
export interface MetricsAddress {
  host: string
  /** 0 for any that is free. */
  port: number
}

/**
 * GET /metrics: what `coincell serve` has there. Numbers alone: nothing can be ordered.
 * @throws TesterError when it cannot listen there
 */
export function serveMetrics(lab: Measured, { host, port }: MetricsAddress): Promise<Listening> {
  const metrics = new Metrics(lab)
  const app = new Hono<WebEnv>()
  app.get("/metrics", async (c) =>
    c.body(await metrics.text(), 200, { "Content-Type": metrics.registry.contentType }),
  )
  return listen(app, host, port)
}
