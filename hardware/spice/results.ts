import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

export const RESULTS = fileURLToPath(new URL("RESULTS.md", import.meta.url))

export function resultsOf(sections: readonly string[]): string {
  return `# What SPICE says of the channel

Written by \`npm run spice\` from [\`components.ts\`](../components.ts) and the decks in this folder; \`npm test\` asserts
every bar, and that these tables are what the decks give. Nothing here is verified on copper. The op amp is a
macromodel of TI's figures ([\`opAmp.ts\`](opAmp.ts)), of which the output impedance is from memory, and so spread by
a factor of two to both sides.

${sections.map((section) => section.trim()).join("\n\n")}
`
}

/** What RESULTS.md says under a title, the title included. */
export function recordedSection(title: string): string | undefined {
  if (!existsSync(RESULTS)) return undefined
  const sections = readFileSync(RESULTS, "utf8").split(/^## /m)
  return sections.find((section) => section.startsWith(`${title}\n`))
}
