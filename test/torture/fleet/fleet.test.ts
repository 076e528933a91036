import { expect, test } from "vitest"
import { hasMosquitto } from "../../agent/mosquitto"
import { hasPostgres } from "../../catalogue/postgres"
import { endureFleet } from "./fleet"

const SEED = 5

test.skipIf(!hasMosquitto || !hasPostgres)(
  `broker, database, bucket and agent fail while tests are ordered: dataset, broker and catalogue have what the log has, seed ${SEED}`,
  async () => {
    const { problems, counts } = await endureFleet({
      seed: SEED,
      hosts: 1,
      boardsPerHost: 1,
      engine: "native",
      speed: 100,
      lab_s: 120,
      well_s: [0.5, 2],
      trouble_s: [0.2, 0.6],
      ordersPer_s: 4,
      networks: ["shut", "slow", "cut", "busy"],
    })
    expect(problems).toEqual([])
    expect(counts.tests).toBeGreaterThan(0)
    expect(counts.records).toBeGreaterThan(100)
  },
  // Real processes and real time: more on a busy machine.
  300_000,
)
