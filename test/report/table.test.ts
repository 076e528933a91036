import { expect, it } from "vitest"
import { cycleReport } from "../../host/report/cycles/cycleReport"
import { tableText } from "../../host/report/cycles/text"
import { spike, symmetricCell } from "../analysis/synthetic"
import { readerOf } from "./syntheticReader"

function report(current_A: number, cycles: number, missing = 0) {
  const samples = symmetricCell({ current_A, cycles, magnitude_V: spike(0.017, 0.03, 36) })
  const kept = samples.slice(0, samples.length - missing)
  return cycleReport(readerOf(kept), { type: "Li||Li", area_cm2: 1.539 })
}

it("aligns the cycles of several cells under one head", () => {
  const table = tableText([
    { name: "Bare Li, 1 mA cm⁻²", report: report(1.539e-3, 2) },
    { name: "K-Li@AlN, 20 mA cm⁻²", report: report(30.78e-3, 2, 50) },
  ]).join("\n")
  expect(`\n${table}`).toBe(`
       plated         stripped             η          2η  nucl.          tip    end          time
                 mAh              mAh  plate strip        plate strip  plate  plate  strip
cycle     mAh   cm⁻²       mAh   cm⁻²     mV    mV    mV     mV    mV     mV     mV     mV      h
─────────────────────────────────────────────────────────────────────────────────────────────────
Bare Li, 1 mA cm⁻²
   1   1.5390 1.0000    1.5390 1.0000  17.00 17.00 34.00  30.00 30.00  47.00  17.00 −17.00  2.000
   2   1.5390 1.0000    1.5390 1.0000  17.00 17.00 34.00  30.00 30.00  47.00  17.00 −17.00  2.000
─────────────────────────────────────────────────────────────────────────────────────────────────
K-Li@AlN, 20 mA cm⁻²
   1   30.780 20.000    30.780 20.000  17.00 17.00 34.00  30.00 30.00  47.00  17.00 −17.00  2.000
   2*  30.780 20.000    26.505 17.222  17.00     –     –  30.00     –  47.00  17.00      –  1.861
─────────────────────────────────────────────────────────────────────────────────────────────────
η: mean |V| over the middle half of a half-cycle; 2η = V̄₊ − V̄₋.
nucl.: nucleation overpotential |V_tip| − |V_plateau|; tip: |V_tip|. –: the records do not tell.
*: the cycle is incomplete.`)
})

it("stays within 110 columns for the largest values a tester makes", () => {
  const symmetric = report(1.539e-3, 1)
  const [result] = symmetric.results
  const { row } = result
  const half = {
    ...(row.stripping as NonNullable<typeof row.stripping>),
    charge_mAh: 123.45678,
    overpotential_V: 0.99999,
    end_V: -4.99999,
  }
  const large = { ...row, stripping: half, plating: half, hysteresis_V: 1.99999 }
  const results = [{ ...result, cycle: 3000, row: large }]
  for (const line of tableText([{ name: "cell", report: { ...symmetric, results } }]))
    expect(line.length).toBeLessThanOrEqual(110)
})
