import { type ResultType, Simulation } from "eecircuit-engine"

/** What a run gives: the sweep's variable and the saved vectors, all of one length. */
export interface Waves {
  /** Time in s or frequency in Hz; empty for other analyses. */
  x: Float64Array
  /** @throws Error if the deck saved no vector of that name, or a complex one */
  real(name: string): Float64Array
  /** @throws Error if the deck saved no vector of that name, or a real one */
  complex(name: string): Complex[]
}

export interface Complex {
  re: number
  im: number
}

/** ngspice as WebAssembly, inside this process: about a second to start, 300 MB and more once it has run. */
export class Ngspice {
  private hasRun = false

  private constructor(private readonly engine: Simulation) {}

  static async start(): Promise<Ngspice> {
    const engine = new Simulation()
    await quietly(() => engine.start())
    return new Ngspice(engine)
  }

  /**
   * Runs a deck with one analysis; its first line is a title, and `.end` is added.
   * @throws Error with what ngspice said, if it did not come to the analysis' end
   */
  async run(deck: string): Promise<Waves> {
    // Circuits stay loaded until they are removed; the one before is then the second.
    const forget = this.hasRun ? "\n.control\nsetcirc 2\nremcirc\n.endc" : ""
    this.hasRun = true
    // The engine takes the title's letters for bytes when it looks for the data.
    const plain = deck.replace(/[^ -~\n]/g, "?")
    this.engine.setNetList(`${plain}${forget}\n.end\n`)
    const result = await this.result(deck.split("\n")[0])
    const find = (name: string) => {
      const found = result.data.find((vector) => vector.name === name)
      if (found === undefined)
        throw new Error(`no ${name} among ${result.variableNames.join(", ")}`)
      return found.values
    }
    const real = (name: string) => Float64Array.from(find(name) as number[])
    const complex = (name: string) =>
      (find(name) as { real: number; img: number }[]).map((z) => ({ re: z.real, im: z.img }))
    const first = result.variableNames[0]
    if (first === "time") return { x: real(first), real, complex }
    if (first === "frequency")
      return { x: Float64Array.from(complex(first), (z) => z.re), real, complex }
    return { x: new Float64Array(), real, complex }
  }

  /** A run that fails never resolves in the engine, so what it says on console.error decides. */
  private result(title: string): Promise<ResultType> {
    return quietly(
      () =>
        new Promise((resolve, reject) => {
          const complaints: string[] = []
          console.error = (line: string) => {
            if (/^(Note|Warning):/.test(line)) return
            complaints.push(line.trim())
            // The rest of what it has to say comes before it next yields.
            setTimeout(() => reject(new Error(`ngspice, "${title}": ${complaints.join("; ")}`)))
          }
          this.engine.runSim().then((result) => complaints.length > 0 || resolve(result), reject)
        }),
    )
  }
}

/** The engine speaks on console.error, notes on convergence included. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const speak = console.error
  console.error = () => {}
  try {
    return await work()
  } finally {
    console.error = speak
  }
}
