import { readFileSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { build } from "esbuild"

const ROOT = fileURLToPath(new URL("../../..", import.meta.url))

/**
 * The command line tool in one file, which starts in a third of the time that its sources take.
 * @param folder where it goes
 * @returns its path
 */
export async function coincellProgram(folder: string): Promise<string> {
  const outfile = join(folder, "coincell.mjs")
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"))
  await build({
    entryPoints: [join(ROOT, "host/cli.ts")],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    plugins: [
      {
        name: "files beside the sources",
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path }) => ({
            contents: readFileSync(path, "utf8").replaceAll(
              "import.meta.url",
              JSON.stringify(pathToFileURL(path).href),
            ),
            loader: "ts",
          }))
        },
      },
    ],
    logLevel: "error",
  })
  return outfile
}
