import type { Catalogue } from "../catalogue/catalogue"
import type { FleetAction, FleetBroker } from "../web/fleetApi"
import type { Told } from "./feed"
import { Fleet } from "./fleet"
import type { Lake } from "./lake/lake"
import type { Link } from "./link"

/** Most actions that are told of a channel. */
const MOST_ACTIONS = 50

/** All that the fleet's server knows, and from where. */
export class Sources implements Told {
  readonly fleet = new Fleet()
  private readonly due = new Map<string, number>()
  private readonly troubles = new Map<string, string>()

  constructor(
    readonly link: () => Link,
    readonly dataset: Lake | undefined,
    private readonly catalogue: Catalogue | undefined,
  ) {}

  get broker(): FleetBroker {
    return this.link().broker
  }

  get lake(): { name: string } | undefined {
    return this.dataset && { name: this.dataset.name }
  }

  get problems(): readonly string[] {
    return [...this.troubles.values()]
  }

  calibrationDue(lab: string, board: string): number | undefined {
    return this.due.get(`${lab}/${board}`)
  }

  /** @param text undefined: it is over @returns whether that is news */
  trouble(of: string, text: string | undefined): boolean {
    if (this.troubles.get(of) === text) return false
    if (text === undefined) this.troubles.delete(of)
    else this.troubles.set(of, text)
    return true
  }

  /** Reads what the catalogue has of boards. @throws CatalogueError */
  async readBoards(): Promise<void> {
    for (const { lab, board, calibration_due } of (await this.catalogue?.rows("boards")) ?? []) {
      const due_s = Date.parse(`${calibration_due}`) / 1000
      if (!Number.isNaN(due_s)) this.due.set(`${lab}/${board}`, due_s)
    }
  }

  /** What was ordered of a channel, the latest first. @throws CatalogueError */
  async actions(board: string, channel: number): Promise<FleetAction[]> {
    const rows = (await this.catalogue?.rows("actions")) ?? []
    return rows
      .filter((row) => row.board === board && row.channel === channel)
      .map((row) => {
        const unix_s = Date.parse(`${row.time}`) / 1000
        return {
          unix_s: Number.isNaN(unix_s) ? undefined : unix_s,
          by: textOf(row.by) ?? "not known",
          action: textOf(row.action) ?? "",
          test: textOf(row.test),
          why: textOf(row.why),
          isDone: row.is_done === true,
          message: textOf(row.message) ?? "",
        }
      })
      .sort((a, b) => (b.unix_s ?? 0) - (a.unix_s ?? 0))
      .slice(0, MOST_ACTIONS)
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined
}
