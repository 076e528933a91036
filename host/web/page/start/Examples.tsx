import { useState } from "preact/hooks"
import type { Example, ExampleLine } from "../../api"
import { useAnswer } from "../answer"
import { get } from "../client"
import { Dialog } from "../parts/Dialog"
import { Loading } from "../parts/Loading"
import { Problem } from "../parts/Problem"

const GROUPS = [
  ["Li||Li", "Symmetric lithium cells"],
  ["Li||Cu", "Lithium against copper"],
  ["half", "Half cells"],
  ["full", "Full cells"],
] as const

/** Ready protocols to begin with, by the cells that they are for. */
export function Examples(props: { onTake: (example: Example) => void; onClose: () => void }) {
  const { value, error, again } = useAnswer<ExampleLine[]>("/api/examples")
  const [problem, setProblem] = useState<unknown>()
  const take = (name: string) =>
    get<Example>(`/api/examples/${encodeURIComponent(name)}`).then(props.onTake, setProblem)
  return (
    <Dialog title="Ready protocols" onClose={props.onClose}>
      {error !== undefined && <Problem error={error} onAgain={again} />}
      {problem !== undefined && <Problem error={problem} />}
      {value === undefined && error === undefined && <Loading />}
      {GROUPS.map(([type, title]) => (
        <ExampleGroup
          key={type}
          title={title}
          lines={(value ?? []).filter(({ cellType }) => cellType === type)}
          onTake={take}
        />
      ))}
      <div class="buttons">
        <button type="button" onClick={props.onClose}>
          Close
        </button>
      </div>
    </Dialog>
  )
}

function ExampleGroup(props: {
  title: string
  lines: readonly ExampleLine[]
  onTake: (name: string) => void
}) {
  if (props.lines.length === 0) return null
  return (
    <section class="examples">
      <h3>{props.title}</h3>
      {props.lines.map(({ name, title }) => (
        <button key={name} type="button" class="quiet" onClick={() => props.onTake(name)}>
          <b>{name}</b> {withExponents(title)}
        </button>
      ))}
    </section>
  )
}

/** "mA cm-2" as it is printed. */
function withExponents(text: string): string {
  return text.replace(
    /\b(cm|g|mg)-([12])\b/g,
    (_, unit, power) => `${unit}⁻${power === "1" ? "¹" : "²"}`,
  )
}
