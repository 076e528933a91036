/** Numbers as a chemist writes them: four digits, a true minus. */
export function number(value: number): string {
  return String(Number(value.toPrecision(4))).replace("-", "−")
}

/** "90 s", "30 min", "1.5 h", "480 h (20 days)". */
export function time(time_s: number): string {
  if (time_s < 120) return `${short(time_s)} s`
  if (time_s < 3599.5) return `${short(time_s / 60)} min`
  const hours = `${short(time_s / 3600)} h`
  return time_s < 72 * 3600 ? hours : `${hours} (${short(time_s / 86_400)} days)`
}

function short(value: number): string {
  return value < 100 ? String(Number(value.toPrecision(3))) : number(value)
}

/** An estimate: two digits. */
export function brief(value: number): string {
  return value < 100 ? String(Number(value.toPrecision(2))) : String(Math.round(value))
}

/** "C/3", "2C", "0.3C". */
export function rate(rate_C: number): string {
  const size = Math.abs(rate_C)
  const divisor = Math.round(1 / size)
  if (divisor > 1 && Math.abs(divisor * size - 1) < 0.005) return `C/${divisor}`
  return `${number(size)}C`
}

/** "a, b or c". */
export function joined(words: readonly string[], word: "or" | "and"): string {
  if (words.length < 2) return words.join("")
  return `${words.slice(0, -1).join(", ")} ${word} ${words.at(-1)}`
}
