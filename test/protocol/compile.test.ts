import { describe, expect, test } from "vitest"
import { compileProtocol } from "../../host/protocol/compile"
import { readProgram } from "../core/programs"
import {
  ccCv,
  cell,
  circuit,
  disc,
  endsOf,
  hold,
  jump,
  load,
  loop,
  plate,
  protocol,
  rest,
  safety,
  scan,
  tag,
} from "./fixtures"

const stepsOf = (method: unknown, of = cell) => load(protocol(method), of).steps

describe("steps", () => {
  test("tags take no place, and entries of the method are found again", () => {
    const input = protocol([tag("a"), rest, tag("b"), plate, loop])
    expect(compileProtocol(input, cell, circuit).methodIndex).toEqual([1, 3, 4])
    expect(load(input).steps[2].loopTo).toBe(0)
  })

  test("of every type", () => {
    const method = [
      rest,
      plate,
      { ...plate, step: "pulse", current_mA: -2 },
      { ...hold, max_current_mA: 0.5 },
      { ...ccCv, current_mA: -1, voltage_V: 0 },
      { ...scan, max_current_mA: 2 },
      jump("end"),
      loop,
    ]
    const steps = stepsOf(method)
    expect(steps.map(({ type }) => type)).toEqual([1, 2, 6, 4, 5, 7, 8, 3])
    expect(steps.map(({ current_A }) => current_A)).toEqual([
      0, 1e-3, -2e-3, 5e-4, -1e-3, 2e-3, 0, 0,
    ])
    expect(steps.map(({ voltage_V }) => voltage_V)).toEqual([0, 0, 0, 4.2, 0, -0.2, 0, 0])
    expect(steps[5].endVoltage_V).toBe(0.2)
    expect(steps[5].scanRate_V_per_s).toBe(1e-4)
    expect([steps[7].loopTo, steps[7].loopCount]).toEqual([0, 10])
  })

  test("a current is a current, a density or a rate", () => {
    const current = (keys: object) =>
      stepsOf([{ ...plate, current_mA: undefined, ...keys }], disc)[0].current_A
    expect(current({ current_mA: -2 })).toBe(-2e-3)
    expect(current({ current_density_mA_per_cm2: -2 })).toBe(-3.078e-3)
    expect(current({ rate_C: 0.4 })).toBe(1e-3)
    expect(current({ rate_C: "C/5" })).toBe(5e-4)
    expect(current({ rate_C: "D/2" })).toBe(-1.25e-3)
  })

  test("a capacity in the protocol serves a cell that is known without one, and no other", () => {
    const input = protocol([{ ...plate, current_mA: undefined, rate_C: 1 }], {
      sample: { name: "$NAME", capacity_mAh: 3 },
    })
    expect(load(input).steps[0].current_A).toBe(3e-3)
    expect(load(input, disc).steps[0].current_A).toBe(2.5e-3)
  })

  test("a hold without a limit has that of the safety, in both directions", () => {
    expect(stepsOf([hold])[0].current_A).toBe(5e-3)
    const narrow = safety({ min_current_mA: -2 })
    expect(load(protocol([hold], narrow)).steps[0].current_A).toBe(2e-3)
  })
})

