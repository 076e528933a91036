import type { LiveChannel, LiveTest } from "../../api"

export type Action = "pause" | "resume" | "stop"

/** What each action is called, and what will happen. */
export const ACTIONS: Readonly<
  Record<
    Action,
    { button: string; confirm: string; will: (channel: Pick<LiveChannel, "state">) => string }
  >
> = {
  pause: {
    button: "Pause",
    confirm: "Pause the test",
    will: () =>
      "The relay opens and no current flows. The test keeps its place, and “Resume” goes on from there.",
  },
  resume: {
    button: "Resume",
    confirm: "Go on",
    will: () =>
      "The channel finds its zero, which takes some seconds, and closes the relay; the step goes on where it stood.",
  },
  stop: {
    button: "Stop",
    confirm: "Stop it for good",
    will: ({ state }) =>
      "The relay opens and the test is over: it cannot be continued. What was measured stays." +
      (state === "Running" || state === "Zeroing" ? " To go on later, pause it instead." : ""),
  },
}

/** What can be done with the test on a channel. A calibration is only ever stopped. */
export function actionsFor({
  state,
  test,
}: Pick<LiveChannel, "state"> & { test?: Pick<LiveTest, "number"> }): Action[] {
  const actions = actionsIn(state)
  return test?.number === CALIBRATION ? actions.filter((action) => action === "stop") : actions
}

const CALIBRATION = 0

function actionsIn(state: string): Action[] {
  switch (state) {
    case "Running":
    case "Zeroing":
      return ["pause", "stop"]
    case "Paused":
    case "Fault":
      return ["resume", "stop"]
    default:
      return []
  }
}
