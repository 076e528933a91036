import { afterEach, describe, expect, test } from "vitest"
import { Resistor } from "../../sim/cells/resistor"
import { type ChipFault, FaultyChip } from "../../sim/faults/faultyChip"
import { address, manifest } from "../../sim/manifest"
import { Random } from "../../sim/random"
import { logged, protocol, type Rig, start, startRig } from "../scenario/harness"

const { chips } = manifest
const PLACES = {
  converter: chips.adc.addresses[0],
  expander: chips.expander.addresses[0],
  thermometer: chips.thermometer.addresses[0],
  FRAM: chips.fram.addresses[0],
  "coarse DAC": chips.dacCoarse.addresses[0],
  "fine DAC": chips.dacFine.addresses[0],
}
type Part = keyof typeof PLACES
type Happening = ChipFault | "reset"
/** What the board makes of it: on the channel of that converter, or on both; a fault's name, or it runs on. */
type Outcome = [channels: "its own" | "both" | "none", fault: string, within_ms: number]

const CHIP_LOST_AT_ONCE: Outcome = ["both", "ChipLost", 300]
const RUNS_ON: Outcome = ["none", "None", 0]

/** Of a chip that goes wrong in the middle of a step at constant current. */
const OUTCOMES: Record<Part, Record<Happening, Outcome>> = {
  converter: {
    nack: ["its own", "ChipLost", 300],
    flaky: ["its own", "ChipLost", 1000],
    wrongBytes: ["its own", "ChipLost", 1000],
    stale: ["its own", "StaleReading", 300],
    mute: ["its own", "ChipLost", 300],
    zeros: ["its own", "ChipLost", 300],
    reset: ["its own", "ChipLost", 300],
  },
  expander: {
    nack: CHIP_LOST_AT_ONCE,
    flaky: ["both", "ChipLost", 4000],
    wrongBytes: ["both", "ChipLost", 4000],
    // It goes on driving what it is told to.
    stale: RUNS_ON,
    mute: CHIP_LOST_AT_ONCE,
    zeros: CHIP_LOST_AT_ONCE,
    reset: CHIP_LOST_AT_ONCE,
  },
  // Its temperature is unknown, or wrong: that of the board, by which nothing is energised.
  thermometer: {
    nack: RUNS_ON,
    flaky: RUNS_ON,
    wrongBytes: RUNS_ON,
    stale: RUNS_ON,
    mute: RUNS_ON,
    zeros: RUNS_ON,
    reset: RUNS_ON,
  },
  FRAM: {
    nack: ["both", "MemoryLost", 2500],
    flaky: ["both", "MemoryLost", 30_000],
    wrongBytes: ["both", "MemoryLost", 30_000],
    stale: ["both", "MemoryLost", 2500],
    mute: ["both", "MemoryLost", 2500],
    zeros: ["both", "MemoryLost", 2500],
    reset: RUNS_ON,
  },
  // Of a steady current nothing is to be sent, so that nothing shows before the next step.
  "coarse DAC": {
    nack: RUNS_ON,
    flaky: RUNS_ON,
    wrongBytes: RUNS_ON,
    stale: RUNS_ON,
    mute: RUNS_ON,
    zeros: RUNS_ON,
    reset: ["both", "RegulationLost", 400],
  },
  "fine DAC": {
    nack: CHIP_LOST_AT_ONCE,
    flaky: ["both", "ChipLost", 30_000],
    wrongBytes: RUNS_ON,
    stale: RUNS_ON,
    mute: RUNS_ON,
    zeros: RUNS_ON,
    reset: RUNS_ON,
  },
}

const SEED = 81
const steady = protocol(
  [
    { step: "constant_current", current_mA: 5, until_time_s: 70 },
    { step: "constant_current", current_mA: -15, until_time_s: 1e6 },
  ],
  { safety: { max_voltage_V: 1.5, min_voltage_V: -1, max_current_mA: 45 } },
)

let rig: Rig | undefined
afterEach(() => rig?.close())

