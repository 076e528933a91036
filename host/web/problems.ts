import { TesterError } from "../errors"

/** There is nothing of that name: 404. */
export class NotFoundError extends TesterError {}

/** What was asked for does not fit how things stand by now: 409. */
export class ConflictError extends TesterError {}
