import type { Happened } from "./state"

const KEPT = 100

/** The last hundred things that happened, numbered, so that each listener hears each once. */
export class Happenings {
  private readonly kept: Happened[] = []
  /** Number of the one to come. */
  private next = 0

  add(happened: Happened): void {
    this.kept.push(happened)
    if (this.kept.length > KEPT) this.kept.shift()
    this.next++
  }

  /**
   * What has happened since.
   * @param number the `next` of the call before; 0 for all that is kept
   */
  since(number: number): { happened: readonly Happened[]; next: number } {
    const count = Math.min(this.kept.length, this.next - number)
    return { happened: count === 0 ? [] : this.kept.slice(-count), next: this.next }
  }
}
