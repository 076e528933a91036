import { GOTO_END, GOTO_NEXT, STEP_JUMP, STEP_LOOP } from "../../firmware/core/step"
import { ProtocolError } from "../errors"
import type { TableStep } from "./table"

/**
 * Refuses programs that could go round and round without a step that takes time: the board would have to
 * stop them.
 * @param methodIndex for each step of the table, its index in `method`
 */
export function checkTakesTime(steps: readonly TableStep[], methodIndex: readonly number[]): void {
  if (steps.every(takesNoTime)) throw new ProtocolError("method", "has no step that takes time.")
  const isOpen = steps.map(() => false)
  const isDone = steps.map(() => false)
  function visit(index: number): void {
    if (index >= steps.length || isDone[index] || !takesNoTime(steps[index])) return
    if (isOpen[index])
      throw new ProtocolError(
        `method[${methodIndex[index]}]`,
        "can come round to itself without a step that takes time: put a rest between.",
      )
    isOpen[index] = true
    for (const next of nextOf(steps[index], index)) visit(next)
    isDone[index] = true
  }
  steps.forEach((_, index) => {
    visit(index)
  })
}

function takesNoTime({ type }: TableStep): boolean {
  return type === STEP_LOOP || type === STEP_JUMP
}

/** Where a step that takes no time may lead. */
function nextOf(step: TableStep, index: number): number[] {
  if (step.type === STEP_LOOP) return [step.loopTo, index + 1]
  const places = step.conditions.map(({ goTo }) => goTo)
  return [index + 1, ...places.filter((goTo) => goTo !== GOTO_NEXT && goTo !== GOTO_END)]
}
