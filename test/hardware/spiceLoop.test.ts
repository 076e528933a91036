import { beforeAll, describe, expect, it } from "vitest"
import { Ngspice } from "../../hardware/spice/ngspice"
import { recordedSection } from "../../hardware/spice/results"
import { compliance } from "../../hardware/spice/studies/compliance"
import { loop } from "../../hardware/spice/studies/loop"
import { steps } from "../../hardware/spice/studies/steps"
import { SWEEP, sweepDigest } from "../../hardware/spice/sweep"
import { checkStudy, recordedRows } from "./spice/recorded"

let spice: Ngspice
beforeAll(async () => {
  spice = await Ngspice.start()
})

for (const study of [loop, steps, compliance]) checkStudy(study, () => spice)

describe(SWEEP, () => {
  it("is of these circuits: else run `npm run spice`", () => {
    expect(recordedSection(SWEEP)).toContain(sweepDigest())
  })

  it("met every bar", () => {
    const rows = recordedRows(SWEEP).filter(({ what }) => what.includes("at least"))
    expect(rows).toHaveLength(4)
    for (const { what, value } of rows)
      expect(value, what).toBeGreaterThanOrEqual(Number(/at least (\d+)/.exec(what)?.[1]))
  })
})
