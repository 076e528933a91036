import { fileURLToPath } from "node:url"
import { readText } from "../commands/common/readText"
import { TesterError } from "../errors"
import { cellPathOfExample, resolveCellPath, resolveProtocolPath } from "../protocol/examples"
import { type PlannedTest, planTest, type TextFile } from "../start"
import type { SimulatedTest } from "./options"

/**
 * Reads and checks a test.
 * @throws TesterError naming all that is wrong, and where: what `coincell check` says of the files
 */
export function plan({ protocol, model, cell }: SimulatedTest, channel: number): PlannedTest {
  const about = cell ?? (typeof model === "string" ? undefined : model.about) ?? own(protocol)
  if (about === undefined)
    throw new TesterError(
      "The test has no cell: give what the lab knows of it, such as cell: { name: 'A1', type: 'Li||Cu', " +
        "area_cm2: 1.539 }, or the path of its file.",
    )
  const protocolFile = textFile(protocol, "protocol", resolveProtocolPath)
  const cellFile = textFile(about, "cell", resolveCellPath)
  try {
    const planned = planTest(channel, protocolFile, cellFile)
    return { ...planned, warnings: planned.warnings.map(withoutLine) }
  } catch (error) {
    if (!(error instanceof TesterError)) throw error
    throw new TesterError(error.message.split("\n").map(withoutLine).join("\n"))
  }
}

/** The cell that a ready protocol is made for. */
function own(protocol: SimulatedTest["protocol"]): string | undefined {
  return typeof protocol === "string" ? cellPathOfExample(protocol) : undefined
}

/** Stands for the file of what was given as an object, whose text nobody wrote: its lines mean nothing. */
const UNWRITTEN = /^(.+) \(object\):\d+(?=: )/

function withoutLine(text: string): string {
  return text.replace(UNWRITTEN, "$1")
}

function textFile(
  given: string | URL | object,
  name: string,
  resolve: (path: string) => string,
): TextFile {
  if (given instanceof URL)
    return { fileName: fileURLToPath(given), text: readText(fileURLToPath(given)) }
  if (typeof given === "object")
    return { fileName: `${name} (object)`, text: JSON.stringify(given, null, 2) }
  if (/^\s*[[{]|\n/.test(given)) return { fileName: name, text: given }
  return { fileName: given, text: readText(resolve(given)) }
}
