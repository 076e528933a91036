import { parse, View } from "vega"
import { compile, type TopLevelSpec } from "vega-lite"

/** Okabe and Ito's palette without its yellow, which is too faint for a thin line. */
export const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
export const INK = "#222222"
export const FAINT = "#777777"

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
  title: { anchor: "start", frame: "group", fontSize: 11.5, color: INK, offset: 5 },
}

/** Draws a figure as one self-contained SVG: the same data give the same text. */
export async function svgOf(spec: TopLevelSpec): Promise<string> {
  const svg = await new View(parse(compile(spec).spec), { renderer: "none" }).toSVG()
  return withOwnIds(svg).replace(/ d="[^"]*"/g, withShortNumbers)
}

/** Vega counts its clip paths through the whole process; here the same data give the same file. */
function withOwnIds(svg: string): string {
  const ids: string[] = []
  return svg.replace(/(?<=id="|url\(#)clip\d+/g, (id) => {
    if (!ids.includes(id)) ids.push(id)
    return `clip${ids.indexOf(id)}`
  })
}

/** Hundredths of a pixel are enough, and halve the file. */
function withShortNumbers(path: string): string {
  return path.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) => `${Number(Number(number).toFixed(2))}`)
}
