import type { ComponentChildren } from "preact"
import { useRef } from "preact/hooks"
import { Problem } from "../parts/Problem"
import { type Item, Legend } from "./Legend"
import { back, closer, farther, KEYS_TEXT, type Moves, onwards, press } from "./keys"
import { savePicture } from "./picture"
import type { Palette } from "./theme"

/** What every chart has around it: title, buttons, legend, what the cursor reads, and keys. */
export function ChartFrame(props: {
  title: string
  /** What it shows, for those who cannot see it. */
  summary: string
  /** What stands before the title in a picture, and the name of its file: test or tests. */
  of: string
  palette: Palette
  items: readonly Item[]
  hidden?: ReadonlySet<string>
  onToggle?: (name: string) => void
  moves: Moves
  /** All buttons to move along, not only the way back to all. */
  hasButtons?: boolean
  reading?: ComponentChildren
  controls?: ComponentChildren
  isLoading?: boolean
  /** Why there is nothing newer. */
  error?: unknown
  /** Plots. */
  children: ComponentChildren
  /** Below the plots. */
  note?: ComponentChildren
}) {
  const { title, of, palette, items, hidden, moves } = props
  const plots = useRef<HTMLDivElement>(null)
  const save = () => {
    const canvases = [...(plots.current?.querySelectorAll<HTMLCanvasElement>(".plot-curves") ?? [])]
    const shown = items.filter(({ name }) => !hidden?.has(name))
    savePicture({ title: `${of}: ${title}`, items: shown, canvases, palette }, fileName(of, title))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (press(event.key, event.shiftKey, moves)) event.preventDefault()
  }
  return (
    <figure class={`chart ${props.isLoading ? "is-loading" : ""}`}>
      <figcaption>
        <h3>{title}</h3>
        <div class="chart-tools">
          <MoveButtons moves={moves} hasAll={props.hasButtons === true} />
          <button type="button" class="quiet" title="Save this chart as a picture" onClick={save}>
            PNG
          </button>
        </div>
      </figcaption>
      {props.controls && <div class="chart-controls">{props.controls}</div>}
      {items.length > 0 && <Legend items={items} hidden={hidden} onToggle={props.onToggle} />}
      <p class="chart-reading">{props.reading || "\u00a0"}</p>
      <div
        ref={plots}
        class="plots"
        role="application"
        aria-label={`${props.summary} ${KEYS_TEXT}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move what is in view
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {props.children}
      </div>
      {props.error !== undefined && <Problem error={props.error} />}
      {props.note && <div class="chart-note">{props.note}</div>}
    </figure>
  )
}

/** How to look closer, while the cursor reads nothing. */
export function Hint() {
  const isTouched = matchMedia("(pointer: coarse)").matches
  return (
    <span>
      {isTouched
        ? "Pinch to zoom, touch to read off."
        : "Drag to zoom, along or upwards; double-click to see all."}
    </span>
  )
}

function MoveButtons({ moves, hasAll }: { moves: Moves; hasAll: boolean }) {
  const button = (label: string, text: string, act: () => void, isOff = false) => (
    <button
      type="button"
      class="quiet"
      aria-label={label}
      title={label}
      disabled={isOff}
      onClick={act}
    >
      {text}
    </button>
  )
  return (
    <>
      {hasAll && button("Zoom out", "−", () => farther(moves), !moves.isZoomed)}
      {hasAll && button("Zoom in", "+", () => closer(moves))}
      {hasAll && button("Earlier", "←", () => back(moves), !moves.isZoomed)}
      {hasAll && button("Later", "→", () => onwards(moves), !moves.isZoomed)}
      {(hasAll || moves.isZoomed) && button("Show all", "All", moves.onReset, !moves.isZoomed)}
    </>
  )
}

function fileName(of: string, title: string): string {
  return `${of} ${title}`
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase()
}
