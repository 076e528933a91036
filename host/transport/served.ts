import { TesterError } from "../errors"
import { type BoardServer, JoinedPort, PtyPort, TcpPort } from "./simulated"

/** By which ways a simulated board can be reached. */
export interface Ways {
  /** TCP port on this computer; 0 for any that is free. */
  tcp: number
  /** Where its serial port is to be. */
  pty?: string
  /** The bus of another program that it joins. */
  join?: { host: string; port: number }
}

/**
 * Opens all ways to a served board.
 * @param onJoinEnd called when the program that was joined ends
 * @returns their addresses, as `--port` takes them
 * @throws TesterError, with what can be done about it
 */
export async function openWays(
  server: BoardServer,
  ways: Ways,
  onJoinEnd: () => void,
): Promise<string[]> {
  const addresses: string[] = []
  const tcp = await orExplain(TcpPort.listen(server, ways.tcp), (code) =>
    code === "EADDRINUSE"
      ? `TCP port ${ways.tcp} is taken, perhaps by another simulated board: give '--tcp 0' for any that is free.`
      : undefined,
  )
  addresses.push(`tcp:127.0.0.1:${tcp.port}`)
  if (ways.pty !== undefined) {
    await orExplain(PtyPort.open(server, ways.pty), (code) =>
      code === "ENOENT"
        ? "A serial port needs the program socat: 'sudo apt install socat'."
        : undefined,
    )
    addresses.push(ways.pty)
  }
  if (ways.join !== undefined) {
    const { host, port } = ways.join
    await orExplain(JoinedPort.join(server, host, port, onJoinEnd), (code) =>
      code === "ECONNREFUSED"
        ? `Nothing listens at ${host}:${port}: start 'npx devs devtools' there first.`
        : undefined,
    )
  }
  return addresses
}

async function orExplain<T>(
  work: Promise<T>,
  explain: (code: string | undefined) => string | undefined,
): Promise<T> {
  try {
    return await work
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new TesterError(explain(code) ?? message)
  }
}

/** What can be done to a served board while it runs, in words that a person types. */
export const serverCommands: Record<string, string> = {
  cut: "cut the power",
  power: "switch it on again",
  reset: "reset the microcontroller",
  unplug: "pull the cable",
  plug: "plug it in again",
  "remove N": "take the cell out of channel N",
  "insert N": "put it back",
}

/**
 * Does to a board what a line of text says.
 * @returns whether it was understood
 */
export function obey(server: BoardServer, line: string): boolean {
  const [word, channel] = line.trim().split(/\s+/)
  switch (word) {
    case "cut":
    case "power":
    case "reset":
    case "unplug":
    case "plug":
      server[word]()
      return true
    case "remove":
    case "insert":
      return setCell(server, Number(channel), word === "insert")
    default:
      return false
  }
}

function setCell({ board }: BoardServer, channel: number, isIn: boolean): boolean {
  const frontEnd = board.channels[channel]
  frontEnd?.attach(isIn ? board.cells[channel] : undefined, board.clock.now_us)
  return frontEnd !== undefined
}
