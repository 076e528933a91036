import type { ActionLine } from "../api"
import { clockTime } from "./words"

const DONE: Readonly<Record<string, string>> = {
  start: "started",
  pause: "paused",
  resume: "resumed",
  stop: "stopped",
  calibrate: "calibrated",
}

/** Who told a channel what, from where and why, and what came of it. */
export function actionText(line: ActionLine): string {
  const { action, isDone, test, message } = line
  const what = action === "calibrate" ? "it" : (test ?? "a test")
  const said = isDone ? (DONE[action] ?? action) : `wanted to ${action}`
  const name = line.by === undefined || line.isByAccount ? capital(nameOf(line)) : line.by
  const told = `${name} ${said} ${what}${wayOf(line)}${reasonOf(line)}.`
  return isDone ? told : `${told} Not done: ${message}`
}

/**
 * Of a test that is over or stands still, who did that: “Stopped by Ada 14:03, because …”; undefined when nobody did.
 * @param lines the latest first
 */
export function endedText(
  lines: readonly ActionLine[],
  test: string | undefined,
): string | undefined {
  const last = lines.find((line) => line.isDone && line.test === test)
  if (last === undefined || (last.action !== "stop" && last.action !== "pause")) return undefined
  const said = last.action === "stop" ? "Stopped" : "Paused"
  const when = last.unix_s === undefined ? "" : ` ${clockTime(last.unix_s)}`
  return `${said} by ${nameOf(last)}${when}${reasonOf(last)}.`
}

function nameOf({ by, isByAccount }: ActionLine): string {
  if (by === undefined) return "somebody who gave no name"
  return isByAccount ? `the account ${by}` : by
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function wayOf({ via, host }: ActionLine): string {
  if (host === undefined) return ""
  if (via === "page") return ` through the page of ${host}`
  return via === "agent" ? ` through the agent of ${host}` : ` at ${host}`
}

function reasonOf({ why }: ActionLine): string {
  return why === undefined ? "" : `, because: “${why}”`
}
