import type { Happened, Live, LiveBoard, LiveChannel, LiveChannels } from "../api"

/** All that the page knows of now. Boards and channels are the same objects until something of them changes. */
export interface LiveState {
  /** connecting: the first answer is awaited; refused: the server wants the token. */
  connection: "connecting" | "open" | "lost" | "refused"
  /** Undefined before the first answer. */
  boards: readonly LiveBoard[] | undefined
  mayAct: boolean
  problems: readonly string[]
  /** Newest last. */
  happened: readonly Happened[]
  /** The server's clock when it last spoke, UTC, s. */
  heard_unix_s: number
}

export type LiveEvent =
  | { kind: "live"; live: Live }
  | { kind: "channels"; channels: LiveChannels }
  | { kind: "happened"; happened: Happened }
  | { kind: "lost" }
  | { kind: "refused" }

export const NOTHING_YET: LiveState = {
  connection: "connecting",
  boards: undefined,
  mayAct: false,
  problems: [],
  happened: [],
  heard_unix_s: 0,
}

/** Lines of events that are kept. */
const MOST_LINES = 200

export function afterEvent(state: LiveState, event: LiveEvent): LiveState {
  switch (event.kind) {
    case "live": {
      const { mayAct, problems, now_unix_s } = event.live
      const boards = event.live.boards.map((board) => ({
        ...board,
        channels: board.channels.map(freed),
      }))
      return { ...state, connection: "open", boards, mayAct, problems, heard_unix_s: now_unix_s }
    }
    case "channels":
      return {
        ...state,
        connection: "open",
        boards: withChannels(state.boards, event.channels),
        heard_unix_s: event.channels.now_unix_s,
      }
    case "happened":
      return withLine(state, event.happened)
    default:
      return state.connection === event.kind ? state : { ...state, connection: event.kind }
  }
}

function withChannels(
  boards: LiveState["boards"],
  { channels }: LiveChannels,
): LiveState["boards"] {
  if (channels.length === 0) return boards
  return boards?.map((board) => {
    const news = channels.filter((each) => each.board === board.id)
    if (news.length === 0) return board
    const fresh = (old: LiveChannel) => {
      const found = news.find((each) => each.channel === old.channel)
      return found === undefined ? old : freed(found)
    }
    return { ...board, channels: board.channels.map(fresh) }
  })
}

/** The number that a board's calibration runs under. */
export const CALIBRATION = 0

/** A channel whose calibration is over waits for nothing and keeps nothing that is not elsewhere: it is idle. */
function freed(channel: LiveChannel): LiveChannel {
  const isOver = channel.state === "Finished" && channel.test?.number === CALIBRATION
  return isOver ? { ...channel, state: "Idle", stateText: "idle", test: undefined } : channel
}

/** The server tells its last lines again at each connection: those are known. */
function withLine(state: LiveState, line: Happened): LiveState {
  const isKnown = state.happened.some(
    (each) => each.unix_s === line.unix_s && each.kind === line.kind && each.text === line.text,
  )
  return isKnown ? state : { ...state, happened: [...state.happened, line].slice(-MOST_LINES) }
}
