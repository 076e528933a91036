import { createProgram } from "./commands/program"
import { reportError } from "./commands/common/exit"

const isJson = process.argv.includes("--json")

// jacdac-ts tells every step of its connections there.
console.debug = () => {}

// Whoever read the output, such as head, has enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error
  process.exit()
})

try {
  await createProgram(isJson).parseAsync()
} catch (error) {
  process.exitCode = reportError(error, isJson)
}
