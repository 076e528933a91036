import fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as table from "../../firmware/core/program"
import { compileProtocol } from "../../host/protocol/compile"
import type { MethodStep, Protocol } from "../../host/protocol/schema"
import { SEED, circuit, cell, disc, plate, rest, loop, protocol, load, density } from "./fixtures"
import { stepsOf } from "../core/programs"

describe("a good protocol becomes a table", () => {
  test("tags take no place, and entries of the method are found again", () => {
    const input = protocol([
      { step: "tag", tag: "a" },
      rest,
      { step: "tag", tag: "b" },
      plate,
      loop,
    ])
    expect(compileProtocol(input, cell, circuit).methodIndex).toEqual([1, 3, 4])
    expect(stepsOf(load(input))[2].loopTo).toBe(0)
  })

  test("areal units are those of the cell", () => {
    const [step] = stepsOf(load(protocol([{ ...density, current_density_mA_per_cm2: -2 }]), disc))
    expect(step.current_A).toBeCloseTo(-3.078e-3, 12)
    expect(step.charge_mAs / 3.6e3).toBeCloseTo(1.539, 9) // mAh
  })

  test("a voltage cutoff is reached from below in charge, from above in discharge; 0 V is kept", () => {
    const steps = stepsOf(
      load(
        protocol([
          { ...plate, until_voltage_V: 0 },
          { ...plate, current_mA: -1, until_voltage_V: 0 },
        ]),
      ),
    )
    expect([steps[0].voltageAbove_V, steps[0].voltageBelow_V]).toEqual([0, -Infinity])
    expect([steps[1].voltageAbove_V, steps[1].voltageBelow_V]).toEqual([Infinity, 0])
  })

  test("loops that no other encloses count cycles", () => {
    const steps = stepsOf(
      load(
        protocol([
          { step: "tag", tag: "all" },
          rest,
          { step: "tag", tag: "pulse" },
          plate,
          { step: "loop", loop_to: "pulse", cycle_count: 3 },
          rest,
          { step: "loop", loop_to: "all", cycle_count: 5 },
          rest,
          { step: "loop", loop_to: 8, cycle_count: 2 },
        ]),
      ),
    )
    const loops = steps.filter(({ type }) => type === table.STEP_LOOP)
    expect(loops.map(({ countsCycle, loopTo }) => [countsCycle, loopTo])).toEqual([
      [false, 1],
      [true, 0],
      [true, 5],
    ])
  })
})

const numbers = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true })
const mayBe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

/** Protocols that the board can run, of any numbers in range and not only of round ones. */
const protocols: fc.Arbitrary<Protocol> = fc
  .record({
    limits: fc
      .tuple(numbers(-1, 5), numbers(-1, 5))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)])
      .filter(([low, high]) => high - low > 2e-6),
    max_current_mA: numbers(1e-5, 50),
    record: fc.record({
      time_s: numbers(1e-6, 4e6),
      voltage_V: numbers(1e-9, 4000),
      burst_s: numbers(0, 4e6),
    }),
    shares: fc.array(
      fc.record({
        kind: fc.constantFrom("current", "current", "rest", "loop", "tag"),
        sign: fc.constantFrom(1, -1),
        current: numbers(0.1, 1),
        voltage: mayBe(numbers(0, 1)),
        time_s: mayBe(numbers(1e-3, 4e6)),
        capacity_mAh: numbers(1e-6, 4294),
        back: fc.nat(20),
        count: fc.integer({ min: 1, max: 0xffffffff }),
      }),
      { minLength: 1, maxLength: 31 },
    ),
  })
  .map(({ limits: [min_voltage_V, max_voltage_V], max_current_mA, record, shares }) => {
    const method: MethodStep[] = [{ step: "open_circuit_voltage", until_time_s: 1 }]
    for (const share of shares) {
      const before = method.at(-1)?.step
      const places = method.flatMap(({ step }, i) => (step === "loop" || step === "tag" ? [] : [i]))
      if (share.kind === "tag") method.push({ step: "tag", tag: `tag ${method.length}` })
      else if (share.kind === "loop" && before !== "tag")
        method.push({
          step: "loop",
          loop_to: places[share.back % places.length] + 1,
          cycle_count: share.count,
        })
      else if (share.kind === "rest")
        method.push({ step: "open_circuit_voltage", until_time_s: share.time_s ?? 1 })
      else
        method.push({
          step: "constant_current",
          current_mA: share.sign * share.current * max_current_mA,
          until_capacity_mAh: share.capacity_mAh,
          until_time_s: share.time_s,
          until_voltage_V:
            share.voltage === undefined
              ? undefined
              : Math.min(
                  max_voltage_V,
                  min_voltage_V + share.voltage * (max_voltage_V - min_voltage_V),
                ),
        })
    }
    return { record, safety: { max_voltage_V, min_voltage_V, max_current_mA }, method }
  })

test(`the board runs whatever the host compiles, to the table's last digit (seed ${SEED})`, () => {
  fc.assert(
    fc.property(protocols, (input) => {
      const { methodIndex } = compileProtocol(input, cell, circuit)
      const program = load(input)
      const { safety, record } = input
      expect(program.stepCount).toBe(methodIndex.length)
      expect(Math.abs(program.maxVoltage_V - safety.max_voltage_V)).toBeLessThan(0.51e-6)
      expect(Math.abs(program.minVoltage_V - safety.min_voltage_V)).toBeLessThan(0.51e-6)
      expect(Math.abs(program.maxCurrent_A - safety.max_current_mA / 1e3)).toBeLessThan(0.51e-9)
      expect(Math.abs(program.recordInterval_ms - record.time_s * 1e3)).toBeLessThan(1)
      expect(Math.abs(program.recordVoltage_V - record.voltage_V)).toBeLessThan(1e-6)
      expect(Math.abs(program.burst_ms - record.burst_s * 1e3)).toBeLessThan(0.51)
      const steps = stepsOf(program)
      methodIndex.forEach((at, i) => {
        const asked = input.method[at]
        const step = steps[i]
        if (asked.step === "loop") {
          expect(step.loopCount).toBe(asked.cycle_count)
          expect(methodIndex[step.loopTo]).toBe(Number(asked.loop_to) - 1)
        } else if (asked.step === "open_circuit_voltage") {
          expect(step.current_A).toBe(0)
          expect(Math.abs(step.time_ms - asked.until_time_s * 1e3)).toBeLessThan(0.51)
        } else if (asked.step === "constant_current") {
          const { current_mA = 0, until_time_s, until_voltage_V, until_capacity_mAh = 0 } = asked
          expect(Math.abs(step.current_A - current_mA / 1e3)).toBeLessThan(0.51e-9)
          expect(Math.abs(step.charge_mAs / 3.6e-3 - until_capacity_mAh * 1e6)).toBeLessThan(0.51)
          if (until_time_s === undefined) expect(step.time_ms).toBe(Infinity)
          else expect(Math.abs(step.time_ms - until_time_s * 1e3)).toBeLessThan(0.51)
          const [near_V, far_V] =
            current_mA > 0
              ? [step.voltageAbove_V, -step.voltageBelow_V]
              : [step.voltageBelow_V, step.voltageAbove_V]
          expect(far_V).toBe(Infinity)
          if (until_voltage_V === undefined) expect(Math.abs(near_V)).toBe(Infinity)
          else expect(Math.abs(near_V - until_voltage_V)).toBeLessThan(0.51e-6)
        }
      })
    }),
    { seed: SEED, numRuns: 200 },
  )
})
