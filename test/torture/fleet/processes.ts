import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { connect, createServer } from "node:net"
import { setTimeout } from "node:timers/promises"

/** Ends a process at once, and waits until it is gone. */
export async function kill(
  process: ChildProcess | undefined,
  signal: NodeJS.Signals = "SIGKILL",
): Promise<void> {
  if (process === undefined || process.exitCode !== null || process.signalCode !== null) return
  const gone = once(process, "exit")
  process.kill(signal)
  await gone
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as { port: number }
  server.close()
  return port
}

/** Resolves once somebody listens there. */
export async function listening(port: number): Promise<void> {
  while (!(await answers(port))) await setTimeout(20)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
    socket.once("connect", () => {
      socket.destroy()
      resolve(true)
    })
    socket.once("error", () => resolve(false))
  })
}

/** A program of Node's in a process of its own. */
export function startNode(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  hear: (text: string) => void,
): ChildProcess {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  child.stdout?.on("data", (text) => hear(String(text)))
  child.stderr?.on("data", (text) => hear(String(text)))
  return child
}
