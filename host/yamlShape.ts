import { type CST, type Document, type LineCounter, Parser, visit } from "yaml"

/** Something in YAML that cannot be turned into plain values, and the offset at which it stands. */
export interface Misshape {
  offset: number
  message: string
}

/** People nest by six levels; beyond some hundreds the parser's stack comes to its end, and Node with it. */
const DEEPEST = 200

/**
 * Where YAML nests deeper than anything that people write; undefined where it does not.
 * @param lines learns where lines begin
 */
export function tooDeep(text: string, lines: LineCounter): Misshape | undefined {
  const open: { token: CST.Token; depth: number }[] = []
  for (const token of new Parser(lines.addNewLine).parse(text)) open.push({ token, depth: 0 })
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next
    if (depth > DEEPEST)
      return { offset: token.offset, message: `This nests deeper than ${DEEPEST} levels` }
    if (token.type === "document" && token.value) open.push({ token: token.value, depth })
    if (!("items" in token)) continue
    for (const { key, value } of token.items as { key?: CST.Token; value?: CST.Token }[])
      for (const inner of [key, value]) if (inner) open.push({ token: inner, depth: depth + 1 })
  }
  return undefined
}

/** Aliases that mean nothing, or what they are a part of. */
export function badAliases(document: Document): Misshape[] {
  const found: Misshape[] = []
  visit(document, {
    Alias(_, alias, path) {
      const meant = alias.resolve(document)
      const offset = alias.range?.[0] ?? 0
      const message = `The alias *${alias.source}`
      if (meant === undefined) found.push({ offset, message: `${message} has no anchor before it` })
      else if (path.includes(meant)) found.push({ offset, message: `${message} contains itself` })
    },
  })
  return found
}
