import { expect, test } from "vitest"
import type { AdcErrors } from "../../sim/chips/ads122c04"
import { Resistor } from "../../sim/cells/resistor"
import { protocol, type Rig, start, startRig } from "../scenario/harness"
import { Energised } from "./energised"

const SEED = 89
const steady = protocol([{ step: "constant_current", current_mA: 5, until_time_s: 1e6 }])

type Writable<T> = { -readonly [K in keyof T]: T[K] }

async function atWork() {
  const rig = await startRig({ seed: SEED, cells: [new Resistor(50), new Resistor(50)] })
  for (const channel of [0, 1]) await start(rig, channel, 1, steady)
  await rig.link.sleep_ms(30_000)
  const adc = rig.board.errors.adcs[0] as unknown as Writable<AdcErrors>
  return { rig, adc, watch: new Energised(rig.board) }
}

async function states({ client }: Rig): Promise<string[]> {
  const statuses = [await client.status(0), await client.status(1)]
  return statuses.map(({ state, fault }) => (state === "Fault" ? fault : state))
}

// 25 ms as it should be; up to 45 ms it is done in time, and what it says is right.
test.each([0.9, 5])(
  `a converter whose conversions take %f times longer than they should, seed ${SEED}: its own channel lets go at once`,
  async (slower) => {
    const { rig, adc, watch } = await atWork()
    adc.clockError = slower
    watch.runFor_ms(500)
    expect(rig.board.channels[0].current_A).toBe(0)
    watch.runFor_ms(5_000)
    expect(await states(rig)).toEqual(["StaleReading", "Running"])
    expect(watch.longest_ms).toBeLessThan(1000)
    await rig.close()
  },
)
