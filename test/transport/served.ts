import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { readFirmware } from "../../host/transport/simulated"
import { SimulatedBoard } from "../../sim/board"
import type { Cell } from "../../sim/cells/cell"
import { BoardServer } from "../../sim/server/boardServer"
import { PtyPort } from "../../sim/server/pty"
import { TcpPort } from "../../sim/server/tcp"

/** Whether serial ports can be simulated here; tests that need one are skipped where not. */
export const hasSocat = spawnSync("socat", ["-V"]).status === 0
if (!hasSocat)
  console.warn("Tests of the serial port are skipped: they need socat (sudo apt install socat).")

/** A simulated board that runs by the wall's clock, in this process. */
export interface Served {
  server: BoardServer
  board: SimulatedBoard
  tcp: string
  /** Path of its serial port. */
  pty: string
  stop(): Promise<void>
}

export async function serve(options: {
  seed: number
  speed?: number
  cells?: (Cell | undefined)[]
  firmware?: Uint8Array
  withPty?: boolean
}): Promise<Served> {
  const { seed, speed = Number.POSITIVE_INFINITY, cells = [] } = options
  const board = new SimulatedBoard({ seed, firmware: options.firmware ?? readFirmware(), cells })
  board.powerOn()
  return serveBoard(board, speed, options.withPty)
}

/** Serves a board that was powered before. */
export async function serveBoard(
  board: SimulatedBoard,
  speed: number,
  withPty = false,
): Promise<Served> {
  const server = new BoardServer(board, speed)
  const folder = mkdtempSync(join(tmpdir(), "coincell-"))
  const pty = join(folder, "board")
  const { port } = await TcpPort.listen(server, 0)
  if (withPty) await PtyPort.open(server, pty)
  const controller = new AbortController()
  const running = server.run(controller.signal)
  const stop = async () => {
    controller.abort()
    await running
    rmSync(folder, { recursive: true, force: true })
  }
  return { server, board, tcp: `tcp:127.0.0.1:${port}`, pty, stop }
}
