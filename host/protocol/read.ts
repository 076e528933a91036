import type { Circuit } from "../../firmware/core/circuit"
import { type Path, pathOf, pathText, type Problem, readDocument, withoutNulls } from "../document"
import { TesterError } from "../errors"
import { plainUnicycler } from "../formats/unicycler"
import { circuit } from "../manifest"
import { methodOfExperiment, parsed } from "./experiment"

/** A protocol's file, its foreign parts turned into ours. */
export interface ProtocolFile {
  readonly fileName: string
  /** What `compileProtocol` takes. */
  readonly input: unknown
  /** What could not be turned, by its place in the file. */
  readonly problems: readonly Problem[]
  /** What a foreign file leaves open and was filled in. */
  readonly assumed: readonly Problem[]
  /** Where the file has what the compiler names, such as `method[3].until_time_s`. */
  placeOf(path: string): { path: string; line?: number }
}

/**
 * Reads a protocol's file: YAML or JSON, of aurora-unicycler's keys and ours; steps may be PyBaMM's strings,
 * and a whole file may be a PyBaMM experiment.
 * @returns what `compileProtocol` takes
 * @throws TesterError naming file, line and path of all that cannot be read
 */
export function readProtocol(text: string, fileName: string): unknown {
  const file = readProtocolFile(text, fileName)
  if (file.problems.length === 0) return file.input
  throw new TesterError(
    file.problems
      .map(({ path, message }) => {
        const place = file.placeOf(pathText(path, "protocol"))
        return `${atLine(fileName, place.line)}: ${place.path}: ${message}`
      })
      .join("\n"),
  )
}

/** `file:line`. */
export function atLine(fileName: string, line: number | undefined): string {
  return line === undefined ? fileName : `${fileName}:${line}`
}

/**
 * As `readProtocol`, for who wants to know all that is wrong, and where.
 * @throws TesterError only when the file is neither YAML nor JSON
 */
export function readProtocolFile(text: string, fileName: string): ProtocolFile {
  const document = readDocument(text, fileName)
  const { input, problems, assumed, origins } = ours(withoutNulls(document.value))
  return {
    fileName,
    input,
    problems,
    assumed,
    placeOf(path) {
      const parts = pathOf(path)
      const origin = parts[0] === "method" ? origins?.[Number(parts[1])] : undefined
      const place = origin ?? parts
      return { path: pathText(place, "protocol"), line: document.lineOf(place) }
    },
  }
}

interface Turned {
  input: unknown
  problems: Problem[]
  assumed: Problem[]
  /** For each entry of the method, where the file has it; where it is the same there, undefined. */
  origins?: Path[]
}

function ours(value: unknown): Turned {
  if (Array.isArray(value)) {
    const { entries, origins, problems } = methodOfExperiment(value, [])
    const { safety, assumed } = withLimits({}, circuit)
    return { input: { safety, method: entries }, problems, assumed, origins }
  }
  if (typeof value !== "object" || value === null)
    return { input: value, problems: [], assumed: [] }
  const isUnicycler = "unicycler" in value
  const file: { [key: string]: unknown } = { ...(isUnicycler ? plainUnicycler(value) : value) }
  const { safety, assumed } = isUnicycler
    ? withLimits(file.safety ?? {}, circuit)
    : { safety: file.safety, assumed: [] }
  const input = safety === undefined ? file : { ...file, safety }
  if (!Array.isArray(file.method)) return { input, problems: [], assumed }
  const { entries, origins, problems } = file.method.some(Array.isArray)
    ? methodOfExperiment(file.method, ["method"])
    : withSteps(file.method)
  return { input: { ...input, method: entries }, problems, assumed, origins }
}

/** A method with its texts as steps. */
function withSteps(method: readonly unknown[]) {
  const problems: Problem[] = []
  const entries = method.map((entry, i) =>
    typeof entry === "string" ? parsed({ text: entry, path: ["method", i] }, problems) : entry,
  )
  return { entries, problems, origins: undefined }
}

/** Other programs' files may come without limits; the board does not run without: then they are its own. */
function withLimits(given: unknown, { voltageLimits_V, currentRanges }: Circuit) {
  const limits: { [key: string]: number } = {
    max_voltage_V: voltageLimits_V[1],
    min_voltage_V: voltageLimits_V[0],
    max_current_mA: currentRanges[0].limit_A * 1000,
  }
  if (typeof given !== "object" || given === null) return { safety: given, assumed: [] }
  const known: object = given
  const assumed = Object.keys(limits)
    .filter((key) => !(key in known))
    .map((key) => ({
      path: ["safety", key],
      message: `is not given: the board's own limit, ${limits[key]}, stands in.`,
    }))
  return { safety: { ...limits, ...known }, assumed }
}
