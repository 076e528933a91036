import { useLiveOf } from "../live"

/** Troubles with ports, boards or the data folder. */
export function Problems() {
  const problems = useLiveOf((live) => live.problems)
  if (problems.length === 0) return null
  return (
    <ul class="problems">
      {problems.map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
    </ul>
  )
}
