import type { StoredData } from "../data/storedData"
import type { Lab } from "../../live/lab"
import type { SimulatedBoardProcess } from "../simulatedBoard"
import { Metrics } from "../metrics/metrics"
import { ActionBook } from "../../catalogue/actionBook"
import { type Noted, notedIn } from "../noting"
import { actionRoutes } from "../routes/actions"
import { liveRoutes } from "../routes/live"
import { reportRoutes } from "../routes/report"
import { simulatedRoutes } from "../routes/simulated"
import { startRoutes } from "../routes/start"
import { testRoutes } from "../routes/tests"
import type { WebRoutes } from "../env"
import { bareApp } from "./bareApp"
import type { GuardOptions } from "./guard"
import { type Page, pageRoutes } from "./page"

export interface AppOptions extends GuardOptions {
  lab: Lab
  data: StoredData
  page: Page
  simulated: SimulatedBoardProcess
  /** Undefined: what is told to channels is noted in the data folder, and nowhere else. */
  noted?: Noted
}

/** All that the server answers: the page, what is happening now, stored tests, actions, metrics. */
export function createApp(options: AppOptions): WebRoutes {
  const { lab, data, page, simulated, ...guarded } = options
  const { noted = notedIn(new ActionBook({ data: lab.store.folder })) } = options
  const app = bareApp(guarded)
  app.route("/", pageRoutes(page))
  app.route("/", liveRoutes(lab))
  app.route("/", testRoutes(lab, data))
  app.route("/", reportRoutes(data))
  app.route("/", actionRoutes(lab, noted))
  app.route("/", startRoutes(lab, noted))
  app.route("/", simulatedRoutes(lab, simulated))
  const metrics = new Metrics(lab)
  app.get("/metrics", async (c) =>
    c.body(await metrics.text(), 200, { "Content-Type": metrics.registry.contentType }),
  )
  return app
}
