import type { Checked } from "../../api"
import { counted } from "../words"
import { type Place, placeName } from "./places"

/** What is known of a test that a person wants to start. */
export interface Readiness {
  mayAct: boolean
  place: Place | undefined
  /** The cell's name, and the protocol's text. */
  name: string
  text: string
  checked: Checked | undefined
  /** It was checked as it stands now. */
  isFresh: boolean
}

/** What to do next before the test can be started, a sentence; undefined when it can. */
export function obstacle({
  mayAct,
  place,
  name,
  text,
  checked,
  isFresh,
}: Readiness): string | undefined {
  if (!mayAct) return "Show the token first."
  if (place === undefined) return "There is no free channel."
  if (place.kind === "taken")
    return `Choose another channel: ${placeName(place)} is taken (${place.why}).`
  if (text.trim() === "") return "Choose an example, load a file, or write a protocol."
  if (name.trim() === "") return "Give the cell a name."
  if (!isFresh || checked === undefined) return "Checking …"
  const errors = checked.findings.filter(({ severity }) => severity === "error").length
  if (errors > 0) return `Mend ${errors === 1 ? "the error" : counted(errors, "error")} first.`
  return undefined
}
