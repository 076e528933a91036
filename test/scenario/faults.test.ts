import { describe, expect, test } from "vitest"
import { BoardError } from "../../host/errors"
import { Resistor } from "../../sim/cells/resistor"
import { finish, logged, protocol, start, startRig } from "./harness"

const forever = protocol([{ step: "constant_current", current_mA: 5, until_time_s: 1e6 }])
const resistors = () => [0, 1, 2, 3].map(() => new Resistor(50))

describe("what keeps a board from testing is named, and nothing is energised", () => {
  test.each([
    [0x41, "ADS122C04 at address 0x41 does not answer"],
    [0x20, "MCP23008 at address 0x20 does not answer"],
    [0x48, "TMP117 at address 0x48 does not answer"],
    [0x50, "MB85RC256V at address 0x50 does not answer"],
    [0x61, "MCP4728 at address 0x61 does not answer"],
  ])("chip 0x%x missing at start-up, seed 21", async (address, problem) => {
    const cells = resistors()
    const prepare = (board: { i2c: { disconnect(address: number): void } }) =>
      board.i2c.disconnect(address)
    const rig = await startRig({ seed: 21, cells, prepare })
    expect(await rig.client.problem()).toContain(problem)
    await expect(start(rig, 0, 1, forever)).rejects.toThrow(problem)
    await rig.link.sleep_ms(5000)
    expect(cells.map((cell) => cell.charge_C)).toEqual([0, 0, 0, 0])
    await rig.close()
  })

  test("flash missing at start-up, seed 21", async () => {
    const rig = await startRig({
      seed: 21,
      cells: resistors(),
      prepare: (board) => {
        board.flash.transfer = () => 0xff // nobody drives the line
      },
    })
    expect(await rig.client.problem()).toContain("W25Q128 on SPI does not answer")
    await rig.close()
  })

  test("a program that the board cannot run, by step and key, seed 22", async () => {
    const cells = resistors()
    const rig = await startRig({ seed: 22, cells })
    const { compileProtocol } = await import("../../host/protocol/compile")
    const { circuit } = await import("../../host/manifest")
    const { putCrc } = await import("../../host/crc")
    const { HEADER_BYTES, STEP_BYTES } = await import("../../firmware/core/program")
    const whole = compileProtocol(
      protocol([
        { step: "constant_current", current_mA: 5, until_time_s: 10 },
        { step: "constant_current", current_mA: -5, until_time_s: 10 },
      ]),
      { name: "cell" },
      circuit,
    ).bytes
    const second = HEADER_BYTES + STEP_BYTES
    const spoilt = (offset: number, value: number[]) => {
      const bytes = whole.slice()
      bytes.set(value, second + offset)
      putCrc(bytes, second, STEP_BYTES - 4)
      return bytes
    }
    const refused = (bytes: Uint8Array) => rig.client.start(0, 1, bytes)
    await expect(refused(spoilt(0, [9]))).rejects.toThrow(/step 1.*StepType/i)
    await expect(refused(spoilt(12, [0, 0, 0, 0x7f]))).rejects.toThrow(/step 1.*Current/i)
    await expect(refused(spoilt(30, [99]))).rejects.toThrow(/step 1.*Goto/i)
    const torn = whole.slice()
    torn[second + 20] ^= 1
    await expect(refused(torn)).rejects.toThrow(/step 1.*did not come whole/i)
    await rig.link.sleep_ms(10_000)
    expect(cells[0].charge_C).toBe(0)
    expect((await rig.client.status(0)).state).toBe("Idle")
    await rig.close()
  })
})

