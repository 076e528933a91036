import { beforeAll, describe, expect, test } from "vitest"
import { bars } from "./bars"
import { compareTables } from "./compare"
import { vmTarget } from "./targets"
import { CURRENTS_mA, runTrial, type TrialResult } from "./trial"

// `npm run test:pico` wants a file that is not ours. What it does is tried here on the simulated board's VM.

const SHORT = { cycles: 1, halfCycle_s: 20, quiet_minutes: 1 }

describe("the trial of an emulated Pico, on the VM, seed 1", () => {
  let vm: TrialResult
  let native: TrialResult

  beforeAll(async () => {
    vm = await runTrial(vmTarget(), { seed: 1, ...SHORT })
    const target = { ...vmTarget(), firmware: "native" as const, heap: () => undefined }
    native = await runTrial(target, { seed: 1, ...SHORT, quiet_minutes: 0 })
  })

  test("the same board gives the same cycle table", () => {
    const differences = compareTables(vm.tables, native.tables, CURRENTS_mA)
    expect(differences).toHaveLength(CURRENTS_mA.length * (1 + 5))
    expect(differences.filter((one) => !one.isWithin)).toEqual([])
  })

  test("another table is told apart: a cell's voltage, a charge, a missing cycle", () => {
    const outside = (change: (tables: TrialResult["tables"]) => void) => {
      const tables = structuredClone(native.tables)
      change(tables)
      return compareTables(vm.tables, tables, CURRENTS_mA)
        .filter((one) => !one.isWithin)
        .map((one) => [one.channel, one.quantity])
    }
    const change = (channel: number, key: "overpotential_V" | "charge_mAh", factor: number) =>
      outside((tables) => {
        const plating = tables[channel][0].plating
        if (plating !== undefined) plating[key] = (plating[key] ?? 0) * factor
      })
    expect(change(1, "overpotential_V", 1.01)).toEqual([[1, "plated η, V"]])
    expect(change(2, "charge_mAh", 1.01)).toEqual([[2, "plated, mAh"]])
    expect(outside((tables) => tables[3].pop())).toEqual([[3, "cycles"]])
  })

  test("all bars are met but the CPU's, which a VM does not tell", () => {
    const all = bars(vm, compareTables(vm.tables, native.tables, CURRENTS_mA))
    expect(all.filter((one) => !one.isMet).map((one) => one.what)).toEqual(["CPU"])
  })

  test("a control loop that stops for good without USB has lost its timer", () => {
    const stopped = { ...vm, quiet: { ...vm.quiet, periods_ms: [100, 99, 101, 31_000] } }
    const [missed] = bars(stopped, []).filter((one) => one.what.startsWith("timers lost"))
    expect(missed).toMatchObject({ measured: "1 (longest period 31000.0 ms)", isMet: false })
  })

  test("the CPU's share is what it does not sleep, or what it works where it never does", () => {
    const cpu = (awake: number, worked: number) =>
      bars({ ...vm, shares: { awake, worked } }, []).find((one) => one.what.startsWith("CPU"))
    expect(cpu(0.59, 0.3)?.isMet).toBe(true)
    expect(cpu(0.61, 0.3)?.isMet).toBe(false)
    expect(cpu(1, 0.59)?.isMet).toBe(true)
    expect(cpu(1, 0.61)?.isMet).toBe(false)
  })

  test("a heap that grows is not flat, and one that nobody could look at neither", () => {
    const heap = (heap_bytes: (number | undefined)[]) =>
      bars({ ...vm, quiet: { ...vm.quiet, heap_bytes } }, []).find((one) =>
        one.what.startsWith("heap"),
      )
    expect(heap([52_000, 52_040, 52_000])?.isMet).toBe(true)
    const growing = Array.from({ length: 30 }, (_, i) => 52_000 + 16 * i)
    expect(heap(growing)?.isMet).toBe(false)
    expect(heap([52_000, undefined])?.isMet).toBe(false)
    expect(heap([])?.isMet).toBe(false)
  })
})
