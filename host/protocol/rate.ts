const RATE = /^([+-]?\d*(?:\.\d*)?)([CD]?)(?:\/((?:\d*\.)?\d+))?$/

/**
 * A C-rate as people write it: "C/3", "D/2" (a discharge), "2C", "1/5", "0.5".
 * @returns mA per mAh, negative for a discharge; undefined for anything else
 */
export function rateFromText(text: string): number | undefined {
  const match = RATE.exec(text.replaceAll(" ", ""))
  if (match === null) return undefined
  const [, number, letter, divisor] = match
  if (number === "" && letter === "") return undefined
  const factor = number === "" ? 1 : Number(number)
  const rate_C = ((letter === "D" ? -1 : 1) * factor) / Number(divisor ?? 1)
  return Number.isFinite(rate_C) ? rate_C : undefined
}
