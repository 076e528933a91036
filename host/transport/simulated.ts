// The one seam between host and simulator: it starts a simulated board and carries its Jacdac frames.
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { JDBus, Transport } from "jacdac-ts"
import type { AnalogErrorSwitches } from "../../sim/analogErrors"
import { SimulatedBoard } from "../../sim/board"
import { SimulatedBench } from "../../sim/calibrationBench"
import type { Cell } from "../../sim/cells/cell"
import { type CellModel, GuardedCell } from "../../sim/cells/guardedCell"
import type { CalibrationBench } from "../calibrate"
import { TesterError } from "../errors"
import type { Link } from "./link"
import { simulatedCell } from "./simulatedCells"
import { VirtualScheduler } from "./virtualScheduler"

export { BoardServer } from "../../sim/server/boardServer"
export { PtyPort } from "../../sim/server/pty"
export { JoinedPort, TcpPort } from "../../sim/server/tcp"
export { programStore } from "../../sim/vm/programStore"
export { simulatedCell, simulatedCells } from "./simulatedCells"

/**
 * A mark of what a simulated cell is made of: another one when its model or its paper's parameters change.
 * Cells of a paper share their files.
 */
export function simulatedCellMark(name: string): string {
  simulatedCell(name)
  const paper = name.split(" ")[0]
  const hash = createHash("sha256").update(name)
  for (const folder of ["", "parameters/", "catalogue/"]) {
    const url = new URL(`../../sim/cells/${folder}`, import.meta.url)
    const files = readdirSync(url).filter((file) => file.endsWith(".ts"))
    for (const file of files.sort())
      if (folder === "" || file.startsWith(paper) || /^[a-z]/.test(file))
        hash.update(readFileSync(new URL(file, url)))
  }
  return hash.digest("hex")
}

/** What a simulated board comes with, unless it is told otherwise: Li‖Li, Li‖Cu and a full cell. */
export const usualCells: readonly string[] = [
  "Ma2024 bare Li, 1 mA/cm2",
  "Ma2024 K-Li@AlN, 1 mA/cm2",
  "Wang2023 Li-Cu 98.5 %, Cu at +",
  "Ma2024 LFP",
]

export interface SimulatedBoardOptions {
  /** Everything random on the board and its bench follows from it. */
  seed: number
  /** By channel, names of simulated cells or models of one's own; undefined leaves a holder empty. */
  cells: readonly (string | CellModel | undefined)[]
  /**
   * How its firmware is run: compiled, in DeviceScript's VM, or its sources in Node, in a fraction of the time: with
   * the same bytes, if the same packets come at the same times.
   */
  engine?: EngineName
  /** Which errors of its circuit to leave out; none unless given. */
  errors?: AnalogErrorSwitches
  /** Whether the watchdog's jumper is on; default true. */
  watchdog?: boolean
}

export const ENGINES = ["vm", "native"] as const
export type EngineName = (typeof ENGINES)[number]

/**
 * Powers a simulated board up, with the firmware that was built for it.
 * @throws TesterError when a cell's name is not known; CellModelError when a model is none
 */
export async function startSimulatedBoard(
  options: SimulatedBoardOptions,
): Promise<{ board: SimulatedBoard; link: SimulatedLink; bench: CalibrationBench }> {
  const { seed, errors, watchdog } = options
  const cells = options.cells.map((cell) => (cell === undefined ? undefined : madeCell(cell)))
  const firmware = options.engine === "native" ? "native" : readFirmware()
  const board = new SimulatedBoard({ seed, firmware, cells, errors, watchdog })
  board.powerOn()
  const link = new SimulatedLink(board, `sim:${options.seed}`)
  await link.connect()
  return { board, link, bench: new SimulatedBench(board, options.seed) }
}

function madeCell(cell: string | CellModel): Cell {
  return typeof cell === "string" ? simulatedCell(cell).make() : new GuardedCell(cell)
}

