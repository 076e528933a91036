import { describe, expect, test } from "vitest"
import { Watchdog } from "../../sim/watchdog"

const INTERVAL_us = 8e6

function fedAt(...edges_s: number[]): Watchdog {
  const watchdog = new Watchdog(INTERVAL_us)
  watchdog.begin(0)
  for (const edge_s of edges_s) {
    watchdog.setDone(0, edge_s * 1e6)
    watchdog.setDone(1, edge_s * 1e6)
  }
  return watchdog
}

describe("TPL5010 (SNAS651, sections 8.3.2 and 8.3.3)", () => {
  test("resets at the end of an interval without a rising edge at DONE", () => {
    expect(fedAt().bites_us).toBe(8e6)
    const watchdog = fedAt()
    expect(watchdog.expires(7.999e6)).toBe(false)
    expect(watchdog.expires(8e6)).toBe(true)
  })

  test("only the first edge of an interval counts: the next one begins where this ends", () => {
    expect(fedAt(0.1).bites_us).toBe(16e6)
    expect(fedAt(0.1, 0.2, 7.9).bites_us).toBe(16e6)
    expect(fedAt(0.1, 8.1).bites_us).toBe(24e6)
  })

  test("a level is no edge, nor is a falling one", () => {
    const watchdog = fedAt(1)
    watchdog.setDone(1, 9e6)
    watchdog.setDone(0, 10e6)
    expect(watchdog.expires(16e6)).toBe(true)
  })

  test("after a reset the intervals begin anew; without power it does nothing", () => {
    const watchdog = fedAt()
    expect(watchdog.expires(8e6)).toBe(true)
    watchdog.begin(8e6)
    expect(watchdog.bites_us).toBe(16e6)
    watchdog.powerOff()
    expect(watchdog.expires(1e12)).toBe(false)
  })
})
