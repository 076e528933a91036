import { EventStream } from "./eventStream"
import { dispatch } from "./live"

/** Listens to the server for as long as the page is open, through breaks and sleep. */
export function connect(): void {
  const stream = new EventStream("/api/live", {
    events: {
      live: (live: never) => dispatch({ kind: "live", live }),
      channels: (channels: never) => dispatch({ kind: "channels", channels }),
      happened: (happened: never) => dispatch({ kind: "happened", happened }),
    },
    onLost: () => dispatch({ kind: "lost" }),
    onRefused: () => dispatch({ kind: "refused" }),
  })
  stream.open()
}
