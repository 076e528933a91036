import { join } from "node:path"

/** Where a run is kept: `papers/<paper>/<run>` in the data folder, whatever characters its key has. */
export function folderOf(data: string, key: string): string {
  const [paper, ...rest] = key.split("/")
  return join(data, "papers", fileName(paper), fileName(rest.join("/")))
}

/** What some file system does not take, as `%` and its code. */
function fileName(text: string): string {
  return text.replace(/[%\\/:*?"<>|]|[ .]$/g, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase()
    return `%${code.padStart(2, "0")}`
  })
}
