import { LOOP_SLOTS } from "../../firmware/core/step"
import type { Path, Problem } from "../document"
import { TesterError } from "../errors"
import { stepFromPybamm } from "../formats/pybamm"
import { foldRepeats, type Repeated } from "./cycles"

/** A method in steps, and for each of its entries where the file has it. */
export interface Method {
  entries: unknown[]
  origins: Path[]
  problems: Problem[]
}

/** A step's string and its place in the file. */
interface Written {
  text: string
  path: Path
}

/**
 * The method of a PyBaMM experiment: strings, and lists of strings, which are cycles. Cycles that follow
 * each other unchanged become a loop.
 * @param at where the list stands in its file
 */
export function methodOfExperiment(list: readonly unknown[], at: Path): Method {
  const method: Method = { entries: [], origins: [], problems: [] }
  const groups = foldRepeats(
    list.map((item, i) => written(item, [...at, i], method.problems)),
    (cycle) => JSON.stringify([cycle.isCycle, cycle.steps.map(({ text }) => text)]),
  )
  const repeated = groups.filter(({ count }) => count > 1)
  const alone = groups.filter(({ count }) => count === 1).flatMap(({ items }) => items)
  const needed = repeated.length + innerLoops(groups.flatMap(({ items }) => items))
  // A loop that runs once makes one cycle a cycle of its own, as long as the board has loops left for it.
  const marksAlone = needed + alone.filter(isCycle).length <= LOOP_SLOTS
  const addCycle = ({ steps }: Cycle) => {
    for (const inner of foldRepeats(steps, ({ text }) => text))
      appendLoop(method, inner, inner.count > 1, (step) => {
        append(method, parsed(step, method.problems), step.path)
      })
  }
  for (const group of groups)
    if (group.count > 1) appendLoop(method, group, true, addCycle)
    else
      for (const cycle of group.items)
        appendLoop(method, { items: [cycle], count: 1 }, marksAlone && cycle.isCycle, addCycle)
  return method
}

interface Cycle {
  isCycle: boolean
  steps: Written[]
}

const isCycle = (cycle: Cycle) => cycle.isCycle

function innerLoops(cycles: readonly Cycle[]): number {
  return cycles
    .flatMap(({ steps }) => foldRepeats(steps, ({ text }) => text))
    .filter(({ count }) => count > 1).length
}

function written(item: unknown, path: Path, problems: Problem[]): Cycle {
  const steps = Array.isArray(item) ? item : [item]
  return {
    isCycle: Array.isArray(item),
    steps: steps.flatMap((text: unknown, i) => {
      const place = Array.isArray(item) ? [...path, i] : path
      if (typeof text === "string") return [{ text, path: place }]
      problems.push({ path: place, message: "is no step's text: lists of cycles hold texts only." })
      return []
    }),
  }
}

/** Stands for a step that could not be read, so that the others can be checked. */
const UNREAD = { step: "open_circuit_voltage", until_time_s: 1 }

/** The step that a text says; else a problem, and a step that does no harm. */
export function parsed({ text, path }: Written, problems: Problem[]): unknown {
  try {
    return stepFromPybamm(text)
  } catch (error) {
    if (!(error instanceof TesterError)) throw error
    problems.push({ path, message: `${error.message}.` })
    return UNREAD
  }
}

function append(method: Method, entry: unknown, path: Path): void {
  method.entries.push(entry)
  method.origins.push(path)
}

/** Appends things, and where `isLoop` a loop over them. */
function appendLoop<T>(
  method: Method,
  { items, count }: Repeated<T>,
  isLoop: boolean,
  add: (item: T) => void,
): void {
  const start = method.entries.length
  for (const item of items) add(item)
  if (!isLoop || method.entries.length === start) return
  const path = method.origins[start]
  append(method, { step: "loop", loop_to: start + 1, cycle_count: count }, path)
}
