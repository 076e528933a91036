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

export interface Period {
  /** Inside the VM, without what the simulated board does when it is called. */
  vm_us: number
  transfers: number
  /** Of those, transfers that read. */
  reads: number
  /** Without address bytes. */
  bytes: number
  /** Of I2C's bits. */
  i2c_us: number
  /** Virtual time of all transfers, SPI's too, as the simulator counts it. */
  transfer_us: number
}

/**
 * One minute of a board whose channels cycle at constant current. A simulation is repeatable, so each
 * period's time is the least of several runs: what else went on in this machine is not in it.
 */
export async function measurePeriods(channels: number): Promise<Period[]> {
  const periods = await run(channels)
  for (let i = 1; i < RUNS; i++)
    for (const [k, { vm_us }] of (await run(channels)).entries())
      periods[k].vm_us = Math.min(periods[k].vm_us, vm_us)
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
    const { transactions, reads, bytes, busy_us } = board.i2c
    const { inside_us, transfer_us } = watch
    board.advanceBy_ms(manifest.control.period_ms)
    periods.push({
      vm_us: watch.inside_us - inside_us,
      transfers: board.i2c.transactions - transactions,
      reads: board.i2c.reads - reads,
      bytes: board.i2c.bytes - bytes,
      i2c_us: board.i2c.busy_us - busy_us,
      transfer_us: watch.transfer_us - transfer_us,
    })
  }
  watch.stop()
  await rig.close()
  return periods
}

/** Stops whenever the VM is left, to the board's port or for good. It sees every VM of this process. */
export class VmWatch {
  inside_us = 0
  transfer_us = 0
  private entered_ms = 0
  private readonly process = Vm.prototype.process
  private readonly message = Port.prototype.message

  constructor({ clock }: SimulatedBoard) {
    const watch = this
    Vm.prototype.process = function (this: Vm) {
      const { now_us } = clock
      watch.enter()
      const wait_us = watch.process.call(this)
      watch.leave()
      watch.transfer_us += clock.now_us - now_us
      return wait_us
    }
    Port.prototype.message = function (this: Port, ...message) {
      watch.leave()
      const answer = watch.message.apply(this, message)
      watch.enter()
      return answer
    }
  }

  stop(): void {
    Vm.prototype.process = this.process
    Port.prototype.message = this.message
  }

  private enter(): void {
    this.entered_ms = performance.now()
  }

  private leave(): void {
    this.inside_us += (performance.now() - this.entered_ms) * 1000
  }
}
