import { afterEach, describe, expect, test } from "vitest"
import { type Acceptance, accept } from "../../host/acceptance/accept"
import type { Placed } from "../../host/acceptance/bench"
import type { Cell } from "../../sim/cells/cell"
import { drawBench } from "../../sim/calibrationBench"
import { Resistor } from "../../sim/cells/resistor"
import { type Rig, startRig } from "../scenario/harness"
import { failures, ObedientBench } from "./bench"

let rig: Rig
afterEach(() => rig.close())

interface Trouble {
  /** Done to the board once it is calibrated. */
  spoil?: (rig: Rig) => void
  /** Put into the holder in place of what is asked for. */
  parts?: Partial<Record<Placed, Cell | undefined>>
  /** Done when something was put in. */
  onPlaced?: (rig: Rig, what: Placed) => void
}

async function test0(seed: number, trouble: Trouble = {}, native = true): Promise<Acceptance> {
  const firmware = native ? { firmware: "native" as const } : {}
  rig = await startRig({ seed, cells: [], calibrated: [0], ...firmware })
  trouble.spoil?.(rig)
  // The standard that it was calibrated with.
  const parts = { standard: drawBench(seed).standard, ...trouble.parts }
  const bench = new ObedientBench(rig, parts, (what) => trouble.onPlaced?.(rig, what))
  return accept(rig.link, rig.client, bench, [0])
}

test("a sound board passes, through the compiled firmware, seed 61", async () => {
  const { checks, board, channels } = await test0(61, {}, false)
  expect(failures(checks)).toEqual([])
  expect(checks.length).toBeGreaterThan(35)
  expect(checks.filter(({ measured }) => measured === undefined)).toEqual([])
  expect(board).toMatchObject({ id: rig.client.id, for: "sim" })
  expect(channels[0].calibration.standard).toBe("100R simulated")
  // The channel is free again, and no current flows.
  expect((await rig.client.status(0)).state).toBe("Finished")
  expect(rig.board.channels[0].current_A).toBe(0)
})

test.each([62, 63])("so does each other sound board, seed %i", async (seed) => {
  expect(failures((await test0(seed)).checks)).toEqual([])
})

/** What is wrong inside the front end; the types keep it private. */
function inside({ board }: Rig): {
  dummy: Resistor
  errors: { shunt: { tolerance: number } }
  temperature_C: number
} {
  return board.channels[0] as never
}

describe("what is wrong is found", () => {
  test("a relay that does not close, seed 71", async () => {
    const { checks } = await test0(71, {
      spoil(rig) {
        rig.board.channels[0].setRelay = () => {}
      },
    })
    expect(failures(checks)).toEqual(["relay closes onto the empty holder"])
    // Nothing was sent through what a person would have put in next.
    expect(checks.some(({ what }) => what.startsWith("current off"))).toBe(false)
  })

  test("a relay that has stuck closed, seed 72", async () => {
    const { checks } = await test0(72, {
      spoil(rig) {
        const frontEnd = rig.board.channels[0]
        const setRelay = frontEnd.setRelay.bind(frontEnd)
        setRelay(true, rig.board.clock.now_us)
        frontEnd.setRelay = (_closed, at_us) => setRelay(true, at_us)
      },
    })
    expect(failures(checks)).toContain("dummy against 100 Ω")
    expect(failures(checks)).toContain("relay closes onto the empty holder")
  })

  test("a dummy that is 0.5 % off, seed 73", async () => {
    const { checks } = await test0(73, {
      spoil(rig) {
        const { dummy } = inside(rig)
        inside(rig).dummy = new Resistor(dummy.resistance_ohm * 1.005)
      },
    })
    expect(failures(checks)).toEqual(["dummy against 100 Ω"])
  })

  test("a shunt that has moved by 0.1 % since the calibration, seed 89", async () => {
    const { checks } = await test0(89, {
      spoil(rig) {
        const frontEnd = inside(rig)
        const { shunt } = frontEnd.errors
        const moved = { ...shunt, tolerance: shunt.tolerance + 1e-3 }
        const errors = { ...frontEnd.errors, shunt: moved }
        Object.assign(frontEnd, { errors, temperature_C: Number.NaN })
      },
    })
    expect(failures(checks)).toContain("V − I × standard, at −9.5 mA")
    expect(failures(checks)).toContain("V − I × standard, at 3 mA")
  })

  test("a wrong standard, seed 75", async () => {
    const { checks } = await test0(75, { parts: { standard: new Resistor(100.1) } })
    expect(failures(checks)).toContain("V − I × standard, at 3 mA")
    expect(failures(checks)).toContain("V − I × standard, at 49 mA")
  })

  test("a sense lead that is joined a finger's breadth off, 60 mΩ, seed 76", async () => {
    const { checks } = await test0(76, { parts: { short: new Resistor(0.06) } })
    expect(failures(checks)).toEqual([
      "voltage of the short, −49 mA into the short",
      "voltage of the short, 49 mA into the short",
    ])
  })

  test("a force lead that is off, seed 77", async () => {
    const { checks } = await test0(77, { parts: { standard: undefined } })
    expect(failures(checks)).toContain("run on the standard")
    expect(failures(checks)).toContain("current off its set-point, at 49 mA")
    expect(checks.find(({ what }) => what === "run on the standard")?.measured).toBe("OpenCell")
  })

  test("a cold room, seed 78", async () => {
    const { checks } = await test0(78, {
      spoil(rig) {
        rig.board.errors.temperature_C = 4
      },
    })
    expect(failures(checks)).toContain("temperature of the board")
  })

  test("a reset of the microcontroller in the midst, seed 79", async () => {
    const { checks } = await test0(79, {
      onPlaced(rig, what) {
        if (what === "short") rig.board.resetMcu()
      },
    })
    expect(failures(checks)).toContain("restarts meanwhile")
    expect(checks.find(({ what }) => what === "board's clock against the PC's")?.measured).toBe(
      undefined,
    )
  })
})

test("a channel without a calibration, or with a test on it, is refused, seed 80", async () => {
  rig = await startRig({ seed: 80, cells: [], calibrated: [0], firmware: "native" })
  const bench = new ObedientBench(rig)
  await expect(accept(rig.link, rig.client, bench, [0, 1])).rejects.toThrow(
    "Channel 1: it has no calibration",
  )
  expect((await rig.client.status(0)).test).toBe(1)
})
