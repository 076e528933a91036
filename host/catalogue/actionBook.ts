import { randomUUID } from "node:crypto"
import { hostname } from "node:os"
import type { Action } from "./action"
import type { Catalogue, Row, Where } from "./catalogue"
import type { FileCatalogue } from "./fileCatalogue"
import { ownCatalogue } from "./open"
import { sendActions } from "./sendActions"

export interface ActionBookOptions {
  /** The data folder. */
  data: string
  /** Undefined: whoever sends what is noted here knows it. */
  lab?: string
  /** What this computer is called. */
  host?: string
}

/**
 * Who told channels what and why, and what came of it. It is noted when it is over, so it keeps nobody from stopping a
 * test: in a file of the data folder, which needs nobody else, and from there it follows to the catalogue that is shared.
 */
export class ActionBook {
  private readonly own: FileCatalogue
  private readonly lab: string
  private readonly host: string
  private last: Promise<unknown> = Promise.resolve()

  constructor({ data, lab = "", host = hostname() }: ActionBookOptions) {
    this.own = ownCatalogue(data)
    this.lab = lab
    this.host = host
  }

  /** It is on the disk when this returns. @throws CatalogueError, by the promise, when it cannot be */
  async note(action: Action, id: string = randomUUID(), time = new Date()): Promise<void> {
    const { lab, host } = this
    await this.own.put("actions", { lab, id, time: time.toISOString(), host, ...action })
  }

  /** What this computer has noted, in the order in which it happened. @throws CatalogueError */
  rows(where: Where): Promise<Row[]> {
    return this.own.rows("actions", where)
  }

  /**
   * Brings into a catalogue that others share what it lacks.
   * @param shared undefined: the data folder's own is all there is
   * @throws CatalogueError when some is kept for later
   */
  send(shared: Catalogue | undefined): Promise<void> {
    if (shared === undefined) return Promise.resolve()
    // Two at once would send the same.
    const sent = this.last.then(() => sendActions(this.own, shared, this.lab))
    this.last = sent.catch(() => {})
    return sent
  }

  /** Once nothing is on its way any more. */
  async settled(): Promise<void> {
    await this.last
  }
}
