import { useMemo, useState } from "preact/hooks"
import type { Moves } from "./keys"
import { panned, type Range, zoomed } from "./range"
import { ALL, rangeOf, type View, viewOf } from "./view"

/** Closer, a record a tenth of a second apart has no neighbour left. */
const LEAST_S = 1

/**
 * What of a test is in view, and what moves that.
 * @param whole how long it is by now
 * @param grows it runs
 */
export function useView(
  whole: { readonly current: Range },
  grows: boolean,
): { view: View; setView: (view: View) => void; moves: Omit<Moves, "onRead" | "isZoomed"> } {
  const [view, setView] = useState<View>(ALL)
  const moves = useMemo(() => {
    const move = (change: (shown: Range) => Range) =>
      setView((before) => viewOf(change(rangeOf(before, whole.current)), whole.current, grows))
    const zoom = (factor: number, about: (shown: Range) => number) =>
      move((shown) => zoomed(shown, factor, about(shown), whole.current, LEAST_S))
    const middle = (shown: Range) =>
      grows && shown.to >= whole.current.to ? shown.to : (shown.from + shown.to) / 2
    return {
      onZoom: (factor: number, about: number) => zoom(factor, () => about),
      onStep: (factor: number) => zoom(factor, middle),
      onPan: (part: number) => move((shown) => panned(shown, part, whole.current)),
      onReset: () => setView(ALL),
    }
  }, [whole, grows])
  return { view, setView, moves }
}
