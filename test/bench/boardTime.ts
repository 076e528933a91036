// How busy is an RP2040 with a control period? An estimate: the VM's time on this machine, times how much
// slower an RP2040 is, plus the time of the transfers.
import { manifest } from "../../sim/manifest"
import { measurePeriods, type Period, type Work } from "./period"
import { measureSlowness } from "./reference"
import { measureRestart, restart_ms } from "./restartTime"

const CHANNELS = 4
const MUST_STAY_BELOW_percent = 50
const P99_MUST_STAY_BELOW_ms = 120
const RESTART_MUST_STAY_BELOW_s = 5
/** Twice in a period the control loop waits so long for conversions. What it keeps, it keeps meanwhile the first time. */
const CONVERSION_ms = 30
/** Before that it lets the clock be read anew. */
const YIELD_ms = 1

/**
 * What the runtime for the RP2040 adds to a transfer's bits (emulated at 125 MHz): a write of three bytes
 * took 321 µs, of which 95 µs are bits; one byte written and two read took 465 µs, of which 122.5 µs are.
 */
const WRITE_CALL_us = 321 - 95
const READ_CALL_us = 465 - 122.5
/** What the simulator adds, whether a transfer reads or not. */
const SIMULATED_CALL_us = 226

/** I2C's time on the RP2040, and SPI's, which the simulator counts as it was measured there. */
function transfers_us({ transfers, reads, i2c_us, transfer_us }: Work): number {
  const spi_us = transfer_us - i2c_us - transfers * SIMULATED_CALL_us
  return i2c_us + (transfers - reads) * WRITE_CALL_us + reads * READ_CALL_us + spi_us
}

const slowness = measureSlowness()
const periods = await measurePeriods(CHANNELS)
const mean = (quantity: (period: Period) => number) =>
  periods.reduce((sum, period) => sum + quantity(period), 0) / periods.length

const perChannel = (quantity: (period: Period) => number, digits: number) =>
  (mean(quantity) / CHANNELS).toFixed(digits)
console.log(
  `I2C per channel and control period: ${perChannel((period) => period.transfers, 1)} transfers, ` +
    `${perChannel((period) => period.bytes, 1)} bytes, ` +
    `${perChannel((period) => period.i2c_us / 1000, 2)} ms of bits at ${manifest.boards.sim.i2c.kHz} kHz`,
)

function row(name: string, values: number[], digits: number): void {
  console.log(name.padEnd(34), ...values.map((value) => value.toFixed(digits).padStart(8)))
}

function share(name: string, vm_us: number, bus_us: number): void {
  const ratios = [slowness.least, slowness.likely, slowness.most]
  const script_ms = ratios.map((ratio) => (vm_us * ratio) / 1000)
  const bus_ms = bus_us / 1000
  row(`${name} script, ms`, script_ms, 1)
  row("              transfers, ms", [bus_ms, bus_ms, bus_ms], 1)
  const percent = script_ms.map((ms) => (100 * (ms + bus_ms)) / manifest.control.period_ms)
  row("              together, %", percent, 0)
}

console.log(`estimate of an RP2040's time per control period of ${CHANNELS} channels`)
console.log("".padEnd(34), ...["least", "likely", "most"].map((word) => word.padStart(8)))
row("its time ÷ this machine's", [slowness.least, slowness.likely, slowness.most], 0)
share(
  "mean:        ",
  mean((period) => period.vm_us),
  mean(transfers_us),
)
const longest = periods.reduce((a, b) =>
  a.vm_us * slowness.likely + transfers_us(a) > b.vm_us * slowness.likely + transfers_us(b) ? a : b,
)
share("longest:     ", longest.vm_us, transfers_us(longest))
console.log(`the mean must stay below ${MUST_STAY_BELOW_percent} %`)

/** How long the loop's periods are: as set, or what work and conversions take where that is more. */
function periods_ms(ratio: number): number[] {
  const took_ms = (work: Work) => (work.vm_us * ratio + transfers_us(work)) / 1000
  return periods
    .map((one) => {
      const aside_ms = took_ms(one.aside)
      const first_ms = Math.max(CONVERSION_ms, aside_ms)
      return YIELD_ms + first_ms + CONVERSION_ms + took_ms(one) - aside_ms
    })
    .map((least_ms) => Math.max(manifest.control.period_ms, least_ms))
    .sort((a, b) => a - b)
}
const ratios = [slowness.least, slowness.likely, slowness.most]
const all_ms = ratios.map(periods_ms)
for (const [name, share] of [
  ["median, ms", 0.5],
  ["90th percentile, ms", 0.9],
  ["99th percentile, ms", 0.99],
] as const)
  row(
    `period:       ${name}`,
    all_ms.map((sorted) => sorted[Math.ceil(share * sorted.length) - 1]),
    1,
  )
console.log(
  `the 99th percentile must stay below ${P99_MUST_STAY_BELOW_ms} ms; here all channels reverse at once, ` +
    "and for 5 s of this minute record each reading",
)

const restart = await measureRestart(CHANNELS)
const simulated_s = restart.simulated_ms / 1000
row("reset to the current again, s", [simulated_s, simulated_s, simulated_s], 1)
row(
  "              with its script, s",
  ratios.map((ratio) => restart_ms(restart, ratio, 2 * CONVERSION_ms) / 1000),
  1,
)
console.log(
  `that must stay below ${RESTART_MUST_STAY_BELOW_s} s; the first is with a script that takes no time`,
)
