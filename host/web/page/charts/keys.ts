import type { Gestures } from "./gestures"

/** Of the width, at a press of a key or button. */
const STEP = 0.25
const CLOSER = 0.6
const READ = 1 / 250

export const KEYS_TEXT =
  "Keys: + and − zoom, arrows move, 0 shows all, Shift and arrows read off values."

/** What is done without a pointer. */
export interface Moves extends Gestures {
  /** Zooms about the middle. */
  onStep: (factor: number) => void
  /** Reads off what is farther along. @param part of the width */
  onRead: (part: number) => void
}

export function closer({ onStep }: Moves): void {
  onStep(CLOSER)
}

export function farther({ onStep }: Moves): void {
  onStep(1 / CLOSER)
}

export function back({ onPan }: Moves): void {
  onPan(-STEP)
}

export function onwards({ onPan }: Moves): void {
  onPan(STEP)
}

/** Does what a key asks for. @returns whether it asks for anything */
export function press(key: string, isShifted: boolean, moves: Moves): boolean {
  switch (key) {
    case "+":
    case "=":
      closer(moves)
      return true
    case "-":
    case "_":
      farther(moves)
      return true
    case "0":
    case "Escape":
      moves.onReset()
      return true
    case "ArrowLeft":
      if (isShifted) moves.onRead(-READ)
      else back(moves)
      return true
    case "ArrowRight":
      if (isShifted) moves.onRead(READ)
      else onwards(moves)
      return true
    default:
      return false
  }
}
