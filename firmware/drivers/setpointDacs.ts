import type { SetpointDacs } from "../core/ports"
import type { Mcp4728 } from "./mcp4728"

/** Coarse and fine DAC as one set-point. */
export class DacPair implements SetpointDacs {
  readonly coarse = [2048, 2048, 2048, 2048]
  readonly fine = [2048, 2048, 2048, 2048]

  constructor(
    private readonly coarseDac: Mcp4728,
    private readonly fineDac: Mcp4728,
  ) {}

  update(): boolean {
    const coarse = this.coarseDac.update(this.coarse)
    return this.fineDac.update(this.fine) && coarse
  }
}
