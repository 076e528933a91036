import type { TestLine } from "../../api"
import { StateBadge } from "../parts/Badge"
import { href } from "../router"
import { clockTime, duration, volts } from "../words"

/** Tests as lines, on a narrow screen as cards. */
export function TestTable(props: {
  tests: readonly TestLine[]
  ticked: ReadonlySet<string>
  /** More cannot be ticked. */
  most: number
  onTick: (id: string) => void
}) {
  const { tests, ticked, most, onTick } = props
  // A dataset's list does not tell where tests stand.
  const hasLast = tests.some(({ last }) => last !== undefined)
  return (
    <table class="tests">
      <thead>
        <tr>
          <th>
            <span class="unseen">Compare</span>
          </th>
          <th>Cell</th>
          <th>State</th>
          <th>Began</th>
          {hasLast && (
            <>
              <th class="is-number">Test time</th>
              <th class="is-number">Cycle</th>
              <th class="is-number">Voltage</th>
            </>
          )}
          <th>Project, operator</th>
          <th>Channel</th>
        </tr>
      </thead>
      <tbody>
        {tests.map((test) => (
          <TestRow
            key={test.id}
            test={test}
            isTicked={ticked.has(test.id)}
            isFull={ticked.size >= most}
            hasLast={hasLast}
            onTick={onTick}
          />
        ))}
      </tbody>
    </table>
  )
}

function TestRow(props: {
  test: TestLine
  isTicked: boolean
  isFull: boolean
  hasLast: boolean
  onTick: (id: string) => void
}) {
  const { test, isTicked, isFull, hasLast, onTick } = props
  const { id, cell, cellType, last } = test
  return (
    <tr class={isTicked ? "is-ticked" : ""}>
      <td class="tick">
        <input
          type="checkbox"
          aria-label={`Compare ${cell}, ${id}`}
          checked={isTicked}
          disabled={isFull && !isTicked}
          onChange={() => onTick(id)}
        />
      </td>
      <td class="test-name">
        <a href={href({ view: "test", id })}>{cell}</a>
        <span>
          {id}
          {cellType && ` · ${cellTypeText(cellType)}`}
        </span>
      </td>
      <td>
        {test.problem === undefined ? (
          <StateBadge state={test.state} />
        ) : (
          <span class="field-problem">{test.problem}</span>
        )}
        {test.reason && <span class="reason">{test.reason}</span>}
      </td>
      <td data-head="began">{test.began_unix_s ? clockTime(test.began_unix_s) : "not known"}</td>
      {hasLast && (
        <>
          <td class="is-number" data-head="test time">
            {last ? duration(last.time_s) : ""}
          </td>
          <td class="is-number" data-head="cycle">
            {last?.cycle}
          </td>
          <td class="is-number" data-head="voltage">
            {last ? volts(last.voltage_V) : ""}
          </td>
        </>
      )}
      <td>{[test.project, test.operator].filter(Boolean).join(", ")}</td>
      <td>
        {test.boardName} {test.channel}
        {test.isSimulated && <span class="reason">simulated</span>}
      </td>
    </tr>
  )
}

/** As it is written in papers. */
export function cellTypeText(type: string): string {
  if (type === "full" || type === "half") return `${type} cell`
  return type.replace("||", "‖")
}
