import { setTimeout } from "node:timers/promises"
import { changeText } from "../follow/changeText"
import { WallClock } from "../follow/clock"
import type { FollowedBoard } from "../follow/followedBoard"
import { type Change, Follower } from "../follow/follower"
import { TestBook } from "../follow/testBook"
import type { NotifyConfig } from "../notify/config"
import { Watchman } from "../notify/watchman"
import type { Session } from "../session"
import type { Store } from "../store/store"
import type { LiveBoard } from "./state"
import { ConflictError, NotFoundError } from "../errors"
import { Beside } from "./beside"
import { type BoardTold, Downloads } from "./downloads"
import { Happenings } from "./happenings"
import { RecentReadings } from "./readings"
import { Rounds } from "./rounds"
import { Search, type SearchOptions } from "./search"
import { type BoardAbout, boardAbout, keepSame, liveBoard } from "./snapshot"
import { Turns } from "./turns"

export interface LabOptions extends SearchOptions {
  store: Store
  notify: NotifyConfig
  /** Whether readings are kept for pages that show them; default true. */
  keepsReadings?: boolean
  /** Hears lines for whoever looks at the server's terminal. */
  onLine?: (text: string) => void
}

/** `Rounds` says when boards are looked at. */
const NEVER_ms = Number.POSITIVE_INFINITY
/** Longest that notifications may hold up the end. */
const NOTIFY_ms = 10_000
/** What several boards tell at about the same time is published as one. */
const GATHER_ms = 100

/** All that goes on: the boards that are followed, the store that their logs go to, and who watches. */
export class Lab {
  readonly store: Store
  readonly book: TestBook
  readonly readings = new RecentReadings()
  readonly happenings = new Happenings()
  readonly search: Search
  readonly follower: Follower
  private readonly rounds: Rounds
  private readonly downloads: Downloads
  private readonly watchman: Watchman
  private readonly turns = new Turns()
  private readonly beside = new Beside((text) => this.tell(text))
  private readonly onLine: (text: string) => void
  private readonly keepsReadings: boolean
  private readonly ending = new AbortController()
  private readonly clock = new WallClock(this.ending.signal)
  private readonly abouts = new Map<string, BoardAbout>()
  private readonly watchers = new Set<() => void>()
  private toldFailures: ReadonlySet<string> = new Set()
  private isGathering = false
  /** Boards of which something is new since the last publishing. */
  private readonly news = new Set<string>()
  /** Resolves once boards were looked for, so that those which are there are known. */
  readonly hasSearched: Promise<void>
  private setSearched = () => {}
  private published: readonly LiveBoard[] = []

  constructor(options: LabOptions) {
    const { store, notify } = options
    this.store = store
    this.onLine = options.onLine ?? (() => {})
    this.keepsReadings = options.keepsReadings ?? true
    this.hasSearched = new Promise((resolve) => {
      this.setSearched = resolve
    })
    this.book = new TestBook(store)
    this.search = new Search(options)
    this.downloads = new Downloads(store)
    this.watchman = new Watchman(notify, store.folder, this.book, (text) => this.tell(text))
    this.follower = new Follower({
      clock: this.clock,
      open: (addresses) => this.search.open(addresses),
      fetch: (session) => this.downloads.fetch(session),
      onChange: (change) => this.changed(change),
      onProblem: (text) => this.tell(text),
      every_ms: NEVER_ms,
    })
    this.rounds = new Rounds({
      follower: this.follower,
      beside: this.beside,
      isWatched: () => this.watchers.size > 0,
      onSearch: () => this.searched(),
      onBoard: ({ id }, session) => this.abouts.set(id, boardAbout(session)),
      onLook: (board) => this.looked(board),
      onNotice: () => this.watchman.look(this.follower.boards, this.clock),
    })
  }

  /** All boards that were seen, as they were last looked at. What did not change is the same object as before. */
  get boards(): readonly LiveBoard[] {
    return this.published
  }

  /** What is wrong with ports, boards or the data folder by now, as sentences. */
  get problems(): string[] {
    const texts = [...this.search.failures]
    for (const { id, name, problem, session } of this.follower.boards.values()) {
      const told = session === undefined ? "" : this.downloads.told(id)?.problem
      if (told) texts.push(`Board ${name} cannot test: ${told}.`)
      if (problem !== "") texts.push(problem)
    }
    return [...new Set(texts)]
  }

