import fc from "fast-check"
import { describe, expect, test } from "vitest"
import manifest from "../../devicescript.json" with { type: "json" }
import type { Memory } from "../../firmware/core/bytes"
import { Cutoffs } from "../../firmware/core/cutoffs"
import { ProgramHeader, readHeader } from "../../firmware/core/program"
import {
  GOTO_END,
  GOTO_NEXT,
  QUANTITY_CYCLE,
  QUANTITY_VOLTAGE,
  STEP_CONSTANT_CURRENT,
  STEP_JUMP,
  STEP_LOOP,
  STEP_REST,
} from "../../firmware/core/step"
import { NO_STEP, StepEngine } from "../../firmware/core/stepEngine"
import { NodeMemory } from "../../sim/memory"
import { encodeHeader, encodeStep, REST, type StepEntry } from "./programs"

const SEED = 20_240_504

/** A program as nested lists: a step, or a block and how often it runs in all. */
type Node = "step" | { count: number; block: Node[] }

interface Visit {
  index: number
  cycle: number
}

const CURRENT: StepEntry = { ...REST, type: STEP_CONSTANT_CURRENT, current_nA: 1000 }

/** A table in memory, and an engine on it. */
class Bench {
  readonly header = new ProgramHeader()
  readonly cutoffs = new Cutoffs()
  readonly engine: StepEngine
  readonly tables: NodeMemory[]
  answers = true

  constructor(readonly steps: StepEntry[]) {
    readHeader(encodeHeader({ count: steps.length }), this.header, manifest.frontEnd)
    this.tables = steps.map(encodeStep)
    const readHead = () => true
    const readStep = (_channel: number, index: number, bytes: Memory) => {
      for (let i = 0; i < 96; i++) bytes[i] = this.tables[index][i]
      return this.answers
    }
    this.engine = new StepEngine(0, { readHeader: readHead, readStep }, new NodeMemory(96))
  }

  begin(): boolean {
    return this.engine.begin(this.header, this.cutoffs)
  }

  go(goTo = GOTO_NEXT): boolean {
    return this.engine.go(goTo, this.header, this.cutoffs)
  }

  get visit(): Visit {
    return { index: this.engine.index, cycle: this.engine.cycle }
  }

  /** All steps that the engine stands at, to the end. */
  walk(): Visit[] {
    const visits: Visit[] = []
    expect(this.begin()).toBe(true)
    for (; this.engine.index !== NO_STEP; expect(this.go()).toBe(true)) {
      expect(this.engine.step.type).toBe(this.steps[this.engine.index].type)
      expect(this.engine.stepCount).toBe(visits.length + 1)
      visits.push(this.visit)
    }
    return visits
  }
}

/** The step table of a nested program: every loop stands after its block, the outermost begin cycles. */
function flatten(nodes: Node[]): StepEntry[] {
  const steps: StepEntry[] = []
  let slots = 0
  const add = (node: Node, isFirst: boolean, isOutermost: boolean) => {
    if (node === "step") steps.push({ ...CURRENT, flags: isFirst ? 1 : 0 })
    else {
      const loopTo = steps.length
      node.block.forEach((inner, i) => {
        add(inner, isFirst && i === 0, false)
      })
      const flags = isOutermost ? 1 : 0
      steps.push({ type: STEP_LOOP, flags, loopTo, loopSlot: slots++, loopCount: node.count })
    }
  }
  nodes.forEach((node, i) => {
    add(node, i === 0 || node !== "step", true)
  })
  return steps
}

