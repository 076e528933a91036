import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type Program, STEP_LOOP, STEP_REST, Step } from "../../firmware/core/program"
import { NO_STEP, StepEngine } from "../../firmware/core/stepEngine"

const SEED = 20_240_504

/** A program as nested lists: a step, or a block and how often it runs in all. */
type Node = "step" | { count: number; block: Node[] }

interface Visit {
  index: number
  cycle: number
}

/** The step table of a nested program, as the engine reads it: every loop stands after its block. */
function flatten(nodes: Node[]): Program {
  const steps: Step[] = []
  const add = (node: Node, isOutermost: boolean) => {
    const step = new Step()
    if (node === "step") step.type = STEP_REST
    else {
      step.type = STEP_LOOP
      step.loopTo = steps.length
      step.loopCount = node.count
      step.countsCycle = isOutermost
      for (const inner of node.block) add(inner, false)
    }
    steps.push(step)
  }
  for (const node of nodes) add(node, true)
  const read = (index: number, step: Step) => Object.assign(step, steps[index])
  return { stepCount: steps.length, read } as unknown as Program
}

/** What a reader of the nested program would do by hand. */
function reference(nodes: Node[]): Visit[] {
  const visits: Visit[] = []
  let cycle = 1
  const run = (node: Node, index: number, isOutermost: boolean): number => {
    if (node === "step") {
      visits.push({ index, cycle })
      return index + 1
    }
    let end = index
    for (let pass = 0; pass < node.count; pass++) {
      if (isOutermost && pass > 0) cycle++
      end = index
      for (const inner of node.block) end = run(inner, end, false)
    }
    return end + 1 // the loop step itself
  }
  let index = 0
  for (const node of nodes) index = run(node, index, true)
  return visits
}

/** All steps that the engine stands at, to the end. */
function walk(program: Program, engine = new StepEngine()): Visit[] {
  const visits: Visit[] = []
  for (engine.begin(program); engine.index !== NO_STEP; engine.advance(program)) {
    expect(engine.step.type).toBe(STEP_REST)
    visits.push({ index: engine.index, cycle: engine.cycle })
  }
  return visits
}

const { nodes } = fc.letrec<{ node: Node; nodes: Node[] }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { arbitrary: fc.constant<Node>("step"), weight: 2 },
    {
      arbitrary: fc.record({ count: fc.integer({ min: 1, max: 4 }), block: tie("nodes") }),
      weight: 1,
    },
  ),
  nodes: fc.array(tie("node"), { minLength: 1, maxLength: 3 }),
}))

describe("StepEngine", () => {
  test(`walks any nested program as the reference does (seed ${SEED})`, () => {
    fc.assert(
      fc.property(nodes, (program) => {
        expect(walk(flatten(program))).toEqual(reference(program))
      }),
      { seed: SEED, numRuns: 300 },
    )
  })

  test(`the innermost step runs the product of the counts (seed ${SEED})`, () => {
    const counts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(counts, (loops) => {
        const program = loops.reduce<Node[]>((block, count) => [{ count, block }], ["step"])
        const visits = walk(flatten(program))
        expect(visits).toHaveLength(loops.reduce((product, count) => product * count, 1))
        expect(visits.at(-1)?.cycle).toBe(loops.at(-1))
      }),
      { seed: SEED },
    )
  })

  test("cycles are the passes of the outermost loop, not of one inside it", () => {
    const program: Node[] = ["step", { count: 3, block: ["step", { count: 2, block: ["step"] }] }]
    expect(walk(flatten(program)).map(({ cycle }) => cycle)).toEqual([1, 1, 1, 1, 2, 2, 2, 3, 3, 3])
  })

  test("begins anew after a program that was left half-way", () => {
    const program = flatten([{ count: 3, block: ["step", "step"] }, "step"])
    const engine = new StepEngine()
    const whole = walk(program, engine)
    for (let steps = 0; steps < whole.length; steps++) {
      engine.begin(program)
      for (let i = 0; i < steps; i++) engine.advance(program)
      expect(walk(program, engine)).toEqual(whole)
    }
  })

  test("an empty program stands nowhere, one of one step there and then nowhere", () => {
    expect(walk(flatten([]))).toEqual([])
    expect(walk(flatten(["step"]))).toEqual([{ index: 0, cycle: 1 }])
    expect(walk(flatten([{ count: 1, block: ["step"] }]))).toEqual([{ index: 0, cycle: 1 }])
  })
})
