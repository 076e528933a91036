import { type Action, stated } from "../catalogue/action"
import type { ActionBook } from "../catalogue/actionBook"
import type { Catalogue, Row, Where } from "../catalogue/catalogue"
import { TesterError } from "../errors"
import type { Ordered } from "./api"

/** What this computer notes of who told channels what. */
export interface Noted {
  /** Never keeps anybody from anything: what goes wrong is told elsewhere. */
  note(action: Action): void
  /** @throws CatalogueError */
  rows(where: Where): Promise<Row[]>
}

/**
 * What is noted in a book, and sent on.
 * @param shared the catalogue of a whole lab; undefined: the data folder's own is all there is
 */
export function notedIn(
  book: ActionBook,
  shared?: Catalogue,
  onProblem: (text: string) => void = () => {},
): Noted {
  return {
    note(action) {
      book
        .note(action)
        .then(() => book.send(shared))
        .catch((error: Error) => onProblem(error.message))
    },
    rows: (where) => book.rows(where),
  }
}

/** What is known of an action before it is done, and after. */
type About = Pick<Action, "action" | "board" | "board_name" | "channel">
type Came = Pick<Action, "test" | "cell" | "message">

/**
 * Does what a visitor of the page wants, and notes it, be it that it is refused.
 * @param of what is known of its test when it is refused
 * @throws what the work throws
 */
export async function noting<T extends Came>(
  noted: Noted,
  about: About,
  ordered: Ordered,
  of: () => Omit<Came, "message">,
  work: () => Promise<T>,
): Promise<T> {
  const note = (came: Came, is_done: boolean) =>
    noted.note({ ...about, ...stated(ordered), via: "page", ...came, is_done })
  try {
    const came = await work()
    note({ test: came.test, cell: came.cell, message: came.message }, true)
    return came
  } catch (error) {
    if (error instanceof TesterError) note({ ...of(), message: error.message }, false)
    throw error
  }
}
