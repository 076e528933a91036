/** Draws the guide's pictures and fills its tables: `npm run guide`. A test tells when they are not up to date. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { PICTURES } from "./pictures"
import { withTables } from "./tables"

const folder = new URL("pictures/", import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [name, draw] of Object.entries(PICTURES)) writeFileSync(new URL(name, folder), draw())

const guide = new URL("../GUIDE.md", import.meta.url)
writeFileSync(guide, withTables(readFileSync(guide, "utf8")))