  /** UTC by this computer's clock, s. */
  get now_unix_s(): number {
    return this.clock.unixTime_ms / 1000
  }

  /** What a board last told of its log, and of what keeps it from testing; undefined while it has not. */
  told(id: string): BoardTold | undefined {
    return this.downloads.told(id)
  }

  /**
   * The board of that id, to be spoken to.
   * @throws NotFoundError when no such board was seen, ConflictError while it is away
   */
  session(id: string): Session {
    const board = this.follower.boards.get(id)
    if (board === undefined)
      throw new NotFoundError(`There is no board ${id}. Is it plugged in and powered?`)
    if (board.session === undefined)
      throw new ConflictError(
        `Board ${board.name} is away; its tests go on. Plug it in and try again.`,
      )
    return board.session
  }

  /**
   * Does something with a board while nothing else is done with it and nothing of it downloaded, and looks at it then.
   * @throws as `session` does, and what the work throws
   */
  async act<T>(id: string, work: (session: Session) => Promise<T>): Promise<T> {
    this.session(id)
    try {
      return await this.turns.take(id, () => {
        const session = this.session(id)
        return this.downloads.without(session, () => work(session))
      })
    } finally {
      this.lookSoon()
    }
  }

  /** Looks at all boards now. */
  lookSoon(): void {
    this.rounds.wake()
  }

  /** Looks for boards now. */
  searchSoon(): void {
    this.rounds.searchSoon()
  }

  /**
   * Somebody watches from now on.
   * @param onNews called when there is something new
   * @returns ends the watching
   */
  watch(onNews: () => void): () => void {
    this.watchers.add(onNews)
    this.rounds.wake()
    return () => this.watchers.delete(onNews)
  }

  /** Follows boards until the signal aborts; the tests go on then. */
  async run(signal: AbortSignal): Promise<void> {
    await this.rounds.run(signal)
    this.ending.abort()
    await this.downloads.close()
    await this.beside.end()
    await this.follower.close()
    await this.watchman.close(NOTIFY_ms)
  }

  private looked(board: FollowedBoard): void {
    const now_ms = performance.now()
    if (this.keepsReadings)
      for (const { status } of board.channels) this.readings.note(board.id, status, now_ms)
    this.news.add(board.id)
    this.gather()
  }

  /** Of what is wrong with ports, each is told once, until it is over. */
  private searched(): void {
    this.setSearched()
    const { failures } = this.search
    for (const text of failures) if (!this.toldFailures.has(text)) this.tell(text)
    this.toldFailures = new Set(failures)
    this.gather()
  }

  private changed(change: Change): void {
    const { board, kind, unixTime_s } = change
    const status = "status" in change ? change.status : undefined
    if (status !== undefined && kind === "started") this.book.forget(board.id, status.channel)
    const known = status && this.book.find(board.id, status.channel, status.test)
    // Its last pages are worth having, and whoever is to be notified should not wait.
    if (kind === "ended" || kind === "fault" || kind === "paused") {
      this.downloads.hasten(board.id)
      this.rounds.noticeSoon()
    }
    if (kind === "board_lost") this.rounds.searchSoon()
    const text = changeText(change, known)
    const { id } = board
    this.happenings.add({ unix_s: unixTime_s, kind, text, board: id, channel: status?.channel })
    this.onLine(text)
    this.news.add(id)
    this.gather()
  }

  /** Tells of trouble that ends nothing. */
  private tell(text: string): void {
    this.happenings.add({ unix_s: this.now_unix_s, kind: "problem", text, board: "" })
    this.onLine(text)
  }

  private gather(): void {
    if (this.isGathering) return
    this.isGathering = true
    this.beside.start(this.publish())
  }

  private async publish(): Promise<void> {
    await setTimeout(GATHER_ms)
    this.isGathering = false
    const before = new Map(this.published.map((board) => [board.id, board]))
    const seen = [...this.follower.boards.values()].filter(({ heard_unix_s }) => heard_unix_s > 0)
    this.published = seen.map((board) => {
      const known = before.get(board.id)
      const isSame = known?.isThere === (board.session !== undefined) && !this.news.has(board.id)
      if (known !== undefined && isSame) return known
      const about = this.abouts.get(board.id) ?? { isSimulated: false }
      return keepSame(known, liveBoard(board, about, this.book))
    })
    this.news.clear()
    for (const onNews of this.watchers) onNews()
  }
}
