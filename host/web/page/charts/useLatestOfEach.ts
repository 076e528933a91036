import { get } from "../client"
import { type LatestAnswer, useLatest } from "./useLatest"

/**
 * The answers to several paths, in their order; undefined where there was none. What is wrong with one test is said
 * where that is looked up.
 */
export function useLatestOfEach<T>(
  paths: readonly string[],
): Omit<LatestAnswer<unknown>, "value"> & { values: (T | undefined)[] | undefined } {
  const { value, error, isLoading } = useLatest(
    paths.length.toString(),
    paths.join("\n"),
    0,
    getAll<T>,
  )
  return { values: value, error, isLoading }
}

function getAll<T>(paths: string, signal: AbortSignal): Promise<(T | undefined)[]> {
  return Promise.all(paths.split("\n").map((path) => get<T>(path, signal).catch(() => undefined)))
}
