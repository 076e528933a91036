import type { Standing } from "../standing"

/** Shapes that differ without their colours. */
const PATHS: Readonly<Record<Standing | "away", string>> = {
  fault: "M8 1.5 15.2 14.2H.8zM8 6v4M8 11.9v.4",
  waiting:
    "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM6.2 6.4a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.2M8 11.4v.4",
  paused: "M5.5 3v10M10.5 3v10",
  running: "M4.5 2.5v11l9-5.500z",
  finished: "M2.500 8.500l3.700 3.700 7.300-8",
  idle: "M8 3.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9z",
  away: "M2 2l12 12M3.200 8.800a7 7 0 0 1 2.600-1.600M9.800 7a7 7 0 0 1 3 1.800M8 12.200v.4",
}

/** Beside a word that says the same. */
export function Icon({ standing }: { standing: Standing | "away" }) {
  return (
    <svg class={`icon icon-${standing}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[standing]} />
    </svg>
  )
}
