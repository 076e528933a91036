import manifestJson from "../devicescript.json" with { type: "json" }

/** The board manifest, as the simulator reads it. */
export const manifest = manifestJson

/** "0x40" as a number. */
export function address(text: string): number {
  return Number.parseInt(text, 16)
}
