import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { planTest, startTests } from "../../host/start"
import { download } from "../../host/store/download"
import { Store } from "../../host/store/store"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { kneadedLithiumAlN_1 } from "../../sim/cells/parameters/Ma2024"
import { finish, startRig } from "../scenario/harness"

/** Name of the cell, which means to be read as HTML. */
export const CELL_NAME = 'K-Li <b>&"1"</b>'

export interface SmallStore {
  folder: string
  /** Of the only test. */
  id: string
  remove(): void
}

/**
 * A store with one test of two short cycles on an uncalibrated simulated board, paused for a while.
 * @param cell what cell.yaml has besides the name
 */
export async function smallStore(seed: number, cell: Record<string, unknown>): Promise<SmallStore> {
  const folder = mkdtempSync(join(tmpdir(), "coincell-"))
  const rig = await startRig({ seed, cells: [new LithiumSymmetric(kneadedLithiumAlN_1)] })
  const session = {
    link: rig.link,
    board: rig.client,
    firmware: await rig.client.firmware(),
    isSimulated: true,
    close: rig.close,
  }
  await rig.client.setTime(rig.link.unixTime_ms)
  const step = (current_mA: number) => ({
    step: "constant_current",
    current_mA,
    until_time_s: 60,
  })
  const protocol = {
    record: { time_s: 1 },
    safety: { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 45 },
    allow_uncalibrated: true,
    method: [
      { step: "tag", tag: "a" },
      step(1.5),
      step(-1.5),
      { step: "loop", loop_to: "a", cycle_count: 2 },
    ],
  }
  const store = Store.open(folder)
  const [{ id }] = await startTests(session, store, [
    planTest(
      0,
      { fileName: "short.json", text: JSON.stringify(protocol) },
      { fileName: "cell.yaml", text: JSON.stringify({ name: CELL_NAME, ...cell }) },
    ),
  ])
  await rig.link.sleep_ms(100_000)
  await rig.client.pause(0)
  await rig.link.sleep_ms(120_000)
  await rig.client.resume(0)
  await finish(rig, 1000)
  await rig.link.sleep_ms(1500)
  await download(session, store.board(rig.client.id))
  await rig.close()
  return { folder, id, remove: () => rmSync(folder, { recursive: true }) }
}
