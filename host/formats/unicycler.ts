/**
 * Reads aurora-unicycler's JSON, version 0.4 (Empa's vendor-neutral protocols). Its keys are ours too; where
 * it is laxer than we are, its files are made plain.
 */

type Entry = { [key: string]: unknown }

/**
 * A unicycler file as a protocol of ours: numbers that it allows as text become numbers, empty texts and
 * zeros that it takes for absent go, a C-rate goes before a current, a loop goes to the first step where it
 * does not say.
 */
export function plainUnicycler(file: object): Entry {
  const plain = numbers(file) as Entry
  if (isEntry(plain.record)) dropZeros(plain.record, ["current_mA", "voltage_V"])
  if (Array.isArray(plain.method)) plain.method = plain.method.map(plainStep)
  return plain
}

function plainStep(step: unknown): unknown {
  if (!isEntry(step)) return step
  const plain = { ...step }
  dropZeros(plain, ["rate_C", "current_mA", "until_time_s", "until_rate_C", "until_current_mA"])
  if ("rate_C" in plain) delete plain.current_mA
  if ("until_rate_C" in plain) delete plain.until_current_mA
  if (plain.step === "loop") plain.loop_to ??= 1
  return plain
}

function dropZeros(entry: Entry, keys: readonly string[]): void {
  for (const key of keys) if (entry[key] === 0) delete entry[key]
}

/** Of what is a number by its key: all but names. */
const TEXTS = new Set(["name", "id", "step", "tag", "loop_to", "version"])

function numbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(numbers)
  if (!isEntry(value)) return value
  const kept = Object.entries(value).flatMap(([key, item]) => {
    if (TEXTS.has(key) || typeof item !== "string") return [[key, numbers(item)]]
    if (item.trim() === "") return []
    const number = Number(item)
    return [[key, Number.isNaN(number) ? item : number]]
  })
  return Object.fromEntries(kept)
}

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
