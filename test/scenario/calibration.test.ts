import { afterEach, describe, expect, test } from "vitest"
import { CALIBRATION_AT, CALIBRATION_STRIDE } from "../../firmware/core/framMap"
import { calibrate } from "../../host/calibrate"
import { decodeCalibration } from "../../host/calibration/bytes"
import { SimulatedBench } from "../../sim/calibrationBench"
import { Resistor } from "../../sim/cells/resistor"
import { protocol, type Rig, start, startRig } from "./harness"
import { running } from "./running"

/** Another date than the harness calibrates at. */
const NEW_s = 1_800_000_000
const COPY_BYTES = 64
/** The bench's own error, which a calibration hands on, at most. */
const METER_GAIN = 60e-6

/** A cell of 4.2 V and 10 Ω that nothing changes. */
class Battery extends Resistor {
  constructor() {
    super(10)
  }
  override voltage_V(current_A: number): number {
    return 4.2 + super.voltage_V(current_A)
  }
}

let rig: Rig
afterEach(() => rig.close())

const hold = (current_mA: number, frame = {}) =>
  protocol([{ step: "constant_current", current_mA, until_time_s: 3600 }], frame)

/** Calibrates channel 0 anew. */
const again = (bench: SimulatedBench) => calibrate(rig.link, rig.client, bench, [0], 9, NEW_s)

/** What is in the board's memory for a channel. */
async function kept(channel: number) {
  const bytes = await rig.client.readCalibration(channel)
  return bytes === undefined ? undefined : decodeCalibration(bytes)
}

describe.each([1, 2, 3, 4])("a calibrated channel, every analog error on, seed %i", (seed) => {
  test.each([
    ["a large current at next to no voltage", new Resistor(0.05), 45],
    ["the same the other way", new Resistor(0.05), -45],
    ["4.2 V at a small current", new Battery(), 0.5],
    ["−0.9 V at 20 mA", new Resistor(45), -20],
  ])("reads %s as the bench would", async (_, cell, current_mA) => {
    rig = await startRig({ seed, cells: [cell], calibrated: [0] })
    await start(rig, 0, 2, hold(current_mA))
    const status = await running(rig, 0)
    const truth = rig.board.channels[0]
    const true_V = truth.cell_V ?? 0
    expect(Math.abs(status.voltage_V - true_V)).toBeLessThan(0.2e-3 + METER_GAIN * Math.abs(true_V))
    expect(Math.abs(status.current_A - truth.current_A)).toBeLessThan(0.0005 * 0.0512)
  })

  test("the common mode that is found is the circuit's", async () => {
    rig = await startRig({ seed, cells: [new Resistor(50)], calibrated: [0] })
    // In volts at the cell for each volt on the shunt, and against it.
    const { dividerPlus, dividerMinus } = rig.board.errors.channels[0]
    const truth_ohm = 20 * ((1 + dividerMinus.tolerance) / (1 + dividerPlus.tolerance) - 1)
    expect(Math.abs(((await kept(0))?.commonMode_ohm ?? 1) - truth_ohm)).toBeLessThan(0.4e-3)
  })
})

describe("a calibration that comes to nothing leaves the old one in force", () => {
  test.each<[string, (bench: SimulatedBench) => void, string]>([
    [
      "a bench that breaks off",
      (bench) => {
        let left = 3
        const read_V = bench.read_V.bind(bench)
        bench.read_V = async (channel) => {
          if (left-- === 0) throw new Error("somebody pressed Ctrl-C")
          return read_V(channel)
        }
      },
      "Ctrl-C",
    ],
    [
      "a standard that was never put in",
      (bench) => {
        bench.connect = async () => {}
      },
      "are the leads where they should be",
    ],
    [
      "a standard 3 % from what it is said to be",
      (bench) => {
        Object.assign(bench, { standard_ohm: 103 })
      },
      "current gain of range 0",
    ],
    [
      "leads that are not joined at one point",
      (bench) => {
        const read_V = bench.read_V.bind(bench)
        const short_V = async (channel: number) => {
          const actual_V = await read_V(channel)
          return Math.abs(actual_V) < 0.01 ? actual_V * 21 : actual_V
        }
        bench.read_V = short_V
      },
      "common mode",
    ],
  ])("%s, seed 41", async (_, spoil, message) => {
    rig = await startRig({ seed: 41, cells: [new Resistor(7)], calibrated: [0] })
    const before = await kept(0)
    expect(before?.date_s).not.toBe(NEW_s)
    const bench = new SimulatedBench(rig.board, 41)
    spoil(bench)
    await expect(again(bench)).rejects.toThrow(message)
    expect(await kept(0)).toEqual(before)
    expect((await rig.client.status(0)).state).toBe("Finished")
    await start(rig, 0, 2, hold(1))
  })

  test("a power cut in its midst, seed 42", async () => {
    rig = await startRig({ seed: 42, cells: [new Resistor(7)], calibrated: [0] })
    const before = await kept(0)
    const bench = new SimulatedBench(rig.board, 42)
    const read_V = bench.read_V.bind(bench)
    let left = 4
    bench.read_V = async (channel) => {
      if (left-- === 0) {
        rig.board.powerOff()
        rig.board.powerOn()
      }
      return read_V(channel)
    }
    await expect(again(bench)).rejects.toThrow()
    await rig.link.sleep_ms(10_000)
    expect(await kept(0)).toEqual(before)
    expect((await rig.client.status(0)).state).not.toBe("Running")
  })
})

