/** Where on the broker things are; `TOPICS.md` tells what is there. */
export interface Topics {
  /** Retained: whether the host is there. Its last will says that it is not. */
  host: string
  /** Retained: a board, and how its channels stand. */
  board(id: string): string
  /** The last reading of each channel of a board. */
  live(id: string): string
  /** What is stored of a channel, page by page, its events, and its cycles. */
  records(id: string, channel: number): string
  events(id: string, channel: number): string
  cycles(id: string, channel: number): string
  /** Orders to this host. */
  orders: string
}

/** The version of what is published: another one is another topic. */
const ROOT = "coincell/v1"

export function topicsOf(lab: string, host: string): Topics {
  const base = `${ROOT}/${lab}/${host}`
  const channel = (id: string, number: number, what: string) =>
    `${base}/board/${id}/${number}/${what}`
  return {
    host: `${base}/host`,
    board: (id) => `${base}/board/${id}/state`,
    live: (id) => `${base}/board/${id}/live`,
    records: (id, number) => channel(id, number, "records"),
    events: (id, number) => channel(id, number, "events"),
    cycles: (id, number) => channel(id, number, "cycles"),
    orders: `${base}/orders`,
  }
}
