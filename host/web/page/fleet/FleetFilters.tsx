import { choicesOf, type FleetFilter, hostName, type Item } from "./items"

/** Narrows the fleet down. What has one value only is not asked for. */
export function FleetFilters(props: {
  items: readonly Item[]
  filter: FleetFilter
  onFilter: (news: Partial<FleetFilter>) => void
}) {
  const { items, filter, onFilter } = props
  const select = (key: "host" | "project" | "operator", all: string, values: readonly string[]) => {
    if (values.length < 2 && filter[key] === "") return null
    return (
      <select
        aria-label={key}
        value={filter[key]}
        onChange={(event) => onFilter({ [key]: event.currentTarget.value })}
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
  const hosts = [...new Set(items.map(({ host }) => hostName(host)))]
  return (
    <search class="fleet-filters">
      <input
        type="search"
        aria-label="Search channels"
        placeholder="Cell, test, board, project, fault …"
        value={filter.text}
        onInput={(event) => onFilter({ text: event.currentTarget.value })}
      />
      {select("project", "All projects", choicesOf(items, "project"))}
      {select("operator", "All operators", choicesOf(items, "operator"))}
      {select("host", "All hosts", hosts)}
    </search>
  )
}
