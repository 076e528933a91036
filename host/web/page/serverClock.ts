/** By how much the server's clock is ahead of ours, s. */
let ahead_s = 0

/** @param now_unix_s what it is by the server's clock, UTC, s */
export function hearClock(now_unix_s: number): void {
  ahead_s = now_unix_s - Date.now() / 1000
}

/** The server's clock now, UTC, s. */
export function now_unix_s(): number {
  return Date.now() / 1000 + ahead_s
}
