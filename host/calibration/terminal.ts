import { createInterface, type Interface } from "node:readline"
import type { Readable, Writable } from "node:stream"
import { TesterError } from "../errors"

const KEPT = "A channel that was not finished keeps the calibration that it had."

/** Asks whoever types lines into `input`: a person at a terminal, or a script through a pipe. */
export class Terminal {
  private readonly lines: Interface
  private readonly next: AsyncIterator<string>

  /**
   * @param output where the questions go
   * @param kept what holds when it is stopped in the midst, a sentence
   */
  constructor(
    input: Readable,
    private readonly output: Writable,
    private readonly signal: AbortSignal,
    private readonly kept = KEPT,
  ) {
    this.lines = createInterface({ input, terminal: false })
    this.next = this.lines[Symbol.asyncIterator]()
  }

  /**
   * Shows a text and gives the line that is typed in answer.
   * @throws TesterError when the input ends, or Ctrl-C is pressed
   */
  async ask(text: string): Promise<string> {
    const stopped = new TesterError(`Stopped by Ctrl-C. ${this.kept}`)
    if (this.signal.aborted) throw stopped
    this.output.write(text)
    let giveUp = () => {}
    const aborted = new Promise<never>((_, reject) => {
      giveUp = () => reject(stopped)
      this.signal.addEventListener("abort", giveUp)
    })
    try {
      const line = await Promise.race([this.next.next(), aborted])
      if (line.done)
        throw new TesterError(`Nobody answers any more: the input has ended. ${this.kept}`)
      return line.value
    } finally {
      this.signal.removeEventListener("abort", giveUp)
    }
  }

  /** Shows a text that wants no answer. */
  show(text: string): void {
    this.output.write(text)
  }

  close(): void {
    this.lines.close()
  }
}
