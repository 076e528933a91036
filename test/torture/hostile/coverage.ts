import { Session } from "node:inspector/promises"

/**
 * Which parts of our own code have run in this process, by V8's own counters: an input that reaches a part that
 * none before it did is worth keeping.
 */
export class Coverage {
  private session = new Session()
  private readonly reached = new Set<string>()

  async start(): Promise<void> {
    this.session.connect()
    await this.session.post("Profiler.enable")
    await this.session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true })
  }

  /** Parts that ran since the last call, and never before: `file:function:offset`. */
  async news(): Promise<string[]> {
    const { result } = await this.session.post("Profiler.takePreciseCoverage")
    const news: string[] = []
    for (const { url, functions } of result) {
      const file = /\/(?:host|firmware)\/(.*)\.ts$/.exec(url)?.[1]
      if (file === undefined) continue
      for (const { functionName, ranges } of functions)
        for (const { startOffset, endOffset, count } of ranges) {
          const part = `${file}:${functionName}:${startOffset}-${endOffset}`
          if (count === 0 || this.reached.has(part)) continue
          this.reached.add(part)
          news.push(part)
        }
    }
    return news
  }

  /** A part is new again, and counting begins anew. */
  async forget(part: string): Promise<void> {
    await this.news()
    this.reached.delete(part)
  }

  async stop(): Promise<void> {
    await this.session.post("Profiler.stopPreciseCoverage")
    this.session.disconnect()
    this.session = new Session()
  }
}
