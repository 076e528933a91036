import { TesterError } from "../errors"

/** The catalogue cannot be read or written: the message says where and what to do. */
export class CatalogueError extends TesterError {
  constructor(
    readonly catalogue: string,
    problem: string,
  ) {
    super(
      `The catalogue ${catalogue} cannot be used: ${problem} Tests and their data do not need it.`,
    )
  }
}
