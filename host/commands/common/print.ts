/** Prints a result to stdout, as one JSON document. What is undefined is left out; NaN becomes null. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

/** Prints one JSON document on a line of its own, for commands that go on printing. */
export function printJsonLine(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/** Prints a result to stdout. */
export function printText(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`)
}

/** Tells a person what goes on, on stderr: results alone go to stdout. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}
