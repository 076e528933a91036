import type { ActionLine } from "../web/api"
import type { Row } from "./catalogue"

/** Most actions that a page is told of. */
const MOST = 50

/** Actions as pages show them, the latest first. */
export function actionLines(rows: readonly Row[]): ActionLine[] {
  return rows
    .map((row) => {
      const unix_s = Date.parse(`${row.time}`) / 1000
      return {
        unix_s: Number.isNaN(unix_s) ? undefined : unix_s,
        by: textOf(row.by),
        isByAccount: row.by_source === "account" || undefined,
        via: textOf(row.via),
        host: textOf(row.host),
        action: textOf(row.action) ?? "",
        test: textOf(row.test),
        why: textOf(row.why),
        isDone: row.is_done === true,
        message: textOf(row.message) ?? "",
      }
    })
    .sort((a, b) => (b.unix_s ?? 0) - (a.unix_s ?? 0))
    .slice(0, MOST)
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined
}
