// What does a control period take: time inside the VM, and transfers?
import type { SimulatedBoard } from "../../sim/board"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { kneadedLithiumAlN_1 } from "../../sim/cells/parameters/Ma2024"
import { manifest } from "../../sim/manifest"
import { Port } from "../../sim/port"
import { Vm } from "../../sim/vm/vm"
import { protocol, start, startRig } from "../scenario/harness"

const RUNS = 6
const PERIODS = 600
/** So that all channels reverse their current once while this watches, with the burst of records after it. */
const STEP_s = 60
const CONVERTERS = manifest.chips.adc.addresses.map(Number)

export interface Work {
  /** Inside the VM, without what the simulated board does when it is called. */
  vm_us: number
  transfers: number
  /** Of those, transfers that read. */
  reads: number
  /** Of I2C's bits. */
  i2c_us: number
  /** Virtual time of all transfers, SPI's too, as the simulator counts it. */
  transfer_us: number
}

export interface Period extends Work {
  /** Without address bytes. */
  bytes: number
  /** Of that work, what is done while the first conversions run, which the loop waits for anyway. */
  aside: Work
}

/**
 * One minute of a board whose channels cycle at constant current. A simulation is repeatable, so each
 * period's time is the least of several runs: what else went on in this machine is not in it.
 */
export async function measurePeriods(channels: number): Promise<Period[]> {
  const periods = await run(channels)
  for (let i = 1; i < RUNS; i++)
    for (const [k, { vm_us, aside }] of (await run(channels)).entries()) {
      periods[k].vm_us = Math.min(periods[k].vm_us, vm_us)
      periods[k].aside.vm_us = Math.min(periods[k].aside.vm_us, aside.vm_us)
    }
  return periods
}

async function run(channels: number): Promise<Period[]> {
  const cells = Array.from({ length: channels }, () => new LithiumSymmetric(kneadedLithiumAlN_1))
  // With the MCU's clock as virtual time, its periods stay in step with those that are watched.
  const rig = await startRig({ seed: 1, cells, errors: { crystal: false } })
  const half = (current_mA: number) =>
    ({ step: "constant_current", current_mA, until_time_s: STEP_s }) as const
  const cycling = protocol([half(1.5), half(-1.5), { step: "loop", loop_to: 1, cycle_count: 1000 }])
  for (const channel of cells.keys()) await start(rig, channel, 1, cycling)
  await rig.link.sleep_ms(60_000)
  const { board } = rig
  board.onFrame = () => {}
  // A period is watched from 15 ms after one of its transfers on: nothing is under way then.
  const { transactions } = board.i2c
  while (board.i2c.transactions === transactions) board.advanceBy_ms(1)
  board.advanceBy_ms(15)
  const watch = new VmWatch(board)
  const periods: Period[] = []
  for (let i = 0; i < PERIODS; i++) {
    const began = watch.work()
    const { bytes } = board.i2c
    watch.aside = none
    board.advanceBy_ms(manifest.control.period_ms)
    periods.push({
      ...since(began, watch.work()),
      bytes: board.i2c.bytes - bytes,
      aside: watch.aside,
    })
  }
  watch.stop()
  await rig.close()
  return periods
}

const none: Work = { vm_us: 0, transfers: 0, reads: 0, i2c_us: 0, transfer_us: 0 }

function since(before: Work, now: Work): Work {
  return {
    vm_us: now.vm_us - before.vm_us,
    transfers: now.transfers - before.transfers,
    reads: now.reads - before.reads,
    i2c_us: now.i2c_us - before.i2c_us,
    transfer_us: now.transfer_us - before.transfer_us,
  }
}

/** Stops whenever the VM is left, to the board's port or for good. It sees every VM of this process. */
export class VmWatch {
  inside_us = 0
  /** Of which from one call of the board to the next. */
  readonly parts_us: number[] = []
  /** The most that was done between a converter's start and the next word to any converter. */
  aside = none
  private transfer_us = 0
  private entered_ms = 0
  /** Of the clock; undefined outside the VM. */
  private entered_us: number | undefined
  private started: Work | undefined
  private readonly process = Vm.prototype.process
  private readonly message = Port.prototype.message

  constructor(private readonly board: SimulatedBoard) {
    const watch = this
    const { clock, i2c } = board
    Vm.prototype.process = function (this: Vm) {
      watch.entered_us = clock.now_us
      watch.enter()
      const wait_us = watch.process.call(this)
      watch.leave()
      watch.transfer_us += clock.now_us - watch.entered_us
      watch.entered_us = undefined
      return wait_us
    }
    Port.prototype.message = function (this: Port, ...message) {
      watch.leave()
      const answer = watch.message.apply(this, message)
      watch.enter()
      return answer
    }
    const transact = i2c.transact.bind(i2c)
    i2c.transact = (address, write, read) => {
      const isConverter = CONVERTERS.includes(address)
      if (isConverter) this.endAside()
      const answer = transact(address, write, read)
      if (isConverter && read.length === 0) this.started = this.work()
      return answer
    }
  }

  /** All so far. */
  work(): Work {
    const { clock, i2c } = this.board
    const { transactions, reads, busy_us } = i2c
    const under_us = this.entered_us === undefined ? 0 : clock.now_us - this.entered_us
    const transfer_us = this.transfer_us + under_us
    return { vm_us: this.inside_us, transfers: transactions, reads, i2c_us: busy_us, transfer_us }
  }

  stop(): void {
    Vm.prototype.process = this.process
    Port.prototype.message = this.message
  }

  private endAside(): void {
    if (this.started === undefined) return
    const aside = since(this.started, this.work())
    if (aside.vm_us > this.aside.vm_us) this.aside = aside
    this.started = undefined
  }

  private enter(): void {
    this.entered_ms = performance.now()
  }

  private leave(): void {
    const part_us = (performance.now() - this.entered_ms) * 1000
    this.inside_us += part_us
    this.parts_us.push(part_us)
  }
}
