import { Command } from "commander"
import { addDemo } from "./commands/demo"
import { TesterError } from "./errors"

const program = new Command("coincell").description(
  "The open coin-cell tester: run, follow and analyse tests of battery cells.",
)
addDemo(program)

// jacdac-ts tells every step of its connections there.
console.debug = () => {}

try {
  await program.parseAsync()
} catch (error) {
  // What a person can mend is said in a sentence; anything else is our mistake and shows its trace.
  if (!(error instanceof TesterError)) throw error
  console.error(`coincell: ${error.message}`)
  process.exitCode = 1
}