/** @throws TesterError when the simulated board's firmware is not built */
export function readFirmware(): Uint8Array {
  try {
    return readFileSync(new URL("../../firmware/.devicescript/sim/bytecode.devs", import.meta.url))
  } catch {
    throw new TesterError("The firmware is not built yet: run 'npm run build'.")
  }
}

/** How finely host and board take turns while the host waits for an answer. */
const TURN_ms = 10
/** How far a board runs in one go while the host only waits. */
const STRIDE_ms = 60_000
/** Time at a long wait's end in which the host hears the board again before it speaks. */
const LISTEN_ms = 1_200

/** When a simulated board's calendar begins: the same run gives the same files. */
const EPOCH_ms = Date.UTC(2026, 0, 1)

/** Less than this may be left of a wait: sums of fractions of a millisecond round. */
const ROUNDING_ms = 0.001

/** Carries frames between the bus and the board, as a USB cable would. */
class SimulatedCable extends Transport {
  plugged = true

  constructor(private readonly board: SimulatedBoard) {
    super("simulated")
    board.onFrame = (frame) => {
      // A copy: jacdac-ts writes when it came into it, once, and a board may send the same one again.
      if (this.plugged) this.bus?.processFrame(frame.slice(), this.type)
    }
  }

  protected override async transportSendPacketAsync(frame: Uint8Array): Promise<void> {
    if (this.plugged) this.board.send(frame.slice())
  }

  protected override async transportConnectAsync(): Promise<void> {}
  protected override async transportDisconnectAsync(): Promise<void> {}
}

/** A link to one simulated board in this process, as fast as it will run. */
export class SimulatedLink implements Link {
  readonly bus: JDBus
  private readonly scheduler = new VirtualScheduler()
  private readonly cable: SimulatedCable
  /** The bus's own time: that during which it was listening. */
  private listened_ms = 0
  private readonly logListeners = new Set<(line: string) => void>()

  constructor(
    readonly board: SimulatedBoard,
    readonly address = "sim",
  ) {
    this.cable = new SimulatedCable(board)
    this.bus = new JDBus([this.cable], { scheduler: this.scheduler, disableRoleManager: true })
    this.bus.autoConnect = true
    board.onLog = (line) => {
      for (const listener of this.logListeners) listener(line)
    }
  }

  get now_ms(): number {
    return this.board.now_ms
  }

  get unixTime_ms(): number {
    return EPOCH_ms + Math.round(this.now_ms)
  }

  /**
   * Lets virtual time pass. Nobody listens to the board during a long wait, so its cable is out but for
   * the last second: it needs no host, and its announcements cost more than its work.
   */
  async sleep_ms(duration_ms: number): Promise<void> {
    const until_ms = this.now_ms + duration_ms
    this.cable.plugged = false
    const listen_ms = until_ms - LISTEN_ms
    while (listen_ms - this.now_ms > ROUNDING_ms) {
      this.board.advanceBy_ms(Math.min(STRIDE_ms, listen_ms - this.now_ms))
      await turn()
    }
    this.cable.plugged = true
    // The bus's timers slept too: announcements that it missed are no reason to give a board up.
    while (until_ms - this.now_ms > ROUNDING_ms)
      await this.step(Math.min(TURN_ms, until_ms - this.now_ms))
  }

  onLog(listener: (line: string) => void): () => void {
    this.logListeners.add(listener)
    return () => this.logListeners.delete(listener)
  }

  async settle<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false
    const mark = () => {
      isSettled = true
    }
    promise.then(mark, mark)
    await turn()
    while (!isSettled) await this.step(TURN_ms)
    return promise
  }

  async connect(): Promise<void> {
    await this.bus.connect()
  }

  async close(): Promise<void> {
    await this.bus.stop()
    await this.bus.disconnect()
    this.bus.dispose()
  }

  private async step(duration_ms: number): Promise<void> {
    this.board.advanceBy_ms(duration_ms)
    this.listened_ms += duration_ms
    this.scheduler.runTo(this.listened_ms)
    await turn()
  }
}

/** Lets everything that waits for a promise go on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
