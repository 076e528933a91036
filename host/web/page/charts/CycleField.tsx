import { useId } from "preact/hooks"
import type { ChosenCycles } from "./useCycleChoice"

/** Asks which cycles to show. */
export function CycleField({ chosen }: { chosen: ChosenCycles }) {
  const { text, problem, onText } = chosen
  const id = useId()
  return (
    <>
      <label for={id}>
        Cycles{" "}
        <input
          id={id}
          class="cycles-field"
          value={text}
          spellcheck={false}
          autocomplete="off"
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-says`}
          title="1, 10-13; −1 is the last, −2 the one before"
          onInput={(event) => onText(event.currentTarget.value)}
        />
      </label>
      <span id={`${id}-says`} class={problem === undefined ? "quiet-text" : "field-problem"}>
        {problem ?? "−1: the last"}
      </span>
    </>
  )
}
