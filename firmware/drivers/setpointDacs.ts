import type { SetpointDacs } from "../core/ports"
import type { Mcp4728 } from "./mcp4728"

/** Coarse and fine DAC as one set-point. */
export class DacPair implements SetpointDacs {
  readonly fine: number[] = [2048, 2048, 2048, 2048]
  readonly coarse: number[] = [2048, 2048, 2048, 2048]
  isCoarseStale = false

  constructor(
    private readonly coarseDac: Mcp4728,
    private readonly fineDac: Mcp4728,
  ) {}

  update(): boolean {
    if (this.isCoarseStale) {
      if (!this.coarseDac.update(this.coarse)) return false
      this.isCoarseStale = false
    }
    return this.fineDac.update(this.fine)
  }
}
