/**
 * Runs every study and writes RESULTS.md: `npm run spice`. The whole sweep takes some minutes more, and is run anew
 * only when its circuits have changed.
 */
import { writeFileSync } from "node:fs"
import { Ngspice } from "./ngspice"
import { RESULTS, recordedSection, resultsOf } from "./results"
import { STUDIES } from "./studies/all"
import { holds, sectionOf } from "./study"
import { SWEEP, sweepDigest, sweepSection } from "./sweep"

const spice = await Ngspice.start()
const sections: string[] = []
for (const study of STUDIES) {
  const rows = await study.run(spice)
  sections.push(sectionOf(study, rows))
  console.log(sections[sections.length - 1])
  for (const row of rows.filter((row) => !holds(row))) {
    console.error(`Not reached: ${row.what}`)
    process.exitCode = 1
  }
}
const before = recordedSection(SWEEP)
const isCurrent = before?.includes(sweepDigest())
sections.push(isCurrent ? `## ${before}` : await sweepSection(spice, console.log))
writeFileSync(RESULTS, resultsOf(sections))
