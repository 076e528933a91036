type Schema = { [key: string]: unknown }

/**
 * Checks a value against a JSON Schema, as far as ours go.
 * @returns the first place that does not fit; undefined when all does
 * @throws Error on a keyword that it does not know
 */
export function misfit(value: unknown, schema: Schema, path = "$"): string | undefined {
  for (const [keyword, wanted] of Object.entries(schema)) {
    const check = KEYWORDS[keyword]
    if (check === undefined) throw new Error(`does not know ${keyword}`)
    const found = check(value, wanted as never, path, schema)
    if (found !== undefined) return found
  }
  return undefined
}

type Check = (value: unknown, wanted: never, path: string, schema: Schema) => string | undefined

const ignored: Check = () => undefined
const when = (isWrong: boolean, path: string, what: string) =>
  isWrong ? `${path}: ${what}` : undefined
const entries = (value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : []
const bound =
  (isWrong: (value: number, limit: number) => boolean): Check =>
  (value, limit, path) =>
    when(typeof value === "number" && isWrong(value, limit), path, `limit ${limit}`)

function typeOf(value: unknown): string {
  if (value === null) return "null"
  return Array.isArray(value) ? "array" : typeof value
}

function isOfType(value: unknown, type: string): boolean {
  return type === "integer" ? Number.isInteger(value) : typeOf(value) === type
}

function anyOf(value: unknown, choices: Schema[], path: string): string | undefined {
  const misfits = choices.map((choice) => misfit(value, choice, path))
  return misfits.includes(undefined) ? undefined : misfits.join(" | ")
}

const KEYWORDS: { [keyword: string]: Check } = {
  $schema: ignored,
  title: ignored,
  description: ignored,
  default: ignored,
  format: ignored,
  pattern: (value, pattern: string, path) =>
    when(typeof value === "string" && !new RegExp(pattern).test(value), path, pattern),
  type: (value, types: string | string[], path) =>
    when(![types].flat().some((type) => isOfType(value, type)), path, `is no ${types}`),
  const: (value, wanted: unknown, path) => when(value !== wanted, path, `is not ${wanted}`),
  enum: (value, wanted: unknown[], path) => when(!wanted.includes(value), path, `not ${wanted}`),
  minimum: bound((value, limit) => value < limit),
  maximum: bound((value, limit) => value > limit),
  exclusiveMinimum: bound((value, limit) => value <= limit),
  exclusiveMaximum: bound((value, limit) => value >= limit),
  minLength: (value, limit: number, path) =>
    when(typeof value === "string" && value.length < limit, path, "is too short"),
  minItems: (value, limit: number, path) =>
    when(Array.isArray(value) && value.length < limit, path, "has too few"),
  items: (value, items: Schema, path) =>
    Array.isArray(value)
      ? value.map((item, i) => misfit(item, items, `${path}[${i}]`)).find((one) => one)
      : undefined,
  required: (value, keys: string[], path) =>
    when(
      typeOf(value) === "object" && !keys.every((key) => key in (value as object)),
      path,
      `needs ${keys}`,
    ),
  properties: (value, properties: { [key: string]: Schema }, path) =>
    entries(value)
      .map(([key, item]) =>
        key in properties ? misfit(item, properties[key], `${path}.${key}`) : undefined,
      )
      .find((one) => one),
  additionalProperties: (value, allowed: false | Schema, path, { properties = {} }) => {
    const others = entries(value).filter(([key]) => !(key in (properties as object)))
    return when(allowed === false && others.length > 0, path, `has ${others.map(([key]) => key)}`)
  },
  anyOf,
  oneOf: anyOf,
  not: (value, refused: Schema, path) =>
    when(misfit(value, refused, path) === undefined, path, "is refused"),
}
