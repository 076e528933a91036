/** As many curves can be told apart. */
export const MOST_CYCLES = 8

/** Which cycles somebody wants to see: counted from 1, or −1 for the last, −2 for the one before. */
export type CycleChoice = { cycles: number[]; problem?: undefined } | { problem: string }

export const FIRST_AND_LAST = "1, −2, −1"

/** Reads "1, 10-13, last" or "1 −2 −1". */
export function cycleChoice(text: string): CycleChoice {
  const words = text
    .replaceAll("−", "-")
    .split(/[\s,;]+/)
    .filter((word) => word !== "")
  const cycles: number[] = []
  for (const word of words) {
    const range = /^(\d+)[-–](\d+)$/.exec(word)
    if (range !== null) {
      const [from, to] = [Number(range[1]), Number(range[2])]
      if (to < from || to - from >= MOST_CYCLES) return { problem: mostText() }
      for (let cycle = from; cycle <= to; cycle++) cycles.push(cycle)
    } else if (/^last$/i.test(word)) cycles.push(-1)
    else if (/^-?\d+$/.test(word) && Number(word) !== 0) cycles.push(Number(word))
    else return { problem: `“${word}” is no cycle: write 1, 10-13, or −1 for the last.` }
  }
  const different = [...new Set(cycles)]
  if (different.length === 0)
    return { problem: "Write which cycles: 1, 10-13, or −1 for the last." }
  if (different.length > MOST_CYCLES) return { problem: mostText() }
  return { cycles: different }
}

function mostText(): string {
  return `At most ${MOST_CYCLES} cycles can be told apart.`
}
