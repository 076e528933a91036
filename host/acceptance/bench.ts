/** What is in a channel's holder in the acceptance test. */
export type Placed = "nothing" | "standard" | "short"

/** Whoever changes what is in a holder: a person, or a relay card. */
export interface AcceptanceBench {
  readonly standard_ohm: number
  /** Comes back when it is in. */
  place(what: Placed, channel: number, instruction: string): Promise<void>
}

/** A bench that is worked by a person, who is told what to do. */
export class PromptAcceptance implements AcceptanceBench {
  constructor(
    readonly standard_ohm: number,
    private readonly ask: (text: string) => Promise<string>,
  ) {}

  async place(_what: Placed, _channel: number, instruction: string): Promise<void> {
    await this.ask(`${instruction}\nPress Enter when that is done. `)
  }
}

export function placeInstruction(what: Placed, channel: number, standard_ohm: number): string {
  switch (what) {
    case "nothing":
      return `Channel ${channel}: take the cell out, and leave all four leads open, touching nothing.`
    case "standard":
      return (
        `Channel ${channel}: connect the ${standard_ohm} Ω standard by four leads: F+ and F− outside, ` +
        "S+ and S− inside, + to +."
      )
    case "short":
      return `Channel ${channel}: take the standard out and join all four leads at one point, the same screw or clip.`
  }
}
