import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A folder with a protocol, a cell and room for data. */
export interface Files {
  folder: string
  data: string
  protocol: string
  cell: string
}

/** @param half_s how long plating and stripping take */
export function writeFiles(half_s: number, cycles: number): Files {
  const folder = mkdtempSync(join(tmpdir(), "commands-"))
  const files = {
    folder,
    data: join(folder, "data"),
    protocol: join(folder, "cycling.yaml"),
    cell: join(folder, "cell.yaml"),
  }
  writeFileSync(files.cell, "name: Li-12\ntype: Li||Li\narea_cm2: 1.539\n")
  writeFileSync(
    files.protocol,
    `record: { time_s: 10, burst_s: 2 }
safety: { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 10 }
method:
  - { step: tag, tag: cycle }
  - { step: constant_current, current_density_mA_per_cm2: 1, until_time_s: ${half_s} }
  - { step: constant_current, current_density_mA_per_cm2: -1, until_time_s: ${half_s} }
  - { step: loop, loop_to: cycle, cycle_count: ${cycles} }
`,
  )
  return files
}
