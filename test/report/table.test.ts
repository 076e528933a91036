import { expect, it } from "vitest"
import { cycleTable } from "../../host/analysis/cycles"
import { formatCycleTable } from "../../host/report/table"
import { spike, symmetricCell } from "../analysis/synthetic"

function rows(current_A: number, cycles: number, missing = 0) {
  const samples = symmetricCell({ current_A, cycles, magnitude_V: spike(0.017, 0.03, 36) })
  return cycleTable(samples.slice(0, samples.length - missing), { area_cm2: 1.539 })
}

it("aligns the cycles of several cells under one head", () => {
  const table = formatCycleTable([
    { name: "Bare Li, 1 mA cm⁻²", rows: rows(1.539e-3, 2) },
    { name: "K-Li@AlN, 20 mA cm⁻²", rows: rows(30.78e-3, 2, 50) },
  ])
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
*: the cycle is incomplete.
`)
})

it("stays within 110 columns for the largest values a tester makes", () => {
  const [row] = rows(1.539e-3, 1)
  const half = {
    ...row.stripping,
    charge_mAh: 123.45678,
    overpotential_V: 0.99999,
    end_V: -4.99999,
  }
  const large = { ...row, cycle: 3000, stripping: half, plating: half, hysteresis_V: 1.99999 }
  const table = formatCycleTable([{ name: "cell", rows: [large as typeof row] }])
  for (const line of table.split("\n")) expect(line.length).toBeLessThanOrEqual(110)
})
