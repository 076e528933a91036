import manifestJson from "../devicescript.json" with { type: "json" }
import type { Circuit } from "../firmware/core/circuit"

/** The board manifest, as the host reads it. */
export const manifest = manifestJson
export const circuit: Circuit = manifestJson.frontEnd
