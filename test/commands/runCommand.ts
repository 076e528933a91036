import { Command } from "commander"
import { vi } from "vitest"

/** What a command printed to stdout. @throws what it ends with, when it fails */
export async function runCommand(
  add: (program: Command) => void,
  ...words: string[]
): Promise<string> {
  const program = new Command("coincell").exitOverride().configureOutput({ writeErr() {} })
  add(program)
  let printed = ""
  const write = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    printed += String(chunk)
    return true
  })
  try {
    await program.parseAsync(words, { from: "user" })
  } finally {
    write.mockRestore()
  }
  return printed
}
