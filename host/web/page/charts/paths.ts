import type { Range } from "./range"

function testPath(id: string, of: string): string {
  return `/api/tests/${encodeURIComponent(id)}/${of}`
}

/** Records in a range, or all: lowest and highest of each pixel across, in steps, so that a resized window asks alike. */
export function tracePath(id: string, range: Range | undefined, width_px: number): string {
  const points = Math.min(4000, 400 * Math.ceil(width_px / 200))
  const part = range && `from_s=${range.from.toFixed(3)}&to_s=${range.to.toFixed(3)}&`
  return testPath(id, `trace?${part ?? ""}points=${points}`)
}

export function cyclesPath(id: string): string {
  return testPath(id, "cycles")
}

export function overlayPath(id: string, cycles: readonly number[]): string {
  return testPath(id, `overlay?cycles=${cycles.join(",")}`)
}

export function differentialPath(id: string, cycles: readonly number[]): string {
  return testPath(id, `dqdv?cycles=${cycles.join(",")}`)
}
