import { assembly } from "./assembly"
import { pinouts } from "./pinouts"
import { places } from "./places"
import { wiring } from "./wiring"

/** The guide's pictures by their file's name in `pictures/`. */
export const PICTURES: Record<string, () => string> = {
  "card-assembly.svg": () => assembly("card"),
  "base-assembly.svg": () => assembly("base"),
  "card-places.svg": () => places("card"),
  "base-places.svg": () => places("base"),
  "pinouts.svg": pinouts,
  "wiring.svg": wiring,
}
