import { endureFleet } from "./fleet"
import { NETWORKS } from "./plan"

/**
 * An hour of a lab's life, or as long as is asked for: two computers with two boards each, at fifteen times the speed.
 * @param lab_s of the lab
 * @returns what was wrong, and what was done to it
 */
export function tortureFleet(seed: number, lab_s: number, engine: "vm" | "native") {
  return endureFleet(
    {
      seed,
      hosts: 2,
      boardsPerHost: 2,
      engine,
      speed: 15,
      lab_s,
      well_s: [4, 20],
      trouble_s: [0.3, 6],
      ordersPer_s: 0.5,
      networks: NETWORKS,
    },
    console.log,
  )
}
