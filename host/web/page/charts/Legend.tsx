import type { Line, Marker } from "./lines"

/** A line's look and name. */
export type Item = Pick<Line, "name" | "colour" | "dash" | "width" | "marker">

const MARKER_PATHS: Readonly<Record<Marker, string>> = {
  circle: "M15 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  square: "M12.200 5.200h5.600v5.600h-5.600z",
  diamond: "M15 4l4 4-4 4-4-4z",
  up: "M15 4.200l3.600 6.400h-7.200z",
  down: "M15 11.800l3.600-6.400h-7.200z",
  cross: "M12 5l6 6M12 11l6-6",
}

/** How a line looks, 30 by 16. */
export function Swatch({ colour, dash = [], width = 1.5, marker }: Omit<Item, "name">) {
  return (
    <svg class="swatch" viewBox="0 0 30 16" aria-hidden="true">
      <path
        d="M0 8h30"
        stroke={colour}
        stroke-width={width + 0.3}
        stroke-dasharray={dash.join(" ")}
      />
      {marker && <path d={MARKER_PATHS[marker]} fill={colour} stroke={colour} />}
    </svg>
  )
}

/** What lines are called. @param onToggle makes them buttons that hide and show a line */
export function Legend(props: {
  items: readonly Item[]
  hidden?: ReadonlySet<string>
  onToggle?: (name: string) => void
}) {
  const { items, hidden, onToggle } = props
  return (
    <ul class="legend">
      {items.map((item) => (
        <li key={item.name}>
          {onToggle ? (
            <button
              type="button"
              aria-pressed={!hidden?.has(item.name)}
              title={hidden?.has(item.name) ? "Show" : "Hide"}
              onClick={() => onToggle(item.name)}
            >
              <Swatch {...item} />
              {item.name}
            </button>
          ) : (
            <span>
              <Swatch {...item} />
              {item.name}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
