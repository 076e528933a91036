import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

type Line = Record<string, unknown> & { engine?: string; what?: string }

/** What is in a folder of results, as a Markdown table. */
export function tableOf(folder: string): string {
  const rows = [...cutRows(join(folder, "results.jsonl")), ...soakRows(folder)]
  return ["| tried | engine | how many | wrong |", "| --- | --- | --- | ---: |", ...rows].join("\n")
}

function cutRows(path: string): string[] {
  if (!existsSync(path)) return []
  return linesOf(path).map(({ what, engine, seed, ...n }) => {
    const lives = `${count(n.cuts)} cuts in ${count(n.lives)} lives`
    switch (what) {
      case "cuts":
        return `| power cuts at random bytes, seed ${seed} | ${engine} | ${lives} | ${n.failures} |`
      case "every":
        return `| a power cut at each byte: ${n.scenario}, seed ${seed} | ${engine} | ${count(n.lives)} of ${count(n.bytes)} | ${n.failures} |`
      default:
        return `| ${what}, seed ${seed} | ${engine} | ${JSON.stringify(n)} | |`
    }
  })
}

/** Of each leg: what its end says or, while it runs, its last day. */
function soakRows(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /-leg-\d+\.jsonl$/.test(name))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .map((name) => {
      const [, engine, leg] = /^(\w+)-leg-(\d+)/.exec(name) ?? []
      const lines = linesOf(join(folder, name))
      const problems = lines.filter(({ problem }) => problem !== undefined).length
      const last = lines.filter(({ counts }) => counts !== undefined).at(-1)
      if (last === undefined) return `| soak, leg ${leg} | ${engine} | begun | ${problems} |`
      const counts = last.counts as Record<string, number>
      const sum = (pattern: RegExp) =>
        Object.entries(counts)
          .filter(([kind]) => pattern.test(kind))
          .reduce((all, [, n]) => all + n, 0)
      const days = Number(last.days ?? last.day).toFixed(1)
      const { checked } = last.tests as { checked: number }
      const tried = [
        `${days} days`,
        `${sum(/cuts/)} cuts`,
        `${sum(/resets/)} resets`,
        `${sum(/stalls/)} stalls`,
        `${sum(/^chip/)} faults of chips`,
        `${sum(/^cell/)} of cells`,
        `${sum(/^relay/)} of relays`,
        `${checked} tests`,
        `${count(last.pages)} pages`,
      ]
      const { sameAsNode } = lines.find((line) => line.sameAsNode !== undefined) ?? {}
      const mark = String(last.end).slice(0, 8)
      const end =
        last.end === undefined ? "" : `, ${mark}${sameAsNode === true ? " as in Node" : ""}`
      return `| soak, leg ${leg}${end} | ${engine} | ${tried.join(", ")} | ${problems} |`
    })
}

function linesOf(path: string): Line[] {
  const text = readFileSync(path, "utf8").trim()
  return text === "" ? [] : text.split("\n").map((line) => JSON.parse(line) as Line)
}

function count(n: unknown): string {
  return Number(n).toLocaleString("en")
}
