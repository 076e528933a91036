// Makes dist/ before the package is packed: its typed entry as JavaScript and declarations, since Node strips no
// types below node_modules. The commands run from the sources, which the package has, too.
import { readFileSync, rmSync } from "node:fs"
import { dirname, join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import ts from "typescript"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const ENTRY = join(root, "host/index.ts")
const OUT = join(root, "dist")

/** Files that the sources read beside themselves stay where they are: the package has the sources, too. */
const ownUrl = {
  name: "own-url",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8")
      const from = relative(OUT, path).split(sep).join("/")
      const url = `new URL(${JSON.stringify(from)}, import.meta.url).href`
      return { contents: source.replaceAll("import.meta.url", url), loader: "ts" }
    })
  },
}

function buildScript() {
  return build({
    entryPoints: [ENTRY],
    outfile: join(OUT, "index.js"),
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    plugins: [ownUrl],
    logLevel: "warning",
  })
}

/** Node's resolution, which reads the declarations elsewhere, wants file names whole. */
function withExtensions(declarations) {
  return declarations.replace(/(from |import\()"(\.[^"]+)"/g, '$1"$2.js"')
}

/** Declarations of the entry and of all that they name, one file for each source. */
function buildDeclarations() {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const program = ts.createProgram([ENTRY], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
    // 'npm test' has checked all of this.
    noCheck: true,
    rootDir: root,
    outDir: OUT,
  })
  const texts = new Map()
  const { diagnostics } = program.emit(undefined, (path, text) =>
    texts.set(path, withExtensions(text)),
  )
  if (diagnostics.length > 0)
    throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost(options)))
  const wanted = new Set()
  const want = (path) => {
    if (wanted.has(path) || !texts.has(path)) return
    wanted.add(path)
    for (const [, from] of texts.get(path).matchAll(/(?:from |import\()"(\.[^"]+)\.js"/g))
      want(`${join(dirname(path), from)}.d.ts`)
  }
  want(join(OUT, "host/index.d.ts"))
  for (const path of wanted) ts.sys.writeFile(path, texts.get(path))
}

rmSync(OUT, { recursive: true, force: true })
await buildScript()
buildDeclarations()
