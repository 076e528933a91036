import type { Server } from "node:http"
import { createAdaptorServer } from "@hono/node-server"
import { TesterError } from "../../errors"
import type { WebRoutes } from "../env"
import { portHolder } from "./portHolder"

/** A server that answers. */
export interface Listening {
  port: number
  /** Ends all connections. */
  close(): Promise<void>
}

/**
 * Lets a server answer.
 * @param port 0 for any that is free
 * @throws TesterError when it cannot listen there, with who does and what to do
 */
export async function listen(app: WebRoutes, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explained(error, host, port)))
    server.listen(port, host, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("no TCP address")
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function explained(error: NodeJS.ErrnoException, host: string, port: number): TesterError {
  switch (error.code) {
    case "EADDRINUSE": {
      const holder = portHolder(port)
      const who = holder === undefined ? "another program" : `another program (${holder})`
      return new TesterError(
        `Port ${port} is taken by ${who}. Is 'coincell serve' running already? Open its page, or end it; or give ` +
          "another port, such as '--listen 2034', or '--listen 0' for any that is free.",
      )
    }
    case "EACCES":
      return new TesterError(
        `This user may not listen at port ${port}. Give one above 1023, such as '--listen 2033'.`,
      )
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new TesterError(
        `--host ${host}: this computer has no such address. Give one of its own, or 0.0.0.0 for all of them.`,
      )
    default:
      return new TesterError(`The server cannot listen at ${host}, port ${port}: ${error.message}.`)
  }
}
