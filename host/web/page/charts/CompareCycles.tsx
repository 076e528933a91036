import { useMemo, useState } from "preact/hooks"
import type { Cycles } from "../../api"
import type { ComparedTest } from "./comparedTest"
import { type Comparison, comparisons } from "./comparable"
import { CYCLE_AXIS, leastOf } from "./CyclePlots"
import type { QuantityGroup } from "./cycleQuantities"
import type { Line } from "./lines"
import { cyclesPath } from "./paths"
import { usePalette } from "./theme"
import { reading } from "./units"
import { useLatestOfEach } from "./useLatestOfEach"
import { valueAxis } from "./valueAxis"
import { Waiting } from "./Waiting"
import { XyChart } from "./XyChart"

const KINDS: readonly QuantityGroup["kind"][] = ["overpotential", "efficiency", "charge", "voltage"]

interface Shown {
  tests: readonly ComparedTest[]
  hidden: ReadonlySet<string>
  onToggle: (name: string) => void
}

/** Numbers of each cycle of several tests. */
export function CompareCycles(props: Shown) {
  const { tests } = props
  const { values } = useLatestOfEach<Cycles>(tests.map(({ id }) => cyclesPath(id)))
  const compared = useMemo(
    () => tests.map(({ name }, i) => ({ name, columns: values?.[i]?.columns ?? [] })),
    [tests, values],
  )
  if (values === undefined) return <Waiting what="Working out the cycles" error={undefined} />
  return (
    <>
      {KINDS.map((kind) => {
        const all = comparisons(kind, compared)
        return (
          all.length > 0 && (
            <KindComparison {...props} key={kind} kind={kind} all={all} cycles={values} />
          )
        )
      })}
    </>
  )
}

function KindComparison(
  props: Shown & {
    kind: QuantityGroup["kind"]
    all: Comparison[]
    cycles: (Cycles | undefined)[]
  },
) {
  const { kind, tests, hidden, onToggle, all, cycles } = props
  const palette = usePalette()
  const [key, setKey] = useState(all[0].key)
  const one = all.find((each) => each.key === key) ?? all[0]
  const lines = useMemo(() => linesOf(one, tests, cycles), [one, tests, cycles])
  const yAxis = useMemo(() => valueAxis(one.axis, one.unit), [one])
  return (
    <XyChart
      key={one.key}
      title={one.title}
      of={tests.map(({ name }) => name).join(", ")}
      palette={palette}
      lines={lines}
      items={lines}
      hidden={hidden}
      onToggle={onToggle}
      xAxis={CYCLE_AXIS}
      yAxis={yAxis}
      least={{ x: 4, y: leastOf({ kind }, lines) }}
      isCalm
      hover="x"
      reading={(points, shown, view) => {
        const [first] = points
        if (first === undefined) return ""
        const says = points.map(({ line, index }) => {
          const value = shown[line].ys[index]
          return value === null ? "" : `${shown[line].name} ${reading(value, one.unit, view.y)}`
        })
        return [`cycle\u00a0${shown[first.line].xs[first.index]}`, ...says].join("  ·  ")
      }}
      controls={
        all.length > 1 && (
          <select
            aria-label="What to compare"
            value={one.key}
            onChange={(event) => setKey(event.currentTarget.value)}
          >
            {all.map(({ key, title, unit }) => (
              <option key={key} value={key}>
                {title} / {unit.text}
              </option>
            ))}
          </select>
        )
      }
      note={one.notes.map((note) => <p key={note}>{note}</p>)}
    />
  )
}

function linesOf(
  { columns }: Comparison,
  tests: readonly ComparedTest[],
  cycles: readonly (Cycles | undefined)[],
): Line[] {
  return tests.flatMap(({ id: _, ...item }, i) => {
    const column = columns[i]
    const rows = cycles[i]?.rows
    if (column === undefined || rows === undefined) return []
    return [
      {
        ...item,
        xs: rows.map(({ cycle }) => cycle),
        ys: rows.map(({ values }) => values[column]),
        isHollow: (index: number) => !rows[index].isComplete,
      },
    ]
  })
}
