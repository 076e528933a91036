import type { ChannelStatus } from "../../host/boardClient"

/** A channel's status with what a test does not care about filled in. */
export function status(some: Partial<ChannelStatus> = {}): ChannelStatus {
  return {
    channel: 0,
    state: "Running",
    fault: "None",
    pause: "None",
    end: "Program",
    waitsForPerson: false,
    test: 1,
    step: 0,
    cycle: 1,
    testTime_s: 0,
    stepTime_s: 0,
    voltage_V: 0.05,
    current_A: 0.001,
    stepCharge_Ah: 0,
    temperature_degC: 25,
    ...some,
  }
}
