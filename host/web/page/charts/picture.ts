import { addMarker } from "./draw"
import type { Item } from "./Legend"
import type { Palette } from "./theme"

/** A chart to be kept as a picture. */
export interface Picture {
  title: string
  items: readonly Item[]
  /** From top to bottom, as they are on the screen. */
  canvases: readonly HTMLCanvasElement[]
  palette: Palette
}

/** CSS pixels. */
const MARGIN = 14
const TITLE = 28
const ROW = 22

/** Saves a chart with its title and legend as a PNG. @param name of the file, without its ending */
export function savePicture(picture: Picture, name: string): void {
  draw(picture).toBlob((blob) => {
    if (blob === null) return
    const link = document.createElement("a")
    link.href = URL.createObjectURL(blob)
    link.download = `${name}.png`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }, "image/png")
}

function draw({ title, items, canvases, palette }: Picture): HTMLCanvasElement {
  const scale = devicePixelRatio
  const width = Math.max(...canvases.map((each) => each.width)) / scale + 2 * MARGIN
  const canvas = document.createElement("canvas")
  const context = canvas.getContext("2d")
  if (context === null) return canvas
  context.font = `12.5px ${palette.font}`
  const places = rows(items, width - 2 * MARGIN, (text) => context.measureText(text).width)
  const top = MARGIN + TITLE + (places.at(-1)?.row ?? -1) * ROW + ROW
  canvas.width = width * scale
  canvas.height =
    top * scale + canvases.reduce((sum, each) => sum + each.height, 0) + MARGIN * scale
  context.fillStyle = palette.ground
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.scale(scale, scale)
  context.textBaseline = "middle"
  context.fillStyle = palette.ink
  context.font = `600 15px ${palette.font}`
  context.fillText(title, MARGIN, MARGIN + 10, width - 2 * MARGIN)
  context.font = `12.5px ${palette.font}`
  for (const { item, left, row } of places)
    drawItem(context, item, MARGIN + left, MARGIN + TITLE + row * ROW + ROW / 2, palette)
  context.setTransform(1, 0, 0, 1, 0, 0)
  let at = top * scale
  for (const each of canvases) {
    context.drawImage(each, MARGIN * scale, at)
    at += each.height
  }
  return canvas
}

const SWATCH = 30
const GAP = 18

/** Where each item of a legend stands that breaks into rows. */
function rows(items: readonly Item[], width: number, textWidth: (text: string) => number) {
  let left = 0
  let row = 0
  return items.map((item) => {
    const needs = SWATCH + 6 + textWidth(item.name)
    if (left > 0 && left + needs > width) {
      left = 0
      row++
    }
    const place = { item, left, row }
    left += needs + GAP
    return place
  })
}

function drawItem(
  context: CanvasRenderingContext2D,
  { name, colour, dash = [], width = 1.5, marker }: Item,
  x: number,
  y: number,
  { ink }: Palette,
): void {
  context.strokeStyle = colour
  context.lineWidth = width
  context.setLineDash([...dash])
  context.beginPath()
  context.moveTo(x, y)
  context.lineTo(x + SWATCH, y)
  context.stroke()
  context.setLineDash([])
  if (marker !== undefined) {
    const path = new Path2D()
    addMarker(path, marker, x + SWATCH / 2, y, 3.2)
    context.fillStyle = colour
    context.fill(path)
    context.stroke(path)
  }
  context.fillStyle = ink
  context.fillText(name, x + SWATCH + 6, y)
}
