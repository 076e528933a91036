import { useRef, useState } from "preact/hooks"
import { useLiveOf } from "../live"
import { cellKeys, type Draft, keepDraft, keptDraft } from "./draft"
import { obstacle } from "./obstacle"
import { placeFor, placesOf } from "./places"
import { useCalibrations } from "./useCalibrations"
import { useChecked } from "./useChecked"

/** A channel, by its board's id. */
export interface Chosen {
  board: string
  channel: number
}

/** All that is known of a test that somebody wants to start. */
export function useStart(asked: Chosen | undefined) {
  const mayAct = useLiveOf((live) => live.mayAct)
  const boards = useLiveOf((live) => live.boards)
  const calibrations = useCalibrations(boards)
  const [draft, change] = useDraft()
  const [chosen, choose] = useState(asked)
  const places = placesOf(boards ?? [], calibrations)
  const place = placeFor(places, chosen)

  const { text, fileName } = draft
  const cell = cellKeys(draft.cell)
  const isBlank = text.trim() === ""
  const isUnknown = Object.keys(cell).length === 0
  const request = { protocol: { fileName, text }, cell: isUnknown ? undefined : cell }
  const check = useChecked(mayAct && !(isBlank && isUnknown) ? request : undefined)
  const { checked, isFresh } = check
  const name = draft.cell.name ?? ""
  const findings = (checked?.findings ?? []).filter(
    // What is not written yet is not wrong.
    ({ of, path }) => (of === "cell" ? path !== "name" || name.trim() !== "" : !isBlank),
  )
  const next = obstacle({ mayAct, place, name, text, checked, isFresh })
  const isKnown = boards !== undefined
  return {
    ...{ isKnown, places, place, choose, calibrations },
    ...{ draft, change, cell, isBlank, check, findings, next },
  }
}

/** What is filled in, kept over reloads. */
function useDraft(): [Draft, (to: (draft: Draft) => Draft) => void] {
  const [draft, setDraft] = useState(keptDraft)
  const latest = useRef(draft)
  const change = (to: (draft: Draft) => Draft) => {
    latest.current = to(latest.current)
    // At once: what is changed last may be followed by another view.
    keepDraft(latest.current)
    setDraft(latest.current)
  }
  return [draft, change]
}
