import { stringify } from "yaml"
import type { BoardLog, LoggedRun } from "./boardLog"
import type { BoardFile, TestFile } from "./documents"
import type { TestFolder, TestFolders } from "./testFolders"

/** Makes the folder of a test that another host started, with what the log and the board tell of it. */
export function adoptTest(
  folders: TestFolders,
  log: BoardLog,
  board: BoardFile,
  run: LoggedRun,
): TestFolder {
  const { channel, test, boot, boardTime_ms } = run
  const began_ms = run.begins ? log.clock(run.log).unix_ms(boot, boardTime_ms) : undefined
  const about: TestFile = {
    format: 1,
    board: board.id,
    board_name: board.name,
    channel,
    test,
    log: run.log,
    boot,
    board_time_ms: boardTime_ms,
    ...(began_ms !== undefined && { started: new Date(began_ms).toISOString() }),
    ...(board.firmware !== undefined && { firmware: board.firmware }),
    ...(board.simulated !== undefined && { simulated: board.simulated }),
  }
  const cell = cellTemplate(`${board.name} channel ${channel} test ${test}`)
  return folders.write(about, { "cell.yaml": cell })
}

/** A cell's file that says nothing yet but a name. */
function cellTemplate(name: string): string {
  return (
    "# Another host started this test. Fill in what you know of its cell, and remove the # before it.\n" +
    stringify({ name }) +
    [
      "type: Li||Li              # or Li||Cu, half, full",
      "diameter_mm: 14           # or area_cm2",
      "capacity_mAh: 1",
      "active_mass_mg: 10",
      "electrolyte: 1 M LiPF6 in EC:DEC",
      "separator: Celgard 2400",
      "operator: name",
      "comment: text",
    ]
      .map((line) => `# ${line}\n`)
      .join("")
  )
}
