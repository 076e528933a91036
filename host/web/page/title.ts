import type { LiveBoard } from "../api"
import type { Route } from "./router"
import { countStandings } from "./standing"
import { counted } from "./words"

/** Of the window: what needs a person comes first, so that a tab in the background tells it. */
export function pageTitle(route: Route, boards: readonly LiveBoard[] | undefined): string {
  return [alarm(boards ?? []), place(route, boards ?? []), "coincell"]
    .filter((part) => part !== "")
    .join(" · ")
}

function alarm(boards: readonly LiveBoard[]): string {
  const { fault, waiting, away } = countStandings(boards)
  if (fault > 0) return `⚠ ${counted(fault, "fault")}`
  if (waiting > 0) return `⚠ ${waiting} waiting`
  return away > 0 ? `${counted(away, "board")} away` : ""
}

function place(route: Route, boards: readonly LiveBoard[]): string {
  switch (route.view) {
    case "channel": {
      const board = boards.find(({ id }) => id === route.board)
      const cell = board?.channels.find(({ channel }) => channel === route.channel)?.test?.cell
      const where = `${board?.name ?? route.board} channel ${route.channel}`
      return cell === undefined ? where : `${cell}, ${where}`
    }
    case "tests":
      return "Tests"
    case "test":
      return route.id
    case "compare":
      return "Compare"
    case "start":
      return "Start a test"
    default:
      return ""
  }
}
