import { createHash } from "node:crypto"
import { fileURLToPath } from "node:url"
import { BENCH_SIZES, type Size, SIZES, SMALL_SIZES } from "./sizes"
import { FULL_SCALE_A, FULL_SCALE_V, type Ppm, TERMS, total, WARMTH_K } from "./terms"

export const PAGE = fileURLToPath(new URL("../ERROR_BUDGET.md", import.meta.url))

/** What the drawn boards follow from, as a hash: so that a page tells whether it is of these sizes. */
export function sizesDigest(): string {
  const sizes = JSON.stringify([SIZES, BENCH_SIZES, SMALL_SIZES, TERMS])
  return createHash("sha256").update(sizes).digest("hex").slice(0, 12)
}

/** ERROR_BUDGET.md up to what was found of drawn boards. */
export function termsPage(): string {
  const rows = TERMS.map(
    ({ name, calibration, current, voltage }) =>
      `| ${name} | ${ppm(current)} | ${ppm(voltage)} | ${calibration === "removes" ? "removed" : calibration === "adds" ? "added" : ""} |`,
  )
  const totals = [false, true].map((isCalibrated) => {
    const [current, voltage] = (["current", "voltage"] as const).map((of) =>
      percent(total(of, isCalibrated)),
    )
    const name = isCalibrated ? "two-point calibrated" : "as built"
    return `| **${name}, RSS / sum** | **${current}** | **${voltage}** | |`
  })
  return `# Error budget

Written by \`npm run budget\` from [\`components.ts\`](components.ts) and [\`errorBudget/sizes.ts\`](errorBudget/sizes.ts), which
the simulator draws its boards from. \`npm test\` compares. Nothing here is measured on copper.

## Term by term

Typical / maximum in ppm of full scale, which is ${FULL_SCALE_V} V and ${FULL_SCALE_A * 1e3} mA; ±${WARMTH_K} K around the temperature of the calibration,
1000 h after it, zeroed once. RSS: root of the sum of the typical values' squares. Sum: of all maxima, whatever their signs.

| | current | voltage | by the calibration |
| --- | ---: | ---: | --- |
${[...rows, ...totals].join("\n")}
`
}

/** Where each size is from. */
export function sourcesPage(): string {
  const rows = Object.entries({ ...SIZES, ...BENCH_SIZES, ...SMALL_SIZES }).map(
    ([name, { typical, maximum, basis, source }]: [string, Size]) =>
      `| ${name} | ${brief(typical)} | ${brief(maximum)} | ${basis} | ${source} |`,
  )
  return `## Where the sizes are from

Typical is one sigma of a normal distribution, maximum is never passed; relative where the name has no unit. Where a
sheet has a maximum alone, typical is half of it (assumed). _Datasheet_: read, if not always in the maker's own copy.
_Memory_: not looked up; do so before relying on it. _Computed_ and _assumed_ say from what.

| | typical | maximum | | source |
| --- | ---: | ---: | --- | --- |
${rows.join("\n")}
`
}

function ppm(value: Ppm | undefined): string {
  return value === undefined ? "–" : `${figure(value.typical)} / ${figure(value.maximum)}`
}

function figure(value_ppm: number): string {
  return value_ppm < 10 ? value_ppm.toFixed(1) : value_ppm.toFixed(0)
}

function percent({ typical, maximum }: Ppm): string {
  return `${(typical / 1e4).toFixed(3)} / ${(maximum / 1e4).toFixed(3)} %`
}

function brief(value: number): string {
  return Number(value.toPrecision(3)).toExponential().replace("e-", "e−").replace("e+0", "")
}
