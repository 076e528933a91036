import { type Program, STEP_LOOP, Step } from "./program"

/** The step that a finished program stands at. */
export const NO_STEP = -1

/** Walks a program: which step runs, in which cycle. Knows nothing of volts or hardware. */
export class StepEngine {
  index = NO_STEP
  /** The step that it stands at, while `index` is not `NO_STEP`. */
  readonly step = new Step()
  /** 1-based; one more at each pass of the outermost loop. */
  cycle = 1
  /** Passes done of each loop, by the loop step's index. */
  private readonly passes: number[] = []

  /** Stands at the program's first timed step, or at `NO_STEP` if it has none. */
  begin(program: Program): void {
    this.cycle = 1
    for (let i = 0; i < program.stepCount; ++i) this.passes[i] = 0
    this.index = 0
    this.followLoops(program)
  }

  /** Goes on to the next timed step. */
  advance(program: Program): void {
    this.index = this.index + 1
    this.followLoops(program)
  }

  private followLoops(program: Program): void {
    while (this.index < program.stepCount) {
      const step = this.step
      program.read(this.index, step)
      if (step.type !== STEP_LOOP) return
      const passes = this.passes[this.index] + 1
      if (passes < step.loopCount) {
        this.passes[this.index] = passes
        if (step.countsCycle) this.cycle = this.cycle + 1
        this.index = step.loopTo
      } else {
        this.passes[this.index] = 0
        this.index = this.index + 1
      }
    }
    this.index = NO_STEP
  }
}
