import { GOTO_END, GOTO_NEXT, STEP_JUMP, STEP_LOOP, STEP_REST } from "../../../firmware/core/step"
import type { TableStep } from "../table"

/** Longer programs are not walked to their end. */
const MOST_STEPS = 1_000_000

type Walked = Pick<
  TableStep,
  "type" | "beginsCycle" | "loopTo" | "loopCount" | "loopSlot" | "conditions"
>

/**
 * Cycles of a program that runs to its end, counted as the board counts them (`firmware/PROGRAM_FORMAT.md`).
 * @returns undefined when it has jumps, so that the cell decides, or too many steps to be counted
 */
export function cycleCount(steps: readonly Walked[]): number | undefined {
  if (steps.some(leadsElsewhere)) return undefined
  const passes = new Map<number, number>()
  let cycle = 1
  let hasCurrent = false
  let mayBegin = true
  for (let index = 0, walked = 0; index < steps.length; walked++) {
    if (walked === MOST_STEPS) return undefined
    const step = steps[index]
    if (step.type !== STEP_LOOP) {
      if (mayBegin && step.beginsCycle && hasCurrent) {
        cycle++
        hasCurrent = false
      }
      hasCurrent ||= step.type !== STEP_REST
      mayBegin = true
      index++
      continue
    }
    const pass = (passes.get(step.loopSlot) ?? 0) + 1
    const goesBack = pass < step.loopCount
    passes.set(step.loopSlot, goesBack ? pass : 0)
    // The passes of an inner loop are one cycle.
    if (goesBack) mayBegin = step.beginsCycle
    index = goesBack ? step.loopTo : index + 1
  }
  return cycle
}

function leadsElsewhere({ type, conditions }: Walked): boolean {
  return (
    type === STEP_JUMP || conditions.some(({ goTo }) => goTo !== GOTO_NEXT && goTo !== GOTO_END)
  )
}
