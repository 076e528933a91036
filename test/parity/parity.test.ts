import { beforeAll, describe, expect, test } from "vitest"
import { NodeMemory } from "../../sim/memory"
import { compile, run } from "./deviceScript"
import { OUTPUT_BYTES, Output } from "./vector"
import { vectors } from "./vectors"

/** What a vector left, told by the length that stands before it. */
function left(memory: Uint8Array): string {
  const [a, b] = memory
  return Buffer.from(memory.subarray(4, 4 + a + 256 * b)).toString("hex")
}

describe("the core computes the same bytes on a board's VM and in Node", () => {
  const onBoard: string[] = []

  beforeAll(() => {
    run(compile(new URL("onBoard.ts", import.meta.url)), (message) => {
      onBoard.push(left(message))
      return onBoard.length < vectors.length
    })
  })

  test.each(vectors.map(({ name, run }, i) => ({ name, run, i })))("$name", ({ run, i }) => {
    const memory = new NodeMemory(OUTPUT_BYTES)
    const out = new Output(memory, (bytes) => new NodeMemory(bytes))
    run(out)
    out.end()
    expect(left(memory).length).toBeGreaterThan(16)
    expect(onBoard[i]).toBe(left(memory))
  })
})
