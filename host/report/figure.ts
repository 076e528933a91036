import type { TopLevelSpec } from "vega-lite"

/** Okabe and Ito's palette without its yellow, which is too faint for a thin line. */
export const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
export const INK = "#222222"
export const FAINT = "#777777"
/** Of the ground, and of what covers something up. */
export const PAPER = "white"

/** A null breaks the line; it is not bridged and not drawn as zero. */
export const LINE = {
  type: "line",
  invalid: "break-paths-show-domains",
  strokeJoin: "round",
  clip: true,
} as const

/** Lines and ticks as journals set them: a box, ticks inwards, no grid. */
export const CONFIG: TopLevelSpec["config"] = {
  font: "Arial, Helvetica, 'Liberation Sans', sans-serif",
  view: { stroke: INK, strokeWidth: 0.8 },
  axis: {
    grid: false,
    domain: false,
    labelFlush: false,
    tickColor: INK,
    tickWidth: 0.8,
    tickSize: -4,
    labelPadding: 8,
    labelColor: INK,
    labelFontSize: 10.5,
    titleColor: INK,
    titleFontSize: 11,
    titleFontWeight: "normal",
    titlePadding: 8,
  },
  axisY: { minExtent: 36 },
  legend: { labelColor: INK, labelFontSize: 10 },
  title: { anchor: "start", frame: "group", fontSize: 11.5, color: INK, offset: 5 },
}

/** Draws a figure as one self-contained SVG: the same data give the same text. */
export async function svgOf(spec: TopLevelSpec): Promise<string> {
  // Vega takes half a second to load, and 40 MB: what needs only the colours shall not wait for it.
  const { parse, View } = await import("vega")
  const { compile } = await import("vega-lite")
  const svg = await new View(parse(compile(spec).spec), { renderer: "none" }).toSVG()
  return withIds(withoutNoise(svg), "").replace(/ d="[^"]*"/g, withShortNumbers)
}

/**
 * A figure whose ids begin with a word, so that several stand in one page. Vega counts its clip paths through the
 * whole process; here the same data give the same file.
 */
export function withIds(svg: string, prefix: string): string {
  const ids: string[] = []
  return svg.replace(/(?<=id="|url\(#)[\w-]*clip\d+/g, (id) => {
    if (!ids.includes(id)) ids.push(id)
    return `${prefix === "" ? "" : `${prefix}-`}clip${ids.indexOf(id)}`
  })
}

/** What Vega says to a screen reader of every tick: a picture has a caption instead. */
function withoutNoise(svg: string): string {
  return svg
    .replace(/ (?:role|aria-[a-z]+|pointer-events|xmlns:xlink)="[^"]*"/g, "")
    .replace(/ opacity="1"/g, "")
    .replace(/<path class="(?:back|fore)ground" d="[^"]*"(?: display="none")?\/>/g, "")
    .replace(/translate\([^)]*\)/g, withShortNumbers)
    .replace("<svg ", '<svg role="img" ')
}

/** Hundredths of a pixel are enough, and halve the file. */
function withShortNumbers(path: string): string {
  return path.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) => `${Number(Number(number).toFixed(2))}`)
}
