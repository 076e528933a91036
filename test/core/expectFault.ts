import { expect } from "vitest"
import * as states from "../../firmware/core/states"
import type { Bench } from "./channelBench"

/** What a bench must show after a fault, now and when all that was wrong is well again. */
export function expectFault(bench: Bench, fault: number): void {
  expect(bench.channel.fault).toBe(fault)
  expect(bench.channel.state).toBe(states.STATE_FAULT)
  expect(bench.relayClosed[0]).toBe(false)
  bench.outputsAnswer = bench.dacsAnswer = bench.fram.answers = true
  bench.run(5)
  expect(bench.isRelayClosed).toBe(false)
  expect(bench.isAwake).toBe(false)
  expect(bench.channel.state).toBe(states.STATE_FAULT)
  expect(bench.records.faults).toEqual([fault])
  expect(bench.records.testEnds).toEqual([])
}