describe("conditions", () => {
  test("a voltage cutoff is reached from below in charge, from above in discharge; 0 V is kept", () => {
    for (const step of ["constant_current", "pulse"]) {
      const keys = { step, until_voltage_V: 0 }
      expect(stepsOf([{ ...keys, current_mA: 1 }]).map(endsOf)).toEqual([["1 ≥ 0 → 255"]])
      expect(stepsOf([{ ...keys, current_mA: -1 }]).map(endsOf)).toEqual([["1 ≤ 0 → 255"]])
    }
  })

  test("every until_… key", () => {
    const charge = { until_capacity_mAh: 0.5, until_areal_capacity_mAh_per_cm2: 1 }
    const common = { until_time_s: 60, until_temperature_degC: 45.5 }
    const current = {
      until_current_mA: 0.05,
      until_current_density_mA_per_cm2: 0.1,
      until_rate_C: "C/20",
    }
    const ends = (step: object) => endsOf(stepsOf([{ ...step, ...common }], disc)[0])
    const atTime = "2 ≥ 60000 → 255"
    const atHeat = "6 ≥ 45.5 → 255"
    const atCharge = ["3 ≥ 1800 → 255", "3 ≥ 5540.4 → 255", "8 ≥ 3600 → 255"]
    const atCurrent = ["4 ≤ 0.00005 → 255", "4 ≤ 0.0001539 → 255", "4 ≤ 0.000125 → 255"]
    expect(ends({ ...rest, until_voltage_rate_mV_per_h: 3.6 })).toEqual([
      atTime,
      "5 ≤ 0.000001 → 255",
      atHeat,
    ])
    for (const step of [plate, { ...plate, step: "pulse" }])
      expect(ends({ ...step, ...charge, until_energy_mWh: 1, until_voltage_V: 1 })).toEqual([
        atTime,
        ...atCharge,
        atHeat,
        "1 ≥ 1 → 255",
      ])
    for (const step of [hold, ccCv])
      expect(ends({ ...step, ...charge, ...current, until_energy_mWh: 1 })).toEqual([
        atTime,
        ...atCharge,
        ...atCurrent,
        atHeat,
      ])
    expect(ends(scan)).toEqual([atTime, atHeat])
  })

  test("every key of until, and those of one entry together", () => {
    const entry = {
      voltage_above_V: 0,
      voltage_below_V: -0.1,
      time_s: 0.5,
      capacity_mAh: 1,
      areal_capacity_mAh_per_cm2: 1,
      current_below_mA: 1,
      current_above_mA: 2,
    }
    const other = {
      current_density_below_mA_per_cm2: 1,
      rate_below_C: "C/10",
      voltage_rate_below_mV_per_h: 36,
      voltage_rate_above_mV_per_h: 3.6,
      temperature_above_degC: -10,
      temperature_below_degC: 0,
      cycle: 5,
      energy_mWh: 2,
    }
    const [first, second] = stepsOf(
      [
        { ...rest, until: [entry] },
        { step: "constant_current", current_mA: 1, until: [{ ...other, goto: "end" }] },
      ],
      disc,
    ).map(endsOf)
    expect(first).toEqual([
      "2 ≥ 500 and",
      "1 ≥ 0 and",
      "1 ≤ -0.1 and",
      "3 ≥ 3600 and",
      "3 ≥ 5540.4 and",
      "4 ≤ 0.001 and",
      "4 ≥ 0.002 → 255",
      "2 ≥ 60000 → 255",
    ])
    expect(second).toEqual([
      "8 ≥ 7200 and",
      "4 ≤ 0.001539 and",
      "4 ≤ 0.00025 and",
      "5 ≤ 0.00001 and",
      "5 ≥ 0.000001 and",
      "6 ≥ -10 and",
      "6 ≤ 0 and",
      "7 ≥ 5 → 254",
    ])
  })

  test("entries of until are alternatives, judged before the other cutoffs", () => {
    const until = [
      { voltage_above_V: 1, time_s: 5, goto: "late" },
      { voltage_above_V: 1, goto: "early" },
    ]
    const [step] = stepsOf([{ ...plate, until }, rest, tag("early"), rest, tag("late"), rest])
    expect(endsOf(step)).toEqual(["2 ≥ 5000 and", "1 ≥ 1 → 3", "1 ≥ 1 → 2", "3 ≥ 3600 → 255"])
  })

  test("a goto leads to a tag before or behind, to an entry, to a loop, or to the end", () => {
    const to = (goto: string | number) => endsOf(stepsOf(method(goto))[1])[0].split("→ ")[1]
    const method = (goto: string | number) => [
      tag("first"),
      rest,
      { ...rest, until: [{ time_s: 1, goto }] },
      tag("again"),
      loop,
      rest,
      tag("last"),
    ]
    expect(to("first")).toBe("0")
    expect(to("again")).toBe("2")
    expect(to(6)).toBe("3")
    expect(to(7)).toBe("254")
    expect(to("last")).toBe("254")
    expect(to("end")).toBe("254")
  })
})

describe("loops and cycles", () => {
  test("cycles begin with the first timed step, and with that of each outermost loop", () => {
    const steps = stepsOf([
      jump("pulse"),
      rest,
      tag("all"),
      rest,
      tag("pulse"),
      plate,
      { step: "loop", loop_to: "pulse", cycle_count: 3 },
      rest,
      { step: "loop", loop_to: "all", cycle_count: 5 },
      tag("more"),
      jump("end"),
      plate,
      { step: "loop", loop_to: "more", cycle_count: 2 },
    ])
    expect(steps.flatMap(({ beginsCycle }, i) => (beginsCycle ? [i] : []))).toEqual([1, 2, 6, 8, 9])
  })

  test("each loop has a place of its own to count in, eight in all", () => {
    const method = Array.from({ length: 8 }, () => [rest, loop]).flat()
    const loops = stepsOf(method).filter(({ type }) => type === 3)
    expect(loops.map(({ loopSlot }) => loopSlot)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })

  test("a goto may skip the rest of a pass", () => {
    const method = [rest, { ...rest, until: [{ time_s: 1, goto: "on" }] }, plate, tag("on"), loop]
    expect(endsOf(stepsOf(method)[1])[0]).toBe("2 ≥ 1000 → 3")
  })
})

test("a step of another program is not read as this one's, however little they differ", () => {
  const bytesOf = (until_time_s: number) =>
    compileProtocol(protocol([rest, { ...rest, until_time_s }, plate]), cell, circuit).bytes
  const [mixed, other] = [bytesOf(1), bytesOf(2)]
  expect(() => readProgram(mixed)).not.toThrow()
  mixed.set(other.subarray(320), 320) // the last step, which is the same in both but for its mark
  expect(() => readProgram(mixed)).toThrow("key 1 of step 2 is refused")
})