/** What a reader of the nested program would do by hand: each pass of an outermost block is a cycle. */
function byHand(nodes: Node[]): Visit[] {
  const visits: Visit[] = []
  let cycle = 0
  const run = (node: Node, index: number, isOutermost: boolean): number => {
    if (node === "step") {
      visits.push({ index, cycle })
      return index + 1
    }
    let end = index
    for (let pass = 0; pass < node.count; pass++) {
      if (isOutermost && (index > 0 || pass > 0)) cycle++
      end = index
      for (const inner of node.block) end = run(inner, end, false)
    }
    return end + 1 // the loop step itself
  }
  let index = 0
  cycle = 1
  for (const node of nodes) index = run(node, index, true)
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
const fits = (steps: StepEntry[]) =>
  steps.length <= 64 && steps.filter(({ type }) => type === STEP_LOOP).length <= 8

describe("loops", () => {
  test(`any nested program runs as by hand, and again from its beginning (seed ${SEED})`, () => {
    const programs = nodes.filter((program) => fits(flatten(program)))
    fc.assert(
      fc.property(programs, fc.nat(50), (program, left) => {
        const bench = new Bench(flatten(program))
        // One that was left half-way before leaves nothing behind.
        bench.begin()
        for (let i = 0; i < left && bench.engine.index !== NO_STEP; i++) bench.go()
        expect(bench.walk()).toEqual(byHand(program))
      }),
      { seed: SEED, numRuns: 300 },
    )
  })

  test("eight of them one in the other: as often as their product", () => {
    const program = Array.from({ length: 8 }).reduce<Node[]>(
      (block) => [{ count: 2, block }],
      ["step"],
    )
    const visits = new Bench(flatten(program)).walk()
    expect(visits).toHaveLength(256)
    expect(visits.at(-1)).toEqual({ index: 0, cycle: 2 })
  })
})

/** What a step of a table does, and what its jump or its end is told. */
interface Flow {
  kind: "rest" | "current" | "loop" | "jump"
  begins: boolean
  to: number
  count: number
}

const flow: fc.Arbitrary<Flow> = fc.record({
  kind: fc.constantFrom("rest", "current", "current", "loop", "jump"),
  begins: fc.boolean(),
  to: fc.nat(63),
  count: fc.integer({ min: 1, max: 4 }),
})

/** Cuts random steps to what a table may hold. */
function tableOf(flows: Flow[]): { steps: StepEntry[]; targets: number[] } {
  let slots = 0
  const targets = flows.map(({ to }) =>
    to > 60 ? GOTO_END : to > 50 ? GOTO_NEXT : to % flows.length,
  )
  const steps = flows.map(({ kind, begins, to, count }, i): StepEntry => {
    const flags = begins ? 1 : 0
    if (kind === "loop" && i > 0 && slots < 8)
      return { type: STEP_LOOP, flags, loopTo: to % i, loopSlot: slots++, loopCount: count }
    // Jumps when the reading, a coin, is 1 V and more.
    if (kind === "jump")
      return {
        type: STEP_JUMP,
        conditions: [{ quantity: 1, flags: 1, goTo: targets[i], value: 1_000_000 }],
      }
    return { ...(kind === "current" ? CURRENT : REST), flags }
  })
  return { steps, targets }
}

/**
 * The flow as PROGRAM_FORMAT.md tells it, each loop's passes kept with the loop itself. A jump out of a loop's
 * steps makes it begin anew.
 */
class Reference {
  index = 0
  cycle = 1
  private hasCurrent = false
  private readonly passes: number[]

  constructor(
    private readonly steps: StepEntry[],
    private readonly targets: number[],
  ) {
    this.passes = steps.map(() => 0)
  }

  /** On to a step that takes time. @returns false when none of 64 does; `index` is −1 then, and at the end */
  follow(coin: boolean): boolean {
    let mayBegin = true
    for (let tries = 0; tries < 64; tries++) {
      const step = this.steps[this.index]
      if (step === undefined) this.index = NO_STEP
      if (step === undefined) return true
      if (step.type === STEP_JUMP) this.leadTo(coin ? this.targets[this.index] : GOTO_NEXT)
      else if (step.type === STEP_LOOP) {
        if (this.pass(step)) mayBegin = step.flags === 1
      } else {
        if (mayBegin && step.flags === 1 && this.hasCurrent) {
          this.cycle++
          this.hasCurrent = false
        }
        if (step.type !== STEP_REST) this.hasCurrent = true
        return true
      }
    }
    this.index = NO_STEP
    return false
  }

  leadTo(goTo: number): void {
    const next = goTo === GOTO_NEXT ? this.index + 1 : goTo === GOTO_END ? NO_STEP : goTo
    if (goTo !== GOTO_NEXT && goTo !== GOTO_END)
      this.steps.forEach(({ type, loopTo = 0 }, i) => {
        if (type === STEP_LOOP && (next < loopTo || next > i)) this.passes[i] = 0
      })
    this.index = next
  }

  /** @returns whether it goes back */
  private pass({ loopTo = 0, loopCount = 1 }: StepEntry): boolean {
    const at = this.index
    this.passes[at]++
    const isDone = this.passes[at] >= loopCount
    if (isDone) this.passes[at] = 0
    this.index = isDone ? at + 1 : loopTo
    return !isDone
  }
}

describe("loops, jumps and gotos", () => {
  test(`any table runs as the format tells (seed ${SEED})`, () => {
    const ends = { end: 0, stuck: 0, long: 0 }
    const ways = fc.array(fc.tuple(fc.boolean(), fc.nat(80)), { minLength: 60, maxLength: 60 })
    fc.assert(
      fc.property(fc.array(flow, { minLength: 1, maxLength: 24 }), ways, (flows, choices) => {
        const { steps, targets } = tableOf(flows)
        const bench = new Bench(steps)
        const reference = new Reference(steps, targets)
        bench.cutoffs.readings[QUANTITY_VOLTAGE] = 0
        let isSound = reference.follow(false)
        expect(bench.begin()).toBe(isSound)
        let stepCount = 0
        for (const [coin, choice] of choices) {
          expect(bench.engine.index).toBe(reference.index)
          if (reference.index === NO_STEP) break
          expect(bench.visit).toEqual({ index: reference.index, cycle: reference.cycle })
          expect(bench.engine.stepCount).toBe(++stepCount)
          const goTo = choice > 25 ? GOTO_NEXT : choice === 25 ? GOTO_END : choice % steps.length
          bench.cutoffs.readings[QUANTITY_VOLTAGE] = coin ? 1.5 : 0.5
          reference.leadTo(goTo)
          isSound = reference.follow(coin)
          expect(bench.go(goTo)).toBe(isSound)
        }
        ends[!isSound ? "stuck" : reference.index === NO_STEP ? "end" : "long"]++
      }),
      { seed: SEED, numRuns: 2000 },
    )
    for (const count of Object.values(ends)) expect(count).toBeGreaterThan(20)
  })

  test("a jump sees the cycle, and leads on when nothing holds", () => {
    const bench = new Bench([
      { ...CURRENT, flags: 1 },
      {
        type: STEP_JUMP,
        conditions: [{ quantity: QUANTITY_CYCLE, flags: 1, goTo: GOTO_END, value: 3 }],
      },
      { type: STEP_LOOP, flags: 1, loopTo: 0, loopCount: 100 },
    ])
    bench.begin()
    const cycles: number[] = []
    while (bench.engine.index !== NO_STEP) {
      cycles.push(bench.engine.cycle)
      bench.cutoffs.readings[QUANTITY_CYCLE] = bench.engine.cycle
      expect(bench.go()).toBe(true)
    }
    expect(cycles).toEqual([1, 2, 3])
  })

  test("a loop that was left by a goto begins anew; one jumped about within goes on", () => {
    const loop = { type: STEP_LOOP, loopTo: 0, loopCount: 3 }
    const out = new Bench([CURRENT, CURRENT, loop, REST])
    out.begin()
    for (const goTo of [255, 255, 3, 0]) out.go(goTo)
    // Three whole passes again.
    const left: number[] = []
    for (; out.engine.index !== NO_STEP; out.go()) left.push(out.engine.index)
    expect(left).toEqual([0, 1, 0, 1, 0, 1, 3])
    const within = new Bench([CURRENT, CURRENT, loop, REST])
    within.begin()
    for (const goTo of [255, 255, 1, 255]) within.go(goTo)
    expect(within.engine.index).toBe(0)
    within.go()
    within.go()
    expect(within.engine.index).toBe(3)
  })
})

describe("cycles", () => {
  const cyclesOf = (steps: StepEntry[]) => new Bench(steps).walk().map(({ cycle }) => cycle)

  test("a rest before a loop makes none of its own", () => {
    const first = { ...CURRENT, flags: 1 }
    const loop = { type: STEP_LOOP, flags: 1, loopTo: 1, loopCount: 3 }
    expect(cyclesOf([{ ...REST, flags: 1 }, first, CURRENT, loop])).toEqual([1, 1, 1, 2, 2, 3, 3])
  })

  test("two loops in a row count on", () => {
    const first = { ...CURRENT, flags: 1 }
    const loop = (loopTo: number) => ({
      type: STEP_LOOP,
      flags: 1,
      loopTo,
      loopSlot: loopTo,
      loopCount: 2,
    })
    expect(cyclesOf([first, REST, loop(0), first, REST, loop(3)])).toEqual([1, 1, 2, 2, 3, 3, 4, 4])
  })

  test("no step that begins one, no second one; nor with a loop that begins none", () => {
    const loop = { type: STEP_LOOP, loopTo: 0, loopCount: 3 }
    expect(cyclesOf([CURRENT, { ...loop, flags: 1 }])).toEqual([1, 1, 1])
    expect(cyclesOf([{ ...CURRENT, flags: 1 }, loop])).toEqual([1, 1, 1])
  })
})

describe("what cannot be run", () => {
  test("63 steps without time are followed, 64 are not", () => {
    const jump = (goTo = 255) => ({
      type: STEP_JUMP,
      conditions: [{ quantity: 1, flags: 0, goTo, value: 2_000_000 }],
    })
    const table = (jumps: number) => [...Array.from({ length: jumps }, () => jump()), REST]
    const bench = new Bench(table(63))
    expect(bench.begin()).toBe(true)
    expect(bench.engine.index).toBe(63)
    const around = new Bench([REST, jump(), jump(1)])
    expect(around.begin()).toBe(true)
    expect(around.go()).toBe(false)
    expect(around.engine.index).toBe(NO_STEP)
  })

  test(`a step that cannot be read back whole (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.nat(2), fc.nat(95), fc.integer({ min: 1, max: 255 }), (at, place, bits) => {
        const bench = new Bench([CURRENT, REST, CURRENT])
        bench.tables[at][place] ^= bits
        let isSound = bench.begin()
        for (let i = 0; i < at && isSound; i++) isSound = bench.go()
        expect(isSound).toBe(false)
        expect(bench.engine.index).toBe(NO_STEP)
        expect(bench.engine.stepCount).toBe(at)
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  test("a memory that does not answer, at a begin, on the way, and when a step is read again", () => {
    const bench = new Bench([CURRENT, REST])
    bench.answers = false
    expect(bench.begin()).toBe(false)
    bench.answers = true
    bench.begin()
    expect(bench.engine.read(bench.header)).toBe(true)
    bench.answers = false
    expect(bench.engine.read(bench.header)).toBe(false)
    expect(bench.engine.index).toBe(0)
    expect(bench.go()).toBe(false)
    expect(bench.engine.index).toBe(NO_STEP)
  })
})
