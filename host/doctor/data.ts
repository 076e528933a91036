import { type Finding, ok, problem, warning } from "./finding"

/** What the data folder is like. */
export interface DataFacts {
  folder: string
  /** It is there; a folder that is not is made by the first download. */
  exists: boolean
  isWritable: boolean
  /** Space on its disk; undefined when the system does not say. */
  free_bytes: number | undefined
  boards: { name: string; pages: number; faults: string[] }[]
}

/** A full log of a board is 17 MB, and what is derived from it several times as much. */
const LITTLE_bytes = 100e6
const SCARCE_bytes = 1e9

export function checkData(facts: DataFacts): Finding[] {
  return [
    checkFolder(facts),
    ...(facts.free_bytes === undefined ? [] : [checkSpace(facts.folder, facts.free_bytes)]),
    ...facts.boards.map(checkPages),
  ]
}

export function checkFolder({ folder, exists, isWritable }: DataFacts): Finding {
  if (!exists) return ok("data folder", `${folder} will be made by the first test or download`)
  if (isWritable) return ok("data folder", folder)
  return problem(
    "data folder",
    `${folder} cannot be written`,
    `make it yours: sudo chown -R $USER ${folder}; or choose another by --data`,
  )
}

export function checkSpace(folder: string, free_bytes: number): Finding {
  const free =
    free_bytes < 1e9 ? `${(free_bytes / 1e6).toFixed(0)} MB` : `${(free_bytes / 1e9).toFixed(0)} GB`
  const what = `${free} free where ${folder} is`
  const fix = "make room on that disk, or choose a folder on another by --data"
  if (free_bytes < LITTLE_bytes) return problem("disk space", what, fix)
  return free_bytes < SCARCE_bytes ? warning("disk space", what, fix) : ok("disk space", what)
}

/** What is wrong with the pages that are stored of a board. */
export function checkPages({ name, pages, faults }: DataFacts["boards"][number]): Finding {
  const about = `stored log of ${name}`
  if (faults.length === 0) return ok(about, `${pages} pages, all sound`)
  return problem(
    about,
    faults.join("; "),
    "restore that file from a backup, or fetch these pages from another host's folder; whatever the board " +
      "still has comes back by 'coincell download'",
  )
}
