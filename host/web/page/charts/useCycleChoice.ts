import { useRef, useState } from "preact/hooks"
import { cycleChoice } from "./cycleChoice"

export interface ChosenCycles {
  text: string
  onText: (text: string) => void
  /** What is wrong with the text; `cycles` are then those of before. */
  problem: string | undefined
  cycles: readonly number[]
}

/** Cycles that somebody types. */
export function useCycleChoice(first: string): ChosenCycles {
  const [text, onText] = useState(first)
  const choice = cycleChoice(text)
  const last = useRef<readonly number[]>([])
  if (choice.problem === undefined) last.current = choice.cycles
  return { text, onText, problem: choice.problem, cycles: last.current }
}
