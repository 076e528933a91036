/** Something that a person can mend: the message says what, where and how. */
export class TesterError extends Error {
  constructor(message: string) {
    super(message)
    this.name = new.target.name
  }
}

/** There is nothing of that name; over HTTP, 404. */
export class NotFoundError extends TesterError {}

/** What was asked for does not fit how things stand by now; over HTTP, 409. */
export class ConflictError extends TesterError {}

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

/** The port to a board went away, or was closed. The board does not mind. */
export class LinkLostError extends BoardError {
  constructor(readonly address: string) {
    super(
      `The connection at ${address} is gone: was the board unplugged? Its tests go on by themselves; plug it ` +
        "in and try again.",
    )
  }
}

/** The board refuses a program. */
export class ProgramRefusedError extends BoardError {
  constructor(
    readonly channel: number,
    /** Index in the step table; undefined for what stands before the steps. */
    readonly step: number | undefined,
    /** What of it is refused, as the service's enum Key names it. */
    readonly key: string,
  ) {
    const place = step === undefined ? "The head" : `Step ${step}`
    super(
      key === "Checksum"
        ? `${place} of channel ${channel}'s program did not come whole: it was garbled on its way, or another host ` +
            "loaded one at the same time. Nothing was started: try again."
        : `${place} of channel ${channel}'s program has a ${key} that the board cannot run. Is its firmware of ` +
            "this version?",
    )
  }
}

/** A calibration run that did not come to its end; the calibration before it stays in force. */
export class CalibrationError extends TesterError {
  constructor(
    readonly channel: number,
    problem: string,
  ) {
    super(`Channel ${channel}: ${problem} Its calibration stays what it was.`)
  }
}

/** An acceptance test that could not be made; what it would have found is not known. */
export class AcceptanceError extends TesterError {
  constructor(
    /** Undefined for the whole board. */
    readonly channel: number | undefined,
    problem: string,
  ) {
    super(
      channel === undefined ? `No acceptance test: ${problem}` : `Channel ${channel}: ${problem}`,
    )
  }
}

/** Bytes that are no log page, or a log with pages missing. */
export class LogError extends TesterError {}
