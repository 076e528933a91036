import type { WebRoutes } from "../web/env"
import { bareApp } from "../web/server/bareApp"
import type { GuardOptions } from "../web/server/guard"
import { type Page, pageRoutes } from "../web/server/page"
import { fleetLiveRoutes, lakeRoutes, orderRoutes } from "./routes"
import type { Sources } from "./sources"

/** All that the fleet's server answers: its page, what happens now, the dataset, orders. */
export function createFleetApp(
  options: GuardOptions & { sources: Sources; page: Page },
): WebRoutes {
  const { sources, page, ...guarded } = options
  const app = bareApp(guarded)
  app.route("/", pageRoutes(page))
  app.route("/", fleetLiveRoutes(sources))
  app.route("/", lakeRoutes(sources))
  app.route("/", orderRoutes(sources))
  return app
}
