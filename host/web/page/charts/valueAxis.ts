import type { Axis } from "./plotContent"
import { ticksOf } from "./ticks"
import type { Unit } from "./units"

/** An axis of a quantity kept in SI, written in a unit: Voltage / mV. */
export function valueAxis(quantity: string, unit: Pick<Unit, "text" | "perSi">, least = 0): Axis {
  return (range, most) => {
    const shown = { from: range.from * unit.perSi, to: range.to * unit.perSi }
    const { at, texts } = ticksOf(shown, most, least)
    return {
      at: at.map((value) => value / unit.perSi),
      texts,
      title: unit.text === "" ? quantity : `${quantity} / ${unit.text}`,
    }
  }
}
