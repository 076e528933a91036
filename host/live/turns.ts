/** Lets what is done with one thing be done one after another. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>()

  /** Does the work once all that was asked for before with this key is done, however that ended. */
  take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const done = (this.last.get(key) ?? Promise.resolve()).then(work)
    const settled = done.catch(() => {})
    this.last.set(key, settled)
    settled.then(() => {
      if (this.last.get(key) === settled) this.last.delete(key)
    })
    return done
  }
}
