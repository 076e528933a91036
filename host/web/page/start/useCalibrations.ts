import { useEffect, useState } from "preact/hooks"
import type { Calibrations, LiveBoard } from "../../api"
import { get } from "../client"
import type { KnownCalibrations } from "./places"

/** Which channels of the boards that are there are calibrated, as the answers come. */
export function useCalibrations(boards: readonly LiveBoard[] | undefined): KnownCalibrations {
  const [known, setKnown] = useState<KnownCalibrations>({})
  const there = (boards ?? []).flatMap(({ id, isThere }) => (isThere ? [id] : [])).join(" ")
  useEffect(() => {
    const leaving = new AbortController()
    for (const id of there.split(" ").filter((one) => one !== ""))
      get<Calibrations>(`/api/boards/${id}/calibrations`, leaving.signal).then(
        (calibrations) =>
          !leaving.signal.aborted && setKnown((before) => ({ ...before, [id]: calibrations })),
        // A board that goes away meanwhile is told of elsewhere.
        () => {},
      )
    return () => leaving.abort()
  }, [there])
  return known
}
