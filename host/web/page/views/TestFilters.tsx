import type { TestLine } from "../../api"
import { choices, type TestFilter } from "./testFilter"

/** Narrows a list of tests down. What has one value only is not asked for. */
export function TestFilters(props: {
  tests: readonly TestLine[]
  filter: TestFilter
  onFilter: (filter: TestFilter) => void
}) {
  const { tests, filter, onFilter } = props
  const select = (key: "state" | "project" | "operator", all: string) => {
    const values = choices(tests, key)
    if (values.length < 2 && filter[key] === "") return null
    return (
      <select
        aria-label={key}
        value={filter[key]}
        onChange={(event) => onFilter({ ...filter, [key]: event.currentTarget.value })}
      >
        <option value="">{all}</option>
        {values.map((value) => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </select>
    )
  }
  return (
    <search class="test-filters">
      <input
        type="search"
        aria-label="Search tests"
        placeholder="Cell, id, board, project …"
        value={filter.text}
        onInput={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
      />
      {select("state", "All states")}
      {select("project", "All projects")}
      {select("operator", "All operators")}
    </search>
  )
}
