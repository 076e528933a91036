import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { Latest, QUIET_MS } from "../../host/web/page/charts/latest"

type Answer = { value: string } | { error: unknown }

describe("of several wishes", () => {
  const asked: { wish: string; answer: (value: string) => void; fail: (error: Error) => void }[] =
    []
  const settled: Answer[] = []
  let latest: Latest<string, string>

  beforeEach(() => {
    vi.useFakeTimers()
    asked.length = 0
    settled.length = 0
    const ask = (wish: string) =>
      new Promise<string>((answer, fail) => asked.push({ wish, answer, fail }))
    latest = new Latest(ask, (outcome) => settled.push(outcome))
  })
  afterEach(() => vi.useRealTimers())

  const wishes = () => asked.map(({ wish }) => wish)

  test("the first is asked at once, of quick ones only the last", () => {
    for (const wish of ["a", "b", "c"]) latest.want(wish)
    expect(wishes()).toEqual(["a"])
    vi.advanceTimersByTime(QUIET_MS - 1)
    latest.want("d")
    vi.advanceTimersByTime(QUIET_MS - 1)
    expect(wishes()).toEqual(["a"])
    vi.advanceTimersByTime(1)
    expect(wishes()).toEqual(["a", "d"])
    vi.advanceTimersByTime(QUIET_MS)
    latest.want("e")
    expect(wishes()).toEqual(["a", "d", "e"])
  })

  test("what is answered late to an earlier one is dropped", async () => {
    latest.want("a")
    vi.advanceTimersByTime(QUIET_MS)
    latest.want("b")
    asked[1].answer("B")
    await Promise.resolve()
    asked[0].answer("A")
    await Promise.resolve()
    expect(settled).toEqual([{ value: "B" }])
  })

  test("an error is told, but not of an earlier one", async () => {
    latest.want("a")
    vi.advanceTimersByTime(QUIET_MS)
    latest.want("b")
    asked[0].fail(new Error("old"))
    asked[1].fail(new Error("new"))
    await vi.runAllTimersAsync()
    expect(settled).toEqual([{ error: new Error("new") }])
  })

  test("nothing is asked or told after the end", async () => {
    latest.want("a")
    latest.want("b")
    latest.end()
    asked[0].answer("A")
    await vi.runAllTimersAsync()
    expect([wishes(), settled]).toEqual([["a"], []])
  })
})
