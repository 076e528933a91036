import type { TestPage } from "../../api"
import type { Item } from "./Legend"
import { look } from "./looks"
import type { Palette } from "./theme"

/** A test as it looks in every chart of a comparison. */
export interface ComparedTest extends Item {
  id: string
}

/** Names tests by their cells, and by their ids as well where two cells are called alike. */
export function comparedTests(
  tests: readonly Pick<TestPage, "id" | "cell">[],
  { series }: Pick<Palette, "series">,
): ComparedTest[] {
  return tests.map(({ id, cell }, n) => ({
    id,
    name: tests.some((other) => other.id !== id && other.cell === cell) ? `${cell} (${id})` : cell,
    colour: series[n % series.length],
    ...look(n),
  }))
}
