import { useMemo, useState } from "preact/hooks"
import type { Cycles } from "../../api"
import { cycleLines } from "./cycleLines"
import { type QuantityGroup, quantityGroups } from "./cycleQuantities"
import { type Line, leastSpan } from "./lines"
import type { PointOf } from "./nearest"
import type { Range } from "./range"
import { usePalette } from "./theme"
import { reading } from "./units"
import { valueAxis } from "./valueAxis"
import { XyChart } from "./XyChart"

/** Every cycle is whole. */
export const CYCLE_AXIS = valueAxis("Cycle", { text: "", perSi: 1 }, 1)

/** Capacities, efficiency and overpotentials over the cycle, as far as the cell's type has them. */
export function CyclePlots({ cycles, name }: { cycles: Cycles; name: string }) {
  const groups = useMemo(() => quantityGroups(cycles.columns), [cycles.columns])
  const kinds = [...new Set(groups.map(({ kind }) => kind))].sort(
    (a, b) => ORDER.indexOf(a) - ORDER.indexOf(b),
  )
  if (cycles.rows.length === 0) return null
  return (
    <>
      {kinds.map((kind) => (
        <KindPlot
          key={kind}
          name={name}
          groups={groups.filter((group) => group.kind === kind)}
          rows={cycles.rows}
        />
      ))}
    </>
  )
}

const ORDER: readonly QuantityGroup["kind"][] = ["overpotential", "efficiency", "charge", "voltage"]

/** One chart; charges can be seen in several units. */
function KindPlot(props: { groups: QuantityGroup[]; rows: Cycles["rows"]; name: string }) {
  const { groups, rows, name } = props
  const palette = usePalette()
  const [unitText, setUnitText] = useState<string>()
  const group =
    groups.find(({ quantities }) => quantities[0].unit.text === unitText) ?? groups.at(-1)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => hiddenAtFirst(groups))
  const lines = useMemo(() => group && cycleLines(group, rows, palette), [group, rows, palette])
  const yAxis = useMemo(() => group && valueAxis(group.axis, group.quantities[0].unit), [group])
  if (group === undefined || lines === undefined || yAxis === undefined) return null
  const toggle = (title: string) => {
    const next = new Set(hidden)
    if (!next.delete(title)) next.add(title)
    setHidden(next)
  }
  return (
    <XyChart
      key={group.quantities[0].unit.text}
      title={group.title}
      of={name}
      palette={palette}
      lines={lines}
      hidden={hidden}
      onToggle={lines.length > 1 ? toggle : undefined}
      xAxis={CYCLE_AXIS}
      yAxis={yAxis}
      least={{ x: 4, y: leastOf(group, lines) }}
      isCalm
      hover="x"
      reading={(points, shown, view) => cycleReading(points, shown, view, group)}
      controls={
        groups.length > 1 && (
          <label>
            In{" "}
            <select
              value={group.quantities[0].unit.text}
              onChange={(event) => setUnitText(event.currentTarget.value)}
            >
              {groups.map(({ quantities: [{ unit }] }) => (
                <option key={unit.text} value={unit.text}>
                  {unit.text}
                </option>
              ))}
            </select>
          </label>
        )
      }
    />
  )
}

/** The narrowest scale: a tenth of a percent of efficiency, 1 mV of overpotential, a hundredth of a charge. */
export function leastOf({ kind }: Pick<QuantityGroup, "kind">, lines: readonly Line[]): number {
  return kind === "charge" ? leastSpan(lines, 1e-9) : 0.001
}

/** Of many overpotentials, those of nucleation can be asked for. */
function hiddenAtFirst(groups: readonly QuantityGroup[]): ReadonlySet<string> {
  const quantities = groups.flatMap((group) => group.quantities)
  const isMany = quantities.length > 4
  return new Set(
    quantities.filter(({ key }) => isMany && /Nucleation/.test(key)).map(({ title }) => title),
  )
}

function cycleReading(
  points: readonly PointOf[],
  lines: readonly Line[],
  view: { y: Range },
  { quantities }: QuantityGroup,
): string {
  const [first] = points
  if (first === undefined) return ""
  const { xs, isHollow } = lines[first.line]
  const says = points.map(({ line, index }) => {
    const { name, ys } = lines[line]
    const y = ys[index]
    const unit = quantities[0].unit
    return y === null ? "" : `${name} ${reading(y, unit, view.y)}`
  })
  const isOpen = isHollow?.(first.index) ? " (not complete)" : ""
  return [`cycle\u00a0${xs[first.index]}${isOpen}`, ...says].join("  ·  ")
}
