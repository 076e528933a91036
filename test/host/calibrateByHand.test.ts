import { PassThrough, Writable } from "node:stream"
import { afterEach, expect, test } from "vitest"
import { readCalibration } from "../../host/calibrate"
import { Terminal } from "../../host/calibration/terminal"
import { calibrateByHand, resultJson } from "../../host/commands/calibrate"
import { calibrationText } from "../../host/report/calibrationText"
import { SimulatedBench } from "../../sim/calibrationBench"
import { Resistor } from "../../sim/cells/resistor"
import { type Rig, startRig } from "../scenario/harness"

const SEED = 51
const CERTIFIED = { standard_ohm: 100, standard: "100R 34465A" }
const CELL_ohm = 70

let rig: Rig
afterEach(() => rig.close())

/** A person who does at the simulated bench what the terminal asks, and types what the meter shows. */
function personAtTerminal(signal = new AbortController().signal, patience = Infinity) {
  const bench = new SimulatedBench(rig.board, SEED)
  const typed = new PassThrough()
  const shown: string[] = []
  const answer = async (text: string): Promise<void> => {
    const channel = Number(/^Channel (\d)/.exec(text)?.[1])
    if (!/[?.]\s*(Press Enter.*|About.*)$/.test(text)) return
    if (patience-- === 0) typed.end()
    else if (text.includes("what does it show"))
      typed.write(`${(await bench.read_V(channel)).toFixed(6)}\n`)
    else {
      const what = text.includes("standard by four leads")
        ? "standard"
        : text.includes("join all four leads")
          ? "short"
          : "cell"
      await bench.connect(what, channel)
      typed.write("\n")
    }
  }
  const screen = new Writable({
    write(chunk, _encoding, done) {
      shown.push(String(chunk))
      answer(String(chunk)).then(() => done(), done)
    },
  })
  return { terminal: new Terminal(typed, screen, signal), shown }
}

test(`a person calibrates a channel at the terminal, seed ${SEED}`, async () => {
  rig = await startRig({ seed: SEED, cells: [new Resistor(CELL_ohm)] })
  const { terminal, shown } = personAtTerminal()
  const [result] = await calibrateByHand(
    { link: rig.link, board: rig.client },
    [0],
    CERTIFIED,
    terminal,
  )
  expect(await readCalibration(rig.client, 0)).toMatchObject({ standard: "100R 34465A" })
  expect(shown.filter((text) => text.includes("of 8 points"))).toHaveLength(8)
  expect(result.before).toBeUndefined()
  const { residuals } = resultJson(result, 100) as {
    residuals: Record<"before" | "after", { voltageError_V: number; currentError_A?: number }[]>
  }
  const worst = (of: { voltageError_V: number }[]) =>
    Math.max(...of.map((one) => Math.abs(one.voltageError_V)))
  expect(residuals.before).toHaveLength(8)
  expect(worst(residuals.before)).toBeGreaterThan(0.5e-3)
  expect(worst(residuals.after)).toBeLessThan(0.1e-3)
  expect(rig.board.channels[0].cell_V).toBeDefined()

  const text = calibrationText(result, 100)
  expect(text).toContain("Channel 0: calibrated 2026-01-01 against 100R 34465A.")
  expect(text).toContain("Before: no calibration, nominal values.")
  expect(text.split("\n").filter((line) => line.startsWith("short"))).toHaveLength(2)
})

test(`input that ends leaves the old calibration in force, and no test running, seed ${SEED}`, async () => {
  rig = await startRig({ seed: SEED, cells: [new Resistor(CELL_ohm)], calibrated: [0] })
  const before = await readCalibration(rig.client, 0)
  const { terminal } = personAtTerminal(undefined, 3)
  const session = { link: rig.link, board: rig.client }
  await expect(calibrateByHand(session, [0], CERTIFIED, terminal)).rejects.toThrow("has ended")
  expect(await readCalibration(rig.client, 0)).toEqual(before)
  expect((await rig.client.status(0)).state).toBe("Finished")
})

test("Ctrl-C ends a question, and those after it", async () => {
  rig = await startRig({ seed: SEED, cells: [] })
  const controller = new AbortController()
  const terminal = new Terminal(new PassThrough(), new PassThrough(), controller.signal)
  const asked = terminal.ask("? ")
  controller.abort()
  await expect(asked).rejects.toThrow("Ctrl-C")
  await expect(terminal.ask("? ")).rejects.toThrow("Ctrl-C")
  terminal.close()
})
