import { isAll, type Range, spanOf } from "./range"

/** What of a test is in view: all of it, its end as it grows, or a stretch that stays. */
export type View = { of: "all" } | { of: "end"; span_s: number } | { of: "stretch"; range: Range }

export const ALL: View = { of: "all" }

/** Of a test of so much test time, the stretch that a view shows. */
export function rangeOf(view: View, whole: Range): Range {
  switch (view.of) {
    case "all":
      return whole
    case "end":
      return { from: Math.max(whole.from, whole.to - view.span_s), to: whole.to }
    case "stretch":
      return view.range
  }
}

/** The view that shows a stretch. @param grows a stretch that reaches the end of a test that runs goes along with it */
export function viewOf(range: Range, whole: Range, grows: boolean): View {
  if (isAll(range, whole)) return ALL
  if (grows && range.to >= whole.to) return { of: "end", span_s: spanOf(range) }
  return { of: "stretch", range }
}
