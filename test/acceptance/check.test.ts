import { describe, expect, test } from "vitest"
import { openChecks, shortChecks, standardChecks } from "../../host/acceptance/channel"
import { judge, limitText } from "../../host/acceptance/check"
import { LIMITS, type LimitName } from "../../host/acceptance/limits"
import type { Sample } from "../../host/sample"

const NAMES = Object.keys(LIMITS) as LimitName[]

describe("the table of limits", () => {
  test.each(NAMES)(
    "%s: passes at its edges, fails beyond, and when it was not measured",
    (name) => {
      const { least, most }: { least?: number; most?: number } = LIMITS[name]
      for (const edge of [least, most]) {
        if (edge === undefined) continue
        const beyond = edge + (edge === most ? 1e-6 : -1e-6)
        expect(judge(0, name, edge).passes).toBe(true)
        expect(judge(0, name, beyond).passes).toBe(false)
      }
      expect(judge(0, name, undefined).passes).toBe(false)
      expect(judge(0, name, Number.NaN).passes).toBe(false)
    },
  )

  test("a limit that grows with the reading does so to both sides", () => {
    for (const reading of [4900, -4900]) {
      expect(judge(0, "standard", 1.07, undefined, reading).passes).toBe(true)
      expect(judge(0, "standard", -1.07, undefined, reading).passes).toBe(true)
      expect(judge(0, "standard", 1.09, undefined, reading).passes).toBe(false)
    }
    expect(judge(0, "standard", 0.5).passes).toBe(false)
  })

  test("as text", () => {
    expect(limitText(LIMITS.temperature)).toBe("10 … 40 °C")
    expect(limitText(LIMITS.clock)).toBe("± 500 ppm")
    expect(limitText(LIMITS.restarts)).toBe("none")
    expect(limitText(LIMITS.voltageNoise)).toBe("≤ 50 µV")
    expect(limitText(LIMITS.standard)).toBe("± 0.1 mV ± 0.02 %")
  })
})

test("a run of which nothing was read passes no check of a reading", () => {
  const nothing = { fault: undefined, selfTest: undefined, steps: [], lostPages: 0 }
  const checks = [
    ...openChecks(0, nothing),
    ...standardChecks(0, nothing, 100),
    ...shortChecks(0, nothing),
  ]
  const passed = checks.filter(({ passes }) => passes).map(({ what }) => what)
  expect(passed).toEqual([
    "log pages lost, holder empty",
    "run on the standard",
    "log pages lost, standard",
    "run on the short",
    "log pages lost, short",
  ])
})

describe("readings on the standard", () => {
  const SET_mA = [0, 49, -9.5, 3, -3, 1.4, -1.4, 0.1]
  type Spoil = (one: { voltage_V: number; current_A: number }, k: number, step: number) => void

  /** Each step of 6 s, ten readings a second, as an ideal channel reads 100 Ω; then spoilt. */
  function failuresOf(spoil: Spoil): string[] {
    const steps = SET_mA.map((set_mA, step) =>
      Array.from({ length: 60 }, (_, k) => {
        const one = { time_s: k / 10, voltage_V: set_mA / 10, current_A: set_mA / 1e3 }
        spoil(one, k, step)
        return one as Sample
      }),
    )
    const run = { fault: undefined, selfTest: undefined, steps, lostPages: 0 }
    return standardChecks(0, run, 100)
      .filter(({ passes }) => !passes)
      .map(({ what }) => what)
  }

  const spoilt: [what: string, spoil: Spoil, fails: string[]][] = [
    ["nothing", () => {}, []],
    [
      "0.12 mV at 0 A",
      (one, _, step) => {
        if (step === 0) one.voltage_V += 0.12e-3
      },
      ["voltage at 0 A on the standard"],
    ],
    [
      "a voltage that jumps by 0.12 mV",
      (one, k) => {
        one.voltage_V += k % 2 === 0 ? 0.06e-3 : -0.06e-3
      },
      ["noise of the voltage, rms"],
    ],
    [
      "a current that jumps by 3 µA at 0 A",
      (one, k, step) => {
        if (step === 0) one.current_A += k % 2 === 0 ? 1.5e-6 : -1.5e-6
      },
      ["noise of the current, rms"],
    ],
    [
      "49 mA that come to 48.9",
      (one, _, step) => {
        if (step === 1) Object.assign(one, { current_A: 48.9e-3, voltage_V: 4.89 })
      },
      ["current off its set-point, at 49 mA"],
    ],
    [
      "3 mA that come after 0.7 s",
      (one, k, step) => {
        if (step === 3 && k < 7) Object.assign(one, { current_A: 0, voltage_V: 0 })
      },
      ["set-point reached after, at 3 mA"],
    ],
    [
      "a voltage that is 0.05 % high",
      (one, _, step) => {
        if (step === 1) one.voltage_V *= 1.0005
      },
      ["V − I × standard, at 49 mA"],
    ],
  ]
  test.each(spoilt)("%s", (_, spoil, fails) => {
    expect(failuresOf(spoil)).toEqual(fails)
  })
})