/** Two channels at 5 mA, between whose bus and one chip something stands. */
async function atWork(part: Part): Promise<{ rig: Rig; chip: FaultyChip }> {
  let chip: FaultyChip | undefined
  const cells = [0, 1].map(() => new Resistor(50))
  const started = await startRig({
    seed: SEED,
    cells,
    prepare: ({ i2c }) =>
      i2c.replace(address(PLACES[part]), (inner) => {
        chip = new FaultyChip(inner, new Random(SEED, part))
        return chip
      }),
  })
  rig = started
  for (const channel of [0, 1]) await start(started, channel, 1, steady)
  await started.link.sleep_ms(30_000)
  return { rig: started, chip: chip as unknown as FaultyChip }
}

/** Milliseconds until no current flows through a channel's cell any more. */
function letGoAfter_ms({ board }: Rig, most_ms: number): number[] {
  const began_ms = board.now_ms
  const gone = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  while (board.now_ms < began_ms + most_ms && gone.some((one) => !Number.isFinite(one))) {
    board.advanceBy_ms(10)
    gone.forEach((one, channel) => {
      const isGone = Math.abs(board.channels[channel].current_A) < 1e-6
      if (isGone) gone[channel] = Math.min(one, board.now_ms - began_ms)
    })
  }
  return gone
}

const cases = Object.entries(OUTCOMES).flatMap(([part, outcomes]) =>
  Object.entries(outcomes).map(([what, outcome]) => [part, what, ...outcome] as const),
)

describe(`a chip goes wrong in mid-test, seed ${SEED}`, () => {
  test.each(cases)("%s, %s: %s, %s", async (part, what, channels, fault, within_ms) => {
    const { rig, chip } = await atWork(part as Part)
    if (what === "reset") chip.reset()
    else chip.fault = what as ChipFault
    const gone_ms = letGoAfter_ms(rig, Math.max(within_ms, 5_000))
    const hit: number[] = { "its own": [0], both: [0, 1], none: [] }[channels]
    for (const channel of [0, 1])
      if (hit.includes(channel)) expect(gone_ms[channel]).toBeLessThanOrEqual(within_ms)
      else expect(gone_ms[channel]).toBe(Number.POSITIVE_INFINITY)
    chip.fault = undefined
    await rig.link.sleep_ms(3_000)
    for (const channel of [0, 1]) {
      const status = await rig.client.status(channel)
      const isHit = hit.includes(channel)
      expect([status.state, status.fault]).toEqual(isHit ? ["Fault", fault] : ["Running", "None"])
      // Nothing was recorded of the dummy, nor of anything but this cell. A reading's current is half a period older
      // than its voltage: where a reset takes the current away at once, that may have come between.
      const { samples } = await logged(rig, channel, 1)
      const torn = samples.filter((s) => Math.abs(s.voltage_V - 50 * s.current_A) > 5e-3)
      expect(torn.length).toBeLessThanOrEqual(what === "reset" ? 1 : 0)
    }
  })
})

test.each(["coarse DAC", "fine DAC"] as const)(
  `%s stuck, as the next step shows: the wrong current flows for two periods, seed ${SEED}`,
  async (part) => {
    const { rig, chip } = await atWork(part)
    const [frontEnd] = rig.board.channels
    chip.fault = "zeros"
    // The next step's current is the other way, which a coarse DAC that is stuck does not follow.
    const limit_ms = rig.board.now_ms + 80_000
    while (Math.abs(frontEnd.current_A) > 1e-6 && rig.board.now_ms < limit_ms)
      rig.board.advanceBy_ms(10)
    await rig.link.sleep_ms(3_000)
    const { state, fault } = await rig.client.status(0)
    expect([state, fault]).toEqual(["Fault", "RegulationLost"])
    const { samples } = await logged(rig, 0, 1)
    const wrong = samples.filter(({ stepIndex, current_A }) => stepIndex === 1 && current_A > 0)
    expect(wrong.length).toBeLessThanOrEqual(3)
    expect(frontEnd.current_A).toBe(0)
  },
)
