import { bandOf, type Selected, selectedIn } from "./band"
import type { Band } from "./drawPointer"
import { type Frame, valueX, valueY } from "./frame"
import type { Pointer } from "./nearest"

/** What wheel, fingers and keys do to the range that a plot shows. */
export interface Gestures {
  /** There is more to see at the sides. */
  isZoomed: boolean
  /** @param factor of the width, below 1 for more detail; `about` stays where it is */
  onZoom: (factor: number, about: number) => void
  /** @param part of the width, positive towards larger x */
  onPan: (part: number) => void
  onReset: () => void
}

/** What a plot tells of mouse and fingers. */
export interface Heard extends Gestures {
  /** Undefined: nothing is pointed at any more. */
  onPointer: (pointer: Pointer | undefined) => void
  onSelect: (selected: Selected) => void
  /** What is being selected, to be drawn. */
  onBand: (band: Band | undefined) => void
}

/**
 * Listens to mouse, wheel and touch. Drawing across with the mouse selects, a double click shows all. The wheel
 * scrolls the page unless Ctrl is held, which a pinch on a touchpad looks like, or the plot has the focus. Two fingers
 * zoom; one moves along x, or points where all is in view, or scrolls the page.
 * @returns what ends it
 */
export function listenTo(element: HTMLElement, frame: () => Frame, heard: () => Heard): () => void {
  const ending = new AbortController()
  const { signal } = ending
  const fingers = new Map<number, { x: number; y: number }>()
  let drawn: { x: number; y: number } | undefined
  const placeOf = ({ clientX, clientY }: MouseEvent) => {
    const { left, top } = element.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }
  const point = (place: { x: number; y: number }) =>
    heard().onPointer({ x: valueX(frame(), place.x), y: valueY(frame(), place.y) })

  const onWheel = (event: WheelEvent) => {
    const isMeant =
      event.ctrlKey || event.metaKey || element.closest("[tabindex]:focus-within") !== null
    if (!isMeant) return
    event.preventDefault()
    const { deltaX, deltaY, deltaMode } = event
    if (Math.abs(deltaX) > Math.abs(deltaY)) return heard().onPan(deltaX / frame().width)
    const turned = deltaY * (deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1)
    const factor = 1.003 ** Math.max(-200, Math.min(200, turned))
    heard().onZoom(factor, valueX(frame(), placeOf(event).x))
  }

  const onDown = (event: PointerEvent) => {
    const place = placeOf(event)
    if (event.pointerType === "touch") {
      fingers.set(event.pointerId, place)
      point(place)
    } else if (event.button === 0) {
      drawn = place
      element.setPointerCapture(event.pointerId)
    }
  }

  const onMove = (event: PointerEvent) => {
    const place = placeOf(event)
    if (event.pointerType === "touch") return touch(event.pointerId, place)
    point(place)
    if (drawn !== undefined) heard().onBand(bandOf(frame(), drawn, place))
  }

  const touch = (id: number, place: { x: number; y: number }) => {
    const before = fingers.get(id)
    if (before === undefined) return
    const other = [...fingers].find(([each]) => each !== id)?.[1]
    fingers.set(id, place)
    if (other === undefined) {
      if (heard().isZoomed) heard().onPan((before.x - place.x) / frame().width)
      point(place)
    } else if (Math.abs(place.x - other.x) > 8) {
      const factor = Math.abs(before.x - other.x) / Math.abs(place.x - other.x)
      heard().onZoom(factor, valueX(frame(), (place.x + other.x) / 2))
    }
  }

  const onUp = (event: PointerEvent) => {
    fingers.delete(event.pointerId)
    const band = drawn && bandOf(frame(), drawn, placeOf(event))
    drawn = undefined
    heard().onBand(undefined)
    if (band !== undefined && event.type === "pointerup")
      heard().onSelect(selectedIn(frame(), band))
  }

  // What a finger points at is read once it is out of the way.
  const onLeave = ({ pointerType }: PointerEvent) => {
    if (pointerType !== "touch") heard().onPointer(undefined)
  }

  element.addEventListener("wheel", onWheel, { signal, passive: false })
  element.addEventListener("pointerdown", onDown, { signal })
  element.addEventListener("pointermove", onMove, { signal })
  element.addEventListener("pointerup", onUp, { signal })
  element.addEventListener("pointercancel", onUp, { signal })
  element.addEventListener("pointerleave", onLeave, { signal })
  element.addEventListener("dblclick", () => heard().onReset(), { signal })
  return () => ending.abort()
}