describe("a fault opens its channel's relay, is logged by name, and leaves the others running", () => {
  test("converter lost in mid-test, seed 23", async () => {
    const cells = resistors()
    const rig = await startRig({ seed: 23, cells })
    for (const channel of [0, 1]) await start(rig, channel, 1, forever)
    await rig.link.sleep_ms(30_000)
    rig.board.i2c.disconnect(0x41)
    await rig.link.sleep_ms(2_000)
    const [zero, one] = [await rig.client.status(0), await rig.client.status(1)]
    expect([zero.state, one.state, one.fault]).toEqual(["Running", "Fault", "ChipLost"])
    const [, lost] = rig.board.channels
    expect(lost.current_A).toBe(0)
    expect((await logged(rig, 1, 1)).end).toMatchObject({ kind: "fault", fault: 7 })
    await rig.close()
  })

  test("DAC lost: relays are opened, not left to the heartbeat's half second, seed 28", async () => {
    const rig = await startRig({ seed: 28, cells: resistors() })
    for (const channel of [0, 1]) await start(rig, channel, 1, forever)
    await rig.link.sleep_ms(20_000)
    rig.board.i2c.disconnect(0x61)
    rig.board.advanceBy_ms(400)
    expect(rig.board.channels.map((one) => one.current_A)).toEqual([0, 0, 0, 0])
    await rig.link.sleep_ms(2_000)
    for (const channel of [0, 1])
      expect(await rig.client.status(channel)).toMatchObject({ state: "Fault", fault: "ChipLost" })
    await rig.close()
  })

  test("flash lost in mid-test: no record is lost in silence, seed 29", async () => {
    const rig = await startRig({ seed: 29, cells: resistors() })
    const record = { time_s: 1, voltage_V: 0.001, burst_s: 1e5 }
    await start(rig, 0, 1, { ...forever, record })
    await rig.link.sleep_ms(20_000)
    rig.board.flash.transfer = () => 0xff
    await rig.link.sleep_ms(20_000)
    expect(await rig.client.status(0)).toMatchObject({ state: "Fault", fault: "LogLost" })
    expect(rig.board.channels[0].current_A).toBe(0)
    await rig.close()
  })

  test("holder opened in mid-test, seed 24", async () => {
    const rig = await startRig({ seed: 24, cells: resistors() })
    for (const channel of [0, 1]) await start(rig, channel, 1, forever)
    await rig.link.sleep_ms(30_000)
    rig.board.channels[0].attach(undefined, rig.board.clock.now_us)
    await rig.link.sleep_ms(2_000)
    expect((await rig.client.status(0)).state).toBe("Fault")
    expect((await rig.client.status(1)).state).toBe("Running")
    await rig.close()
  })

  test("a safety limit is not a cutoff, seed 25", async () => {
    const rig = await startRig({ seed: 25, cells: resistors() })
    const limits = { max_voltage_V: 0.2, min_voltage_V: -1, max_current_mA: 45 }
    const step = { step: "constant_current", current_mA: 5, until_time_s: 100 } as const
    await start(rig, 0, 1, protocol([step], { safety: limits }))
    await rig.link.sleep_ms(25_000)
    expect(await rig.client.status(0)).toMatchObject({ state: "Fault", fault: "OverVoltage" })
    expect(rig.board.channels[0].current_A).toBe(0)
    await rig.close()
  })
})

test("a busy channel refuses another program and a calibration, seed 26", async () => {
  const rig = await startRig({ seed: 26, cells: resistors() })
  await start(rig, 0, 1, forever)
  await expect(start(rig, 0, 2, forever)).rejects.toThrow(BoardError)
  await expect(rig.client.writeCalibration(0, new Uint8Array(44))).rejects.toThrow(
    /stop that first/,
  )
  await rig.client.stop(0)
  await finish(rig, 10)
  expect((await logged(rig, 0, 1)).end?.kind).toBe("stopped")
  await rig.close()
})

test("thermometer lost in mid-test: temperatures are unknown, and no test stops, seed 27", async () => {
  const rig = await startRig({ seed: 27, cells: resistors() })
  await start(rig, 0, 1, forever)
  await rig.link.sleep_ms(20_000)
  expect((await rig.client.register("temperature_mdegc"))[0]).toBe(25_000)
  rig.board.i2c.disconnect(0x48)
  await start(rig, 1, 1, forever)
  await rig.link.sleep_ms(20_000)
  for (const channel of [0, 1]) expect((await rig.client.status(channel)).state).toBe("Running")
  await rig.client.stop(1)
  expect((await logged(rig, 1, 1)).samples.at(-1)?.temperature_degC).toBeUndefined()
  await rig.close()
})

test("FRAM lost in mid-test: no test could survive a power cut, so all stop; its name is told, seed 30", async () => {
  const rig = await startRig({ seed: 30, cells: resistors() })
  for (const channel of [0, 1]) await start(rig, channel, 1, forever)
  await rig.link.sleep_ms(30_000)
  rig.board.i2c.disconnect(0x50)
  rig.board.advanceBy_ms(2_000)
  expect(rig.board.channels.map((one) => one.current_A)).toEqual([0, 0, 0, 0])
  await rig.link.sleep_ms(2_000)
  for (const channel of [0, 1])
    expect(await rig.client.status(channel)).toMatchObject({ state: "Fault", fault: "MemoryLost" })
  await expect(start(rig, 2, 1, forever)).rejects.toThrow("MB85RC256V at address 0x50")
  await rig.close()
})
