import { useId, useState } from "preact/hooks"
import type { Ordered } from "../../api"

/** Who did something last at this browser. */
const KEY = "coincell.by"

/** Who wants something and why; the name is known from the last time. */
export function useOrdered(): [Ordered, (ordered: Ordered) => void] {
  const [ordered, setOrdered] = useState<Ordered>(() => ({ by: kept() }))
  const change = (next: Ordered) => {
    if (next.by !== ordered.by) keep(next.by ?? "")
    setOrdered(next)
  }
  return [ordered, change]
}

export function isComplete({ by = "", why = "" }: Ordered): boolean {
  return by.trim() !== "" && why.trim() !== ""
}

/** Asks who wants it and why. @param isNamed both must be given */
export function WhoAndWhy(props: {
  ordered: Ordered
  onChange: (ordered: Ordered) => void
  isNamed?: boolean
}) {
  const { ordered, onChange, isNamed = false } = props
  const id = useId()
  const optional = isNamed ? "" : ", if you like"
  return (
    <div class="who">
      <label for={`${id}-by`}>Your name{optional}</label>
      <input
        id={`${id}-by`}
        required={isNamed}
        maxLength={128}
        autocomplete="name"
        value={ordered.by}
        onInput={(event) => onChange({ ...ordered, by: event.currentTarget.value })}
      />
      <label for={`${id}-why`}>Why{optional}</label>
      <input
        id={`${id}-why`}
        required={isNamed}
        maxLength={1000}
        autocomplete="off"
        value={ordered.why}
        onInput={(event) => onChange({ ...ordered, why: event.currentTarget.value })}
      />
      <p class="quiet-text">Name and reason are kept with the test.</p>
    </div>
  )
}

function kept(): string {
  try {
    return localStorage.getItem(KEY) ?? ""
  } catch {
    // A browser may keep nothing.
    return ""
  }
}

function keep(name: string): void {
  try {
    localStorage.setItem(KEY, name)
  } catch {
    // It is asked again the next time.
  }
}
