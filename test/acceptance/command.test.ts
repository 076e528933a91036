import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { PassThrough, Writable } from "node:stream"
import { afterEach, expect, test, vi } from "vitest"
import { type Acceptance, isAccepted } from "../../host/acceptance/accept"
import type { Placed } from "../../host/acceptance/bench"
import { Terminal } from "../../host/calibration/terminal"
import { acceptByHand, addAccept, conclude } from "../../host/commands/accept"
import { Resistor } from "../../sim/cells/resistor"
import { runCommand } from "../commands/runCommand"
import { newFolder } from "../store/folder"
import { type Rig, startRig } from "../scenario/harness"
import { failures, ObedientBench } from "./bench"

let rig: Rig | undefined
afterEach(async () => {
  await rig?.close()
  rig = undefined
  process.exitCode = undefined
  vi.restoreAllMocks()
})

const ASKED: [RegExp, Placed][] = [
  [/leave all four leads open/, "nothing"],
  [/standard by four leads/, "standard"],
  [/join all four leads/, "short"],
]

/** A person who does what the terminal asks, and presses Enter. */
async function byHand(channels: number[]): Promise<[Acceptance, string[]]> {
  const { link, client } = rig as Rig
  const bench = new ObedientBench(rig as Rig)
  const typed = new PassThrough()
  const shown: string[] = []
  const screen = new Writable({
    write(chunk, _encoding, done) {
      const text = String(chunk)
      shown.push(text)
      const what = ASKED.find(([pattern]) => pattern.test(text))?.[1]
      if (what === undefined) return done()
      bench.place(what, Number(/^Channel (\d)/.exec(text)?.[1])).then(() => {
        typed.write("\n")
        done()
      }, done)
    },
  })
  const terminal = new Terminal(typed, screen, new AbortController().signal)
  return [await acceptByHand({ link, board: client }, channels, 100, terminal), shown]
}

test("a person tests two channels; the record is kept and the exit code says how it went, seed 81", async () => {
  rig = await startRig({ seed: 81, cells: [], calibrated: [0, 2], firmware: "native" })
  const [acceptance, shown] = await byHand([0, 2])
  expect(shown.filter((text) => text.includes("Press Enter"))).toHaveLength(6)
  expect(shown.filter((text) => text.includes("checks"))).toHaveLength(2)
  expect(failures(acceptance.checks)).toEqual([])

  const { folder, printed, code } = concluded(acceptance)
  expect(code).toBe(0)
  expect(printed).toContain("Accepted: ")
  const path = join(folder, "acceptance", `${rig.client.id}-2026-01-01T`)
  const record = JSON.parse(readFileSync(oneThatBegins(path), "utf8"))
  expect(record).toMatchObject({ format: 1, accepted: true, standard_ohm: 100 })
  expect(record.channels.map(({ channel }: { channel: number }) => channel)).toEqual([0, 2])
  expect(record.checks).toHaveLength(acceptance.checks.length)
})

test("one that fails ends with 3, names the check, and is kept as well, seed 82", async () => {
  rig = await startRig({ seed: 82, cells: [], calibrated: [0], firmware: "native" })
  const frontEnd = rig.board.channels[0] as unknown as { dummy: Resistor }
  frontEnd.dummy = new Resistor(101)
  const [acceptance] = await byHand([0])
  expect(isAccepted(acceptance)).toBe(false)
  const { printed, code } = concluded(acceptance)
  expect(code).toBe(3)
  expect(printed).toMatch(/dummy against 100 Ω .* FAILS/)
  expect(printed).toContain("Not accepted: ")
})

test("has no bench at a simulated board, and wants a standard of about 100 Ω", async () => {
  const words = ["accept", "--port", "sim:7", "--channel", "0", "--standard-ohm"]
  await expect(runCommand(addAccept, ...words, "100")).rejects.toThrow("nobody can put a standard")
  await expect(runCommand(addAccept, ...words, "10")).rejects.toThrow("90 to 110")
})

function concluded(acceptance: Acceptance): { folder: string; printed: string; code: number } {
  const folder = newFolder()
  let printed = ""
  const write = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    printed += String(chunk)
    return true
  })
  vi.spyOn(process.stderr, "write").mockReturnValue(true)
  process.exitCode = undefined
  conclude(acceptance, { data: folder })
  write.mockRestore()
  return { folder, printed, code: Number(process.exitCode ?? 0) }
}

function oneThatBegins(path: string): string {
  const folder = join(path, "..")
  const [name] = readdirSync(folder)
  expect(join(folder, name).startsWith(path)).toBe(true)
  return join(folder, name)
}
