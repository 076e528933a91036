import { actionLines } from "../catalogue/actionLines"
import type { Catalogue, Where } from "../catalogue/catalogue"
import type { ActionLine } from "../web/api"
import type { FleetBroker } from "../web/fleetApi"
import type { Told } from "./feed"
import { Fleet } from "./fleet"
import type { Lake } from "./lake/lake"
import type { Link } from "./link"

/** All that the fleet's server knows, and from where. */
export class Sources implements Told {
  readonly fleet = new Fleet()
  private readonly due = new Map<string, number | null>()
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

  calibrationDue(lab: string, board: string): number | null | undefined {
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
      if (calibration_due === null) this.due.set(`${lab}/${board}`, null)
      else if (!Number.isNaN(due_s)) this.due.set(`${lab}/${board}`, due_s)
    }
  }

  /** Who told what to a channel or test, the latest first. @throws CatalogueError */
  async actions(where: Where): Promise<ActionLine[]> {
    return actionLines((await this.catalogue?.rows("actions", where)) ?? [])
  }
}
