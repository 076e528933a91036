import type { Memory } from "./bytes"
import { type Cutoffs, NO_CUTOFF } from "./cutoffs"
import type { ProgramStore } from "./ports"
import { KEY_NONE, type ProgramHeader } from "./program"
import {
  GOTO_END,
  GOTO_NEXT,
  LOOP_SLOTS,
  readStep,
  STEP_JUMP,
  STEP_LOOP,
  STEP_REST,
  Step,
} from "./step"

/** The step that a finished program stands at. */
export const NO_STEP = -1

/** Loops and jumps in a row before a program counts as one that never takes time. */
const MAX_TIMELESS_STEPS = 64

/** Walks a program: which step runs, in which cycle. Knows nothing of hardware. */
export class StepEngine {
  index = NO_STEP
  /** The step that it stands at, while `index` is not `NO_STEP`. */
  readonly step = new Step()
  /** 1-based: one more when a step that begins a cycle begins, and this one has had a current. */
  cycle = 1
  /** Steps begun so far. */
  stepCount = 0
  /** Whether a current has been asked for in this cycle. */
  cycleHasCurrent = false
  /** Passes done of each loop, by its slot. */
  readonly passes: number[] = []
  /** Where each loop goes back to and where it stands, known from its first pass on. */
  readonly loopFrom: number[] = []
  readonly loopAt: number[] = []

  /**
   * @param channel whose programs it walks
   * @param bytes one step's worth of memory; channels may share it
   */
  constructor(
    private readonly channel: number,
    private readonly store: ProgramStore,
    private readonly bytes: Memory,
  ) {
    for (let i = 0; i < LOOP_SLOTS; ++i) {
      this.passes.push(0)
      this.loopFrom.push(0)
      this.loopAt.push(0)
    }
  }

  /** Stands at the program's first timed step. @returns false as `go` does */
  begin(header: ProgramHeader, cutoffs: Cutoffs): boolean {
    this.cycle = 1
    this.stepCount = 0
    this.cycleHasCurrent = false
    for (let i = 0; i < LOOP_SLOTS; ++i) {
      this.passes[i] = 0
      this.loopFrom[i] = 0
      this.loopAt[i] = 0
    }
    this.index = 0
    return this.follow(header, cutoffs)
  }

  /**
   * Goes on to the next timed step, or to `NO_STEP` at the program's end.
   * @param goTo a condition's: `GOTO_NEXT`, `GOTO_END` or an index
   * @returns false when a step cannot be read back whole, or none of 64 takes time
   */
  go(goTo: number, header: ProgramHeader, cutoffs: Cutoffs): boolean {
    this.leadTo(goTo)
    return this.follow(header, cutoffs)
  }

  /** Reads the step that it stands at again. @returns false when it cannot be read back whole */
  read(header: ProgramHeader): boolean {
    return (
      this.store.readStep(this.channel, this.index, this.bytes) &&
      readStep(this.bytes, this.index, this.step, header) === KEY_NONE
    )
  }

  private leadTo(goTo: number): void {
    if (goTo === GOTO_NEXT) this.index = this.index + 1
    else if (goTo === GOTO_END) this.index = NO_STEP
    else {
      this.index = goTo
      // A loop that was left half-way begins anew when it is come to again.
      for (let i = 0; i < LOOP_SLOTS; ++i)
        if (goTo < this.loopFrom[i] || goTo > this.loopAt[i]) this.passes[i] = 0
    }
  }

  private follow(header: ProgramHeader, cutoffs: Cutoffs): boolean {
    const step = this.step
    let mayBegin = true
    for (let tries = 0; tries < MAX_TIMELESS_STEPS; ++tries) {
      if (this.index === NO_STEP || this.index >= header.stepCount) {
        this.index = NO_STEP
        return true
      }
      if (!this.read(header)) break
      if (step.type === STEP_LOOP) {
        // The passes of an inner loop are one cycle, though it may go back to where that began.
        mayBegin = this.pass() ? step.beginsCycle : mayBegin
      } else if (step.type === STEP_JUMP) {
        const met = cutoffs.judge(step, 0)
        this.leadTo(met === NO_CUTOFF ? GOTO_NEXT : step.goTo[met])
      } else {
        this.count(mayBegin)
        return true
      }
    }
    this.index = NO_STEP
    return false
  }

  /** At a loop step: back to its beginning, or on. @returns whether it goes back */
  private pass(): boolean {
    const step = this.step
    const slot = step.loopSlot
    const passes = this.passes[slot] + 1
    this.loopFrom[slot] = step.loopTo
    this.loopAt[slot] = this.index
    if (passes < step.loopCount) {
      this.passes[slot] = passes
      this.index = step.loopTo
      return true
    }
    this.passes[slot] = 0
    this.index = this.index + 1
    return false
  }

  private count(mayBegin: boolean): void {
    const step = this.step
    this.stepCount = this.stepCount + 1
    if (mayBegin && step.beginsCycle && this.cycleHasCurrent) {
      this.cycle = this.cycle + 1
      this.cycleHasCurrent = false
    }
    if (step.type !== STEP_REST) this.cycleHasCurrent = true
  }
}
