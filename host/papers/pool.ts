import type { RunProgress } from "./runTest"

/** Work that takes long, and of which several are done at once. */
export interface Task {
  key: string
  expected_s: number
}

export interface PoolOptions<One extends Task> {
  /** How many at once. */
  jobs: number
  signal: AbortSignal
  start: (task: One, onProgress: (progress: RunProgress) => void) => Promise<void>
  onProgress?: (all: PoolProgress) => void
}

export interface PoolProgress {
  done: number
  count: number
  /** Of the time that all are expected to take. */
  share: number
  /** Those that run, with the longest first. */
  running: { key: string; progress: RunProgress }[]
}

/**
 * Does all tasks, the longest first, so that none is left alone at the end. One that fails stops no other.
 * @returns what failed, by its key; when the signal ends it, of those that had begun
 */
export async function doAll<One extends Task>(
  tasks: readonly One[],
  { jobs, signal, start, onProgress }: PoolOptions<One>,
): Promise<Map<string, Error>> {
  const waiting = [...tasks].sort((a, b) => b.expected_s - a.expected_s)
  const failures = new Map<string, Error>()
  const running = new Map<string, { task: One; progress: RunProgress }>()
  const total_s = waiting.reduce((sum, { expected_s }) => sum + expected_s, 0)
  const done = new Set<string>()
  let done_s = 0
  const tell = () => {
    const now = [...running.values()]
    const now_s = now.reduce(
      (sum, { task, progress }) => sum + Math.min(progress.time_s, task.expected_s),
      0,
    )
    onProgress?.({
      done: done.size,
      count: tasks.length,
      share: total_s > 0 ? (done_s + now_s) / total_s : 1,
      running: now.map(({ task, progress }) => ({ key: task.key, progress })),
    })
  }
  const worker = async () => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      if (signal.aborted) return
      const { key, expected_s } = task
      const entry = { task, progress: { time_s: 0, expected_s, cycle: 0 } }
      running.set(key, entry)
      tell()
      try {
        await start(task, (progress) => {
          entry.progress = progress
          tell()
        })
      } catch (error) {
        failures.set(key, error as Error)
      }
      running.delete(key)
      done.add(key)
      done_s += expected_s
      tell()
    }
  }
  await Promise.all(Array.from({ length: jobs }, worker))
  return failures
}
