import { useRef, useState } from "preact/hooks"
import type { Cycles } from "../../api"

/** CSS pixels; the style has the same. */
const ROW = 28
const SHOWN = 14
/** Rows drawn above and below those in view. */
const BESIDE = 12

/** All numbers of all cycles; only rows near those in view are drawn, so that thousands stay quick. */
export function CycleTable({ cycles }: { cycles: Cycles }) {
  const { columns, rows } = cycles
  const [first, setFirst] = useState(0)
  const box = useRef<HTMLElement>(null)
  const from = Math.max(0, first - BESIDE)
  const to = Math.min(rows.length, first + SHOWN + BESIDE)
  const look = () => setFirst(Math.floor((box.current?.scrollTop ?? 0) / ROW))
  if (rows.length === 0) return <p class="quiet-text">No cycle has ended yet.</p>
  return (
    <>
      <section
        ref={box}
        class="cycle-table"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        tabIndex={0}
        aria-label="Table of cycles"
        onScroll={look}
      >
        <table aria-rowcount={rows.length + 3}>
          <Head columns={columns} />
          <tbody>
            <Spacer rows={from} />
            {rows.slice(from, to).map(({ cycle, isComplete, texts }, i) => (
              <tr key={cycle} aria-rowindex={from + i + 4} class={isComplete ? "" : "is-open"}>
                <th scope="row">
                  {cycle}
                  {!isComplete && <abbr title="not complete"> ○</abbr>}
                </th>
                {texts.map((text, column) => (
                  <td key={columns[column].key}>{text}</td>
                ))}
              </tr>
            ))}
            <Spacer rows={rows.length - to} />
          </tbody>
        </table>
      </section>
      <Definitions cycles={cycles} />
    </>
  )
}

function Head({ columns }: Pick<Cycles, "columns">) {
  return (
    <thead>
      {[0, 1, 2].map((line) => (
        <tr key={line}>
          <th>{line === 0 ? "cycle" : ""}</th>
          {columns.map(({ key, head, title }) => (
            <th key={key} title={title}>
              {head[line]}
            </th>
          ))}
        </tr>
      ))}
    </thead>
  )
}

function Spacer({ rows }: { rows: number }) {
  if (rows === 0) return null
  return (
    <tr>
      <td class="spacer" style={{ height: `${rows * ROW}px` }} />
    </tr>
  )
}

function Definitions({ cycles: { columns, rows, notes } }: { cycles: Cycles }) {
  const hasOpen = rows.some(({ isComplete }) => !isComplete)
  return (
    <>
      {hasOpen && (
        <p class="quiet-text">○ not complete: it has not ended, or records are missing.</p>
      )}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <details>
        <summary>How each number is defined</summary>
        <dl class="definitions">
          {columns.map(({ key, title, definition }) => (
            <div key={key}>
              <dt>{title}</dt>
              <dd>{definition}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  )
}
