/** What somebody told a channel, as the catalogue has it; its columns are told of in `columns.ts`. */
export interface Action extends Place, Who {
  action: "start" | "pause" | "resume" | "stop" | "calibrate"
  via: "cli" | "page" | "agent"
  test: string | null
  cell: string | null
  is_done: boolean
  /** What has happened, or why nothing has: a sentence. */
  message: string
}

export interface Place {
  /** Its id. */
  board: string
  board_name: string
  channel: number
}

export interface Who {
  by: string | null
  by_source: "stated" | "account" | null
  why: string | null
}

/** Longest name and reason, characters. */
export const MOST_BY = 128
export const MOST_WHY = 1000

/** Somebody who says who it is and why, or does not. */
export function stated({ by = "", why = "" }: { by?: string; why?: string }): Who {
  const name = by.trim().slice(0, MOST_BY)
  return {
    by: name || null,
    by_source: name === "" ? null : "stated",
    why: why.trim().slice(0, MOST_WHY) || null,
  }
}
