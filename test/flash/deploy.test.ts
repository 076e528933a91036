import { afterEach, expect, test } from "vitest"
import { buildHash } from "../../firmware/buildHash.mjs"
import { LinkLostError } from "../../host/errors"
import { deploy, runtimeAt, type Telling, verify } from "../../host/flash/deploy"
import type { Manager } from "../../host/flash/manager"
import { Resistor } from "../../sim/cells/resistor"
import { protocol, type Rig, start, startRig } from "../scenario/harness"
import { running } from "../scenario/running"
import { newFirmware, oldFirmware } from "./oldFirmware"

let rig: Rig
afterEach(() => rig.close())

/** What is told when the last 224 bytes are on the board. */
const size = newFirmware().bytecode.length
const lastShare = 0.05 + 0.9 * (1 - 224 / size)

const silent: Telling = { step: () => {}, progress: () => {} }
const older = oldFirmware({ build: "0123abcd" })
const newer = newFirmware()
const cells = [new Resistor(100), new Resistor(100)]
const hold = protocol([{ step: "constant_current", current_mA: 1, until_time_s: 1e6 }])

async function runtime(): Promise<Manager> {
  const manager = await runtimeAt(rig.link)
  if (manager === undefined) throw new Error("no runtime answers")
  return manager
}

test("an older build is replaced through the VM's own manager; the board's log stays, seed 900", async () => {
  rig = await startRig({ seed: 900, cells, firmware: older.bytecode, calibrated: [0] })
  expect((await rig.client.firmware()).build).toBe("0123abcd")
  const pages = (await rig.client.logRange()).next
  const boots = await rig.client.bootCount()
  const shares: number[] = []
  const telling = { step: () => {}, progress: (share: number) => shares.push(share) }
  expect(await deploy(rig.link, await runtime(), newer, telling)).toBe(true)
  expect(shares.length).toBeGreaterThan(100)
  expect(await verify(rig.link, newer)).toMatchObject({ id: rig.client.id, name: rig.client.name })
  expect((await rig.client.firmware()).build).toBe(buildHash())
  expect(await rig.client.bootCount()).toBe(boots + 1)
  expect((await rig.client.logRange()).next).toBeGreaterThanOrEqual(pages)
  expect(await rig.client.readCalibration(0)).toBeDefined()
  await start(rig, 0, 5, hold)
  await running(rig, 0)
})

test("a board that has it gets nothing written, seed 901", async () => {
  rig = await startRig({ seed: 901, cells })
  const boots = await rig.client.bootCount()
  expect(await deploy(rig.link, await runtime(), newer, silent)).toBe(false)
  expect(await rig.client.bootCount()).toBe(boots)
})

test("never under a test: running, paused or at a fault; stopped, it is done, seed 902", async () => {
  rig = await startRig({ seed: 902, cells, firmware: older.bytecode })
  await start(rig, 0, 7, hold)
  await start(rig, 1, 8, hold)
  await running(rig, 0)
  await running(rig, 1)
  await rig.client.pause(1)
  const manager = await runtime()
  const attempt = deploy(rig.link, manager, newer, silent)
  await expect(attempt).rejects.toThrow(
    /channel 0: test 7 is running[\s\S]*channel 1: test 8 is paused/,
  )
  expect((await rig.client.status(0)).state).toBe("Running")
  await rig.client.stop(0)
  await expect(deploy(rig.link, manager, newer, silent)).rejects.toThrow(
    "'coincell stop --channel 1'",
  )
  await rig.client.stop(1)
  expect(await deploy(rig.link, manager, newer, silent)).toBe(true)
  await verify(rig.link, newer)
})

test("firmware for another kind of board is refused, naming the kind, seed 903", async () => {
  rig = await startRig({ seed: 903, cells: [] })
  const forPico = { ...newer, mark: { ...newer.mark, board: "pico" } }
  await expect(deploy(rig.link, await runtime(), forPico, silent)).rejects.toThrow(
    "this is a simulated board: '--board sim' is for that",
  )
})

test.each([
  [0.02, "rejects"],
  [0.3, "rejects"],
  [0.7, "rejects"],
  [0.9, "rejects"],
  // The last bytes were taken, and nobody hears that the end did not come: verifying finds out.
  [1, "resolves"],
] as const)(
  "power lost at %f of the writing: flashing again mends it, seed 904",
  async (at, how) => {
    rig = await startRig({ seed: 904, cells, firmware: older.bytecode, calibrated: [0] })
    const calibration = await rig.client.readCalibration(0)
    let isCut = false
    const progress = (share: number) => {
      if (share < Math.min(at, lastShare) || isCut) return
      isCut = true
      rig.board.powerOff()
    }
    const cut = deploy(rig.link, await runtime(), newer, { step: () => {}, progress })
    if (how === "resolves") await cut
    else await expect(cut).rejects.toThrow(/not written to its end.*flash it again/)
    rig.board.powerOn()
    await rig.link.sleep_ms(10_000)
    for (const channel of rig.board.channels) expect(channel.current_A).toBe(0)
    await expect(verify(rig.link, newer)).rejects.toThrow("does not have what was written")
    expect(await deploy(rig.link, await runtime(), newer, silent)).toBe(true)
    await verify(rig.link, newer)
    expect(await rig.client.readCalibration(0)).toEqual(calibration)
  },
)

test("a program that does not start is told, seed 905", async () => {
  rig = await startRig({ seed: 905, cells: [], firmware: older.bytecode })
  const broken = { ...newer, mark: { ...newer.mark, build: "ffffffff" } }
  await deploy(rig.link, await runtime(), broken, silent)
  const problem = verify(rig.link, broken)
  await expect(problem).rejects.toThrow(/says that it runs .* and was given .* ffffffff/)
  await expect(problem).rejects.not.toBeInstanceOf(LinkLostError)
})
