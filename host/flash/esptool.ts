import { spawn } from "node:child_process"
import { TesterError } from "../errors"

/** Espressif's programmer for ESP32 boards, as it is called here. */
export interface Esptool {
  /** Program and its first arguments, such as `["python3", "-m", "esptool"]`. */
  call: string[]
  /** Since version 5 its words are joined by hyphens. */
  major: number
}

/** Runs a program: its exit code, undefined when there is none of that name, and what it printed. */
export type Run = (
  command: string,
  args: string[],
) => Promise<{ code: number | undefined; output: string }>

/** How it may be installed: by its package's scripts, or as a module of Python. */
const CALLS = [
  ["esptool"],
  ["esptool.py"],
  ["python3", "-m", "esptool"],
  ["python", "-m", "esptool"],
  ["py", "-m", "esptool"],
]

/** The esptool of this computer; undefined when it has none. */
export async function findEsptool(run: Run): Promise<Esptool | undefined> {
  for (const call of CALLS) {
    const { code, output } = await run(call[0], [...call.slice(1), "version"])
    const major = /\bv?(\d+)\.\d+/.exec(output)?.[1]
    if (code === 0 && major !== undefined) return { call, major: Number(major) }
  }
  return undefined
}

/** The arguments that write a whole image, from address 0 on. */
export function writeArguments(
  esptool: Pick<Esptool, "major">,
  chip: string,
  port: string,
  file: string,
): string[] {
  const write = esptool.major >= 5 ? "write-flash" : "write_flash"
  return ["--chip", chip, "--port", port, "--baud", "460800", write, "0x0", file]
}

/**
 * Writes a whole image to an ESP32's flash, and restarts it.
 * @throws TesterError with what esptool said, and what to do
 */
export async function writeByEsptool(
  run: Run,
  chip: string,
  port: string,
  file: string,
): Promise<void> {
  const esptool = await findEsptool(run)
  if (esptool === undefined) throw new TesterError(noEsptool(chip, port))
  const [command, ...first] = esptool.call
  const { code, output } = await run(command, [
    ...first,
    ...writeArguments(esptool, chip, port, file),
  ])
  if (code !== 0) throw new TesterError(`${port}: ${espProblem(output)}`)
}

function noEsptool(chip: string, port: string): string {
  const by = writeArguments({ major: 5 }, chip, port, "coincell.bin").join(" ")
  return (
    `${port}: an ESP32 takes DeviceScript's runtime from Espressif's esptool, which this computer has not. Install ` +
    "it ('pip install esptool') and flash again. Or make an image by 'coincell bundle --board xiao_esp32c3 --out " +
    `coincell.bin', and write it elsewhere: 'esptool ${by}', or in a browser at espressif.github.io/esptool-js.`
  )
}

/** Why esptool failed, and what to do. */
export function espProblem(output: string): string {
  if (/no serial data received|failed to connect|unable to verify flash chip/i.test(output))
    return (
      "the board does not go into its boot loader by itself. Hold its B (BOOT) button while plugging it in, let " +
      "it go, and flash again."
    )
  if (/permission denied|could not open|resource busy|access is denied/i.test(output))
    return "esptool cannot open the port: is another program using it, and may this user ('coincell doctor')?"
  if (/wrong (--chip|chip)|this chip is|unexpected chip id/i.test(output))
    return `this is another microcontroller than the board's. esptool says: ${lastLine(output)}`
  return `esptool failed: ${lastLine(output)}`
}

function lastLine(output: string): string {
  return output.trim().split(/\r?\n/).at(-1) ?? ""
}

/** Runs a program of this computer; what it prints is shown to a person, too, by `show`. */
export function realRun(show: (text: string) => void): Run {
  return (command, args) =>
    new Promise((resolve) => {
      const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], windowsHide: true })
      let output = ""
      const hear = (bytes: Buffer) => {
        output += bytes.toString("utf8")
        show(bytes.toString("utf8"))
      }
      child.stdout.on("data", hear)
      child.stderr.on("data", hear)
      child.on("error", () => resolve({ code: undefined, output }))
      child.on("close", (code) => resolve({ code: code ?? undefined, output }))
    })
}
