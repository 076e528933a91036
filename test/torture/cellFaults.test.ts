import { afterEach, expect, test } from "vitest"
import type { Cell } from "../../sim/cells/cell"
import { Resistor } from "../../sim/cells/resistor"
import { protocol, type Rig, start, startRig } from "../scenario/harness"

/** A voltage behind a resistance. */
class Source implements Cell {
  charge_C = 0

  constructor(
    public openCircuit_V: number,
    readonly resistance_ohm: number,
  ) {}

  voltage_V(current_A: number): number {
    return this.openCircuit_V + current_A * this.resistance_ohm
  }

  advance(current_A: number, duration_s: number): void {
    this.charge_C += current_A * duration_s
  }
}

const SEED = 83
const symmetric = protocol([{ step: "constant_current", current_mA: 5, until_time_s: 1e5 }], {
  safety: { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 45 },
})
const full = protocol(
  [
    { step: "open_circuit_voltage", until_time_s: 10 },
    { step: "constant_current", current_mA: 5, until_voltage_V: 4.2, until_time_s: 1e5 },
  ],
  { safety: { max_voltage_V: 4.3, min_voltage_V: 2.5, max_current_mA: 45 } },
)
const aFullCell = () => new Source(3.7, 5)
const aSymmetricCell = () => new Resistor(50)

let rig: Rig | undefined
afterEach(() => rig?.close())

/** A board with this cell in channel 0, and one in channel 1 that shall not mind. */
async function board(cell: Cell | undefined): Promise<Rig> {
  rig = await startRig({ seed: SEED, cells: [cell, aSymmetricCell()] })
  await start(rig, 1, 1, symmetric)
  return rig
}

async function states({ client }: Rig): Promise<string[]> {
  const [mine, other] = [await client.status(0), await client.status(1)]
  return [mine.state, mine.fault, other.state]
}

/** A relay that stays as it is, or falls back, whatever its coil is told. */
function jam({ board }: Rig, closed: boolean): void {
  const [frontEnd] = board.channels
  const setRelay = frontEnd.setRelay.bind(frontEnd)
  setRelay(closed, board.clock.now_us)
  frontEnd.setRelay = (_, at_us) => setRelay(closed, at_us)
}

/** Of what connecting alone passes; and through a welded relay, what the set-point is off until the zeroing trims it. */
const LITTLE_C = 1e-3
const UNTRIMMED_C = 13 * 0.65e-3

test.each<[name: string, cell: Cell | undefined, protocol: typeof full, fault: string]>([
  ["a full cell the wrong way round", new Source(-3.7, 5), full, "OpenCell"],
  ["an overcharged one", new Source(4.6, 5), full, "OverVoltage"],
  ["a shorted one", new Resistor(2), full, "UnderVoltage"],
  ["none, where a full cell should be", undefined, full, "OpenCell"],
  ["none, where a symmetric one should be", undefined, symmetric, "OpenCell"],
  ["a full cell for a symmetric one", aFullCell(), symmetric, "OverVoltage"],
])(`%s: found out before it is driven, seed ${SEED}`, async (_, cell, method, fault) => {
  const rig = await board(cell)
  await start(rig, 0, 1, method)
  await rig.link.sleep_ms(60_000)
  expect(await states(rig)).toEqual(["Fault", fault, "Running"])
  expect(rig.board.channels[0].current_A).toBe(0)
  if (cell !== undefined) expect(Math.abs((cell as Source).charge_C)).toBeLessThan(LITTLE_C)
})

test.each([
  ["symmetric", aSymmetricCell, symmetric],
  ["full", aFullCell, full],
] as const)(
  `a relay that is welded, %s cell: the dummy does not answer as it should, seed ${SEED}`,
  async (_, make, method) => {
    const cell = make()
    const rig = await board(cell)
    jam(rig, true)
    await start(rig, 0, 1, method)
    await rig.link.sleep_ms(60_000)
    expect(await states(rig)).toEqual(["Fault", "SelfTestFailed", "Running"])
    expect(Math.abs(cell.charge_C)).toBeLessThan(UNTRIMMED_C)
  },
)

test(`a relay that welds in mid-test: found out by the next start, seed ${SEED}`, async () => {
  const cell = aSymmetricCell()
  const rig = await board(cell)
  await start(rig, 0, 1, symmetric)
  await rig.link.sleep_ms(60_000)
  jam(rig, true)
  await rig.client.stop(0)
  await rig.link.sleep_ms(2_000)
  const { charge_C } = cell
  await rig.link.sleep_ms(60_000)
  // The set-point is the trimmed zero, so that hardly anything flows.
  expect(Math.abs(cell.charge_C - charge_C)).toBeLessThan(60 * 5e-6)
  await start(rig, 0, 2, symmetric)
  await rig.link.sleep_ms(60_000)
  expect(await states(rig)).toEqual(["Fault", "SelfTestFailed", "Running"])
})

test.each([
  ["never closes", 0],
  ["opens in mid-test", 60_000],
] as const)(
  `a relay that %s, full cell: its voltage is missed, seed ${SEED}`,
  async (_, after_ms) => {
    const rig = await board(aFullCell())
    if (after_ms === 0) jam(rig, false)
    await start(rig, 0, 1, full)
    await rig.link.sleep_ms(after_ms)
    jam(rig, false)
    await rig.link.sleep_ms(60_000)
    expect(await states(rig)).toEqual(["Fault", "UnderVoltage", "Running"])
  },
)

test(`another cell in mid-test: its voltage leaps out of the limits, seed ${SEED}`, async () => {
  const rig = await board(aFullCell())
  await start(rig, 0, 1, full)
  await rig.link.sleep_ms(60_000)
  rig.board.channels[0].attach(aSymmetricCell(), rig.board.clock.now_us)
  await rig.link.sleep_ms(1_000)
  expect(await states(rig)).toEqual(["Fault", "UnderVoltage", "Running"])
})

test.each(["gain", "offset"] as const)(
  `a converter whose %s moves away: the loop follows it, and the set-point tells, seed ${SEED}`,
  async (what) => {
    const rig = await board(aSymmetricCell())
    await start(rig, 0, 1, symmetric)
    await rig.link.sleep_ms(60_000)
    const errors = rig.board.errors.adcs[0] as unknown as {
      gainError: number[]
      offset: { at25C_V: number }
    }
    if (what === "gain") errors.gainError[1] += 0.5
    else errors.offset.at25C_V += 0.15
    await rig.link.sleep_ms(1_000)
    expect(await states(rig)).toEqual(["Fault", "RegulationLost", "Running"])
  },
)
