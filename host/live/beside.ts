/** Work that goes on by itself, for which nobody waits. A mistake of ours in it ends nothing else. */
export class Beside {
  private readonly working = new Set<Promise<void>>()
  private mistake = ""

  /** @param onMistake hears of a mistake with its trace, once in a row */
  constructor(private readonly onMistake: (text: string) => void) {}

  start(work: Promise<void>): void {
    const done = work.catch((error: Error) => {
      const mistake = error.stack ?? error.message
      if (mistake !== this.mistake) this.onMistake(mistake)
      this.mistake = mistake
    })
    this.working.add(done)
    done.finally(() => this.working.delete(done))
  }

  /** Waits for all that goes on now. */
  async end(): Promise<void> {
    await Promise.all(this.working)
  }
}
