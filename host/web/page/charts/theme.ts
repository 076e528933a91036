import { useEffect, useState } from "preact/hooks"

/** Colours of a chart, #rrggbb, as the page's style has them now. */
export interface Palette {
  ground: string
  ink: string
  quiet: string
  grid: string
  warn: string
  bad: string
  /** Of lines side by side. */
  series: readonly string[]
  /** Of cycles, the oldest first. */
  ages: readonly string[]
  /** Font family. */
  font: string
}

/** Looked up again when the visitor's system turns dark or light. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(paletteNow)
  useEffect(() => {
    const dark = matchMedia("(prefers-color-scheme: dark)")
    const look = () => setPalette(paletteNow())
    dark.addEventListener("change", look)
    return () => dark.removeEventListener("change", look)
  }, [])
  return palette
}

function paletteNow(): Palette {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    ground: of("surface"),
    ink: of("ink"),
    quiet: of("quiet"),
    grid: of("line"),
    warn: of("warn"),
    bad: of("bad"),
    series: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => of(`series-${n}`)),
    ages: [1, 2, 3, 4].map((n) => of(`age-${n}`)),
    font: of("font"),
  }
}
