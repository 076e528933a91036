// `npm run test:pico -- --runtime FILE.uf2 [--bootrom FILE.bin] [--seed N] [--quiet-minutes N]`: the firmware as
// the chip runs it. sim/pico/README.md tells where the files come from.
import { parseArgs } from "node:util"
import { TesterError } from "../../host/errors"
import { type Bar, bars } from "./bars"
import { compareTables, type Difference } from "./compare"
import { picoTarget, vmTarget } from "./targets"
import { CURRENTS_mA, runTrial, type TrialOptions, type TrialResult } from "./trial"

const CYCLES = 2
const HALF_CYCLE_s = 60

try {
  process.exitCode = await main()
} catch (error) {
  // What a person can mend is told without a stack.
  if (!(error instanceof TesterError) && !isOfArguments(error)) throw error
  console.error(error.message)
  process.exitCode = 2
}

async function main(): Promise<number> {
  // jacdac-ts tells every step of its connections there.
  console.debug = () => {}
  const { values } = parseArgs({
    options: {
      runtime: { type: "string" },
      bootrom: { type: "string" },
      seed: { type: "string", default: "1" },
      "quiet-minutes": { type: "string", default: "30" },
    },
  })
  const { runtime, bootrom } = values
  if (runtime === undefined) {
    console.log(
      "test:pico is skipped: 'npm run test:pico -- --runtime devicescript-rp2040-pico.uf2' runs it, with DeviceScript's " +
        "runtime for the Pico, from github.com/microsoft/devicescript-pico/releases; the chip's boot ROM, --bootrom " +
        "FILE.bin, is optional (sim/pico/README.md).",
    )
    return 0
  }
  const seed = whole("seed", values.seed)
  const quiet_minutes = whole("quiet-minutes", values["quiet-minutes"])
  const options: TrialOptions = { seed, cycles: CYCLES, halfCycle_s: HALF_CYCLE_s, quiet_minutes }
  const target = await picoTarget(runtime, bootrom)
  console.log(`Simulated board, VM, seed ${seed} …`)
  const vm = await runTrial(vmTarget(), { ...options, quiet_minutes: 0 })
  console.log(`Emulated Pico, ${bootrom === undefined ? "our boot ROM" : "its boot ROM"} …`)
  const began_ms = performance.now()
  const pico = await runTrial(target, options)
  const wall_s = (performance.now() - began_ms) / 1000
  const differences = compareTables(pico.tables, vm.tables, CURRENTS_mA)
  printTable(pico, vm)
  printDifferences(differences)
  const all = bars(pico, differences)
  printBars(all)
  console.log(`${wall_s.toFixed(0)} s of this machine.`)
  return all.every((one) => one.isMet) ? 0 : 1
}

function whole(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new TesterError(`--${option} ${text}: a whole number is wanted.`)
}

/** `parseArgs` throws no class of its own. */
function isOfArguments(error: unknown): error is Error {
  return error instanceof Error && "code" in error && `${error.code}`.startsWith("ERR_PARSE_ARGS")
}

function printTable(pico: TrialResult, vm: TrialResult): void {
  console.log("channel cycle      plated, mAh    stripped, mAh            η, mV           2η, mV")
  for (const [name, { tables }] of [["Pico", pico] as const, ["VM", vm] as const])
    for (const [channel, rows] of tables.entries())
      for (const row of rows)
        console.log(
          name.padEnd(5),
          String(channel).padStart(2),
          String(row.cycle).padStart(5),
          (row.plating?.charge_mAh.toFixed(5) ?? "–").padStart(16),
          (row.stripping?.charge_mAh.toFixed(5) ?? "–").padStart(16),
          milli(row.plating?.overpotential_V).padStart(16),
          milli(row.hysteresis_V).padStart(16),
        )
}

function milli(value_V: number | undefined): string {
  return value_V === undefined ? "–" : (1000 * value_V).toFixed(3)
}

function printDifferences(differences: readonly Difference[]): void {
  for (const one of differences)
    if (!one.isWithin)
      console.log(
        `channel ${one.channel}, cycle ${one.cycle}, ${one.quantity}: ${one.one} against ${one.other}, ` +
          `more than ${one.tolerance} apart`,
      )
}

function printBars(all: readonly Bar[]): void {
  for (const { what, measured, required, isMet } of all)
    console.log(`${isMet ? "met   " : "MISSED"} ${what}: ${measured}; required ${required}`)
}
