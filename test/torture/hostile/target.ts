/** Something that takes input from outside, and what must hold whatever that is. */
export interface Target {
  /** Also its folder in the corpus. */
  name: string
  /** Inputs that are sound, or nearly so, from which others are made. */
  seeds: Buffer[]
  /** Words that mean something to it: put into inputs, they get further than noise. */
  words?: Buffer[]
  /** Longest input, bytes; 4096 unless given. */
  most?: number
  /**
   * Takes one input.
   * @throws when what must hold does not: any error but those that a person can mend is a find
   */
  run(input: Buffer): void | Promise<void>
  close?(): void | Promise<void>
}

/** A broken promise, in words. */
export function broken(what: string): never {
  throw new Error(`broken: ${what}`)
}

export function wordsOf(text: string): Buffer[] {
  return text.split(" ").map((word) => Buffer.from(word))
}
