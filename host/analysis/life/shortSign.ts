/** Something that looks like a short, in which cycle and when. */
export interface ShortSign {
  kind: "hardShort" | "plateauDrop" | "flatRest" | "efficiencyAbove"
  cycle: number
  /** Test time; of what a whole cycle tells, when that began. */
  time_s: number
  /** What was seen, and the limit that it passed: |V|, or 2η, in V, or a Coulombic efficiency. */
  value: number
  limit: number
}
