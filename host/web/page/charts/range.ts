/** A stretch of an axis, in the SI unit of what it shows; `to` is above `from`. */
export interface Range {
  readonly from: number
  readonly to: number
}

export function spanOf({ from, to }: Range): number {
  return to - from
}

/** The same width as near as it fits into `whole`; all of it when it is wider. */
export function within(range: Range, whole: Range): Range {
  const span = Math.min(spanOf(range), spanOf(whole))
  const from = Math.min(Math.max(range.from, whole.from), whole.to - span)
  return { from, to: from + span }
}

/**
 * Narrowed or widened, never beyond `whole` nor below `least`.
 * @param factor of the width; below 1 shows more detail
 * @param about what stays where it is
 */
export function zoomed(
  range: Range,
  factor: number,
  about: number,
  whole: Range,
  least: number,
): Range {
  const span = Math.min(Math.max(spanOf(range) * factor, least), spanOf(whole))
  const part = (about - range.from) / spanOf(range)
  const from = about - part * span
  return within({ from, to: from + span }, whole)
}

/** Moved along by a part of its width. */
export function panned(range: Range, part: number, whole: Range): Range {
  const by = part * spanOf(range)
  return within({ from: range.from + by, to: range.to + by }, whole)
}

/** Whether nothing of `whole` is outside. */
export function isAll(range: Range, whole: Range): boolean {
  return range.from <= whole.from && range.to >= whole.to
}

/** At least as wide as `least`, about its middle: a flat line has a scale too. */
export function widened(range: Range, least: number): Range {
  const short = least - spanOf(range)
  return short > 0 ? { from: range.from - short / 2, to: range.to + short / 2 } : range
}
