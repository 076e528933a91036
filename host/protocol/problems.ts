import { ProtocolError } from "../errors"

/** Gathers what is wrong with a protocol, so that a person reads of all of it at once. */
export class Problems {
  readonly all: ProtocolError[] = []

  /** Does something; where that is refused, notes it and goes on with `otherwise`. */
  attempt<T>(action: () => T, otherwise: T): T {
    try {
      return action()
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.all.push(error)
      return otherwise
    }
  }
}
