/** Mean of the values; undefined where one of them is, or there are none. */
export function meanOf(values: readonly (number | undefined)[]): number | undefined {
  let sum = 0
  for (const value of values) {
    if (value === undefined) return undefined
    sum += value
  }
  return values.length > 0 ? sum / values.length : undefined
}
