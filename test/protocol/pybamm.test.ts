import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { TesterError } from "../../host/errors"
import { stepFromPybamm } from "../../host/formats/pybamm"
import { SEED } from "./fixtures"

const rest = (keys: object) => ({ step: "open_circuit_voltage", ...keys })
const current = (keys: object) => ({ step: "constant_current", ...keys })
const hold = (keys: object) => ({ step: "constant_voltage", ...keys })

describe("PyBaMM's strings", () => {
  test.each<[string, object]>([
    ["Charge at 1 A until 4.1 V", current({ current_mA: 1000, until_voltage_V: 4.1 })],
    ["Discharge at C/10 for 10 hours", current({ rate_C: -0.1, until_time_s: 36_000 })],
    ["Discharge at 0.5C until 2.5V", current({ rate_C: -0.5, until_voltage_V: 2.5 })],
    ["Charge at 2C/3 for 1 h", current({ rate_C: 2 / 3, until_time_s: 3600 })],
    ["charge at 30 mA for 1 hour", current({ current_mA: 30, until_time_s: 3600 })],
    [
      "Discharge at C/20 for 3 hours or until 3.3 V",
      current({ rate_C: -0.05, until_time_s: 10_800, until_voltage_V: 3.3 }),
    ],
    ["Hold at 4.1 V until 50 mA", hold({ voltage_V: 4.1, until_current_mA: 50 })],
    [
      "Hold at 4100 mV for 30 min or until C/50",
      hold({ voltage_V: 4.1, until_time_s: 1800, until_rate_C: 0.02 }),
    ],
    [
      "Hold at 4.1V until C/50 or 1 mA",
      hold({ voltage_V: 4.1, until_rate_C: 0.02, until_current_mA: 1 }),
    ],
    ["Hold at 0 V for 1 day", hold({ voltage_V: 0, until_time_s: 86_400 })],
    ["Rest for 1 hour", rest({ until_time_s: 3600 })],
    ["Rest for half an hour".replace("half an", "0.5"), rest({ until_time_s: 1800 })],
    ["Rest for 2 hours (30 second period)", rest({ until_time_s: 7200, record: { time_s: 30 } })],
    [
      "Charge at C/3 until 4.2 V (1 minute period)",
      current({ rate_C: 1 / 3, until_voltage_V: 4.2, record: { time_s: 60 } }),
    ],
    ["Discharge at 1e-3 A until 0 V", current({ current_mA: -1, until_voltage_V: 0 })],
  ])("%s", (text, step) => {
    expect(stepFromPybamm(text)).toEqual(step)
  })

  test.each<[string, RegExp]>([
    ["Charge at 1 W until 4.1 V", /cannot hold a power/],
    ["Discharge at 5 Ohm for 1 hour", /cannot hold a resistance/],
    ["Run US06 (A)", /drive cycles cannot be run/],
    ["Wait for 1 hour", /is no step: write "Charge\|Discharge\|Hold at VALUE"/],
    ["Charge until 4.1 V", /says not at what/],
    ["Charge at 4.1 V for 1 hour", /a voltage is held: "Hold at 4\.1 V"/],
    ["Hold at 1 A for 1 hour", /only a voltage can be held/],
    ["Hold at 4.1 V until 3 V", /a held voltage cannot end it/],
    ["Charge at 1 A until C/50", /a constant current cannot end by a current/],
    ["Rest for 1 hour or until 3 V", /a rest ends by time/],
    ["Rest at 1 A for 1 hour", /a rest has no value/],
    ["Charge at 1 A for 1 fortnight", /'1 fortnight' is no time/],
    ["Charge at 1 kA for 1 hour", /'1 kA' is no C-rate/],
    ["Charge at C/0 for 1 hour", /'C\/0' is no C-rate/],
    ["Charge at 1 A until 4 V or 4.1 V", /has two ends of one kind/],
  ])("%s is refused", (text, message) => {
    expect(() => stepFromPybamm(text)).toThrow(TesterError)
    expect(() => stepFromPybamm(text)).toThrow(message)
  })
})

const size = fc.double({ min: 1e-3, max: 1e3, noNaN: true }).map((x) => Number(x.toPrecision(6)))
const mayBe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const hours = size.map((value) => ({ text: `${value} hours`, until_time_s: value * 3600 }))
const minutes = size.map((value) => ({ text: `${value} minutes`, until_time_s: value * 60 }))
const ends = fc
  .record({ time: mayBe(fc.oneof(hours, minutes)), until_voltage_V: mayBe(size) })
  .filter(({ time, until_voltage_V }) => time !== undefined || until_voltage_V !== undefined)

test(`what is printed is read back (seed ${SEED})`, () => {
  const values = fc.oneof(
    size.map((value) => ({ text: `${value}C`, key: "rate_C", value })),
    size.map((value) => ({ text: `C/${value}`, key: "rate_C", value: 1 / value })),
    size.map((value) => ({ text: `${value} mA`, key: "current_mA", value })),
    size.map((value) => ({ text: `${value} A`, key: "current_mA", value: value * 1000 })),
  )
  fc.assert(
    fc.property(values, fc.boolean(), ends, ({ text, key, value }, isCharge, { time, ...end }) => {
      const { until_voltage_V } = end
      const words = [
        `${isCharge ? "Charge" : "Discharge"} at ${text}`,
        ...(time === undefined ? [] : [`for ${time.text}`]),
        ...(until_voltage_V === undefined
          ? []
          : [`${time === undefined ? "" : "or "}until ${until_voltage_V} V`]),
      ]
      const step = stepFromPybamm(words.join(" "))
      expect(step.step).toBe("constant_current")
      expect(step[key]).toBeCloseTo(isCharge ? value : -value, 6)
      expect(step.until_voltage_V).toBe(until_voltage_V)
      if (time === undefined) expect(step).not.toHaveProperty("until_time_s")
      else expect(step.until_time_s).toBeCloseTo(time.until_time_s, 6)
    }),
    { seed: SEED },
  )
})