describe("a calibration in FRAM", () => {
  test("is read after a start, with its date and standard, and again with either copy spoilt, seed 43", async () => {
    rig = await startRig({ seed: 43, cells: [new Resistor(50)], calibrated: [0] })
    const before = await kept(0)
    await again(new SimulatedBench(rig.board, 43))
    const found = await kept(0)
    expect(found).toMatchObject({ date_s: NEW_s, standard: "100R simulated" })
    for (const copy of [0, 1]) {
      const memory = rig.board.framMemory.slice()
      rig.board.powerOff()
      rig.board.framMemory[CALIBRATION_AT + copy * COPY_BYTES + 9] ^= 4
      rig.board.powerOn()
      await rig.link.sleep_ms(5000)
      expect([before, found]).toContainEqual(await kept(0))
      rig.board.framMemory.set(memory)
    }
  })

  test("is missing when both copies are spoilt: a test starts only if it is told to, seed 44", async () => {
    rig = await startRig({ seed: 44, cells: [new Resistor(50)], calibrated: [0] })
    rig.board.powerOff()
    for (const copy of [0, 1]) rig.board.framMemory[CALIBRATION_AT + copy * COPY_BYTES] ^= 1
    rig.board.powerOn()
    await rig.link.sleep_ms(5000)
    expect(await kept(0)).toBeUndefined()
    const calibrated = hold(5, { allow_uncalibrated: false })
    await expect(start(rig, 0, 2, calibrated)).rejects.toThrow("allow_uncalibrated")
    expect((await rig.client.status(0)).state).not.toBe("Zeroing")
    await start(rig, 0, 2, hold(5, { allow_uncalibrated: true }))
    await running(rig, 0)
  })

  test("of one channel leaves the others' alone, seed 45", async () => {
    rig = await startRig({ seed: 45, cells: [], calibrated: [1] })
    for (const channel of [0, 2, 3]) expect(await kept(channel)).toBeUndefined()
    const from = CALIBRATION_AT + 2 * CALIBRATION_STRIDE
    const rest = rig.board.framMemory.subarray(from, from + 2 * CALIBRATION_STRIDE)
    expect(rest.every((byte) => byte === 0)).toBe(true)
  })
})

test("a channel with a test on it keeps its calibration and its program, seed 46", async () => {
  rig = await startRig({ seed: 46, cells: [new Resistor(50)], calibrated: [0] })
  const bytes = await rig.client.readCalibration(0)
  await start(rig, 0, 2, hold(5))
  const refuses = async () => {
    await expect(rig.client.writeCalibration(0, bytes ?? new Uint8Array(56))).rejects.toThrow(
      "stop",
    )
    await expect(start(rig, 0, 3, hold(6))).rejects.toThrow("stop")
    await expect(again(new SimulatedBench(rig.board, 46))).rejects.toThrow("a test is on it")
  }
  await refuses()
  await running(rig, 0)
  await rig.client.pause(0)
  await refuses()
  await rig.client.resume(0)
  expect((await running(rig, 0)).test).toBe(2)
  rig.board.channels[0].attach(undefined, rig.board.clock.now_us)
  await rig.link.sleep_ms(5000)
  expect(await rig.client.status(0)).toMatchObject({ state: "Fault", waitsForPerson: true })
  await refuses()
  await rig.client.stop(0)
  await rig.client.writeCalibration(0, bytes ?? new Uint8Array(56))
})
