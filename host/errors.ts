/** Something that a person can mend: the message says what, where and how. */
export class TesterError extends Error {
  constructor(message: string) {
    super(message)
    this.name = new.target.name
  }
}

/** A protocol that cannot be run. `path` is where, such as `method[3].until_voltage_V`. */
export class ProtocolError extends TesterError {
  constructor(
    readonly path: string,
    problem: string,
  ) {
    super(`${path}: ${problem}`)
  }
}

/** The board refuses a command, or does not answer. */
export class BoardError extends TesterError {}

/** Bytes that are no log page, or a log with pages missing. */
export class LogError extends TesterError {}
