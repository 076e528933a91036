import type { CalibrationBench, Connected } from "./bench"

/** A bench that is worked by a person, who is told what to do and types what the meter shows. */
export class PromptBench implements CalibrationBench {
  /** @param ask shows a text and gives the line that is typed in answer */
  constructor(
    readonly standard_ohm: number,
    readonly standard: string,
    private readonly ask: (text: string) => Promise<string>,
  ) {}

  async connect(_what: Connected, _channel: number, instruction: string): Promise<void> {
    await this.ask(`${instruction}\nPress Enter when that is done. `)
  }

  async read_V(_channel: number, instruction: string): Promise<number> {
    for (let text = instruction; ; text = "That is no number of volts, such as -0.90031. Again: ") {
      const read_V = numberOf(await this.ask(`${text} `))
      if (read_V !== undefined) return read_V
    }
  }
}

/** A number as people type it: with a decimal comma too, and a V or mV behind. */
function numberOf(line: string): number | undefined {
  const [, digits, unit] = /^\s*([-+−]?\d+(?:[.,]\d*)?)\s*(m?V)?\s*$/.exec(line) ?? []
  if (digits === undefined) return undefined
  const value = Number(digits.replace(",", ".").replace("−", "-"))
  return unit === "mV" ? value / 1000 : value
}
