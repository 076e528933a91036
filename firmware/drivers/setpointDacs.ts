import type { SetpointDacs } from "../core/ports"
import type { Send } from "./bus"
import type { Mcp4728 } from "./mcp4728"

/** Coarse and fine DAC as one set-point. */
export class DacPair implements SetpointDacs {
  readonly fine: number[] = [2048, 2048, 2048, 2048]
  isCoarseStale = false
  readonly coarse: number[] = [2048, 2048, 2048, 2048]

  constructor(
    private readonly fineDac: Mcp4728,
    private readonly coarseDac: Mcp4728,
    private readonly send: Send,
  ) {}

  update(): boolean {
    if (this.isCoarseStale) {
      if (!put(this.coarseDac, this.coarse, this.send)) return false
      this.isCoarseStale = false
    }
    return put(this.fineDac, this.fine, this.send)
  }
}

/** Sends a DAC's four codes in one transaction, if any changed. Gives false when it does not answer. */
function put(dac: Mcp4728, codes: number[], send: Send): boolean {
  const sent = dac.sent
  const bytes = dac.bytes
  let changed = false
  for (let i = 0; i < sent.length; ++i) {
    const code = codes[i]
    if (code === sent[i]) continue
    sent[i] = code
    bytes[2 * i] = code >> 8
    bytes[2 * i + 1] = code
    changed = true
  }
  // A disturbed transaction is no lost chip.
  if (!changed || send(dac.write) === 0 || send(dac.write) === 0) return true
  sent[0] = -1 // the codes count as not sent
  return false
}
