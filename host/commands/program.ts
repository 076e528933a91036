import { Command } from "commander"
import { addAccept } from "./accept"
import { addAgent } from "./agent"
import { addAnalyse } from "./analyse"
import { addBoards } from "./boards"
import { addBundle } from "./bundle"
import { addCalibrate } from "./calibrate"
import { addCatalogue } from "./catalogue"
import { addCheck } from "./check"
import { addDemo } from "./demo"
import { addDoctor } from "./doctor"
import { addDownload } from "./download"
import { addExport } from "./export"
import { addFlash } from "./flash"
import { addList } from "./list"
import { addLog } from "./log"
import { addPapers } from "./papers"
import { addPause } from "./pause"
import { addPublish } from "./publish"
import { addQuery } from "./query"
import { addReport } from "./report"
import { addResume } from "./resume"
import { addRun } from "./run"
import { addServe } from "./serve"
import { addSim } from "./sim"
import { addStart } from "./start"
import { addStatus } from "./status"
import { addStop } from "./stop"
import { addWatch } from "./watch"
import { usageJson } from "./common/exit"

/**
 * The command line tool, for `parseAsync`, which throws instead of leaving the process.
 * @param isJson tells wrong use as JSON
 */
export function createProgram(isJson: boolean): Command {
  const program = new Command("coincell")
    .description("The open coin-cell tester: run, follow and analyse tests of battery cells.")
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(isJson ? usageJson(text) : text),
    })
    .addHelpText(
      "after",
      "\nTests are the boards': they go on when this program ends, or its computer." +
        "\nExit codes: 0 done; 1 something to mend; 2 wrong use; 3 a fault stands on a channel.",
    )
  addBoards(program)
  addFlash(program)
  addBundle(program)
  addSim(program)
  addCheck(program)
  addStart(program)
  addRun(program)
  addStatus(program)
  addWatch(program)
  addServe(program)
  addPause(program)
  addResume(program)
  addStop(program)
  addDownload(program)
  addList(program)
  addAnalyse(program)
  addExport(program)
  addReport(program)
  addAgent(program)
  addPublish(program)
  addQuery(program)
  addCatalogue(program)
  addCalibrate(program)
  addAccept(program)
  addDoctor(program)
  addLog(program)
  addDemo(program)
  addPapers(program)
  return program
}
