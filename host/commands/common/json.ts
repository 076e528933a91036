import type { ChannelStatus } from "../../boardClient"

/** A channel's status as `--json` prints it: SI units in the names, those of the service in the values. */
export function statusJson(status: ChannelStatus): Record<string, unknown> {
  const { state } = status
  return {
    channel: status.channel,
    state,
    fault: state === "Fault" ? status.fault : null,
    pause: state === "Paused" ? status.pause : null,
    end: state === "Finished" ? status.end : null,
    waits_for_person: status.waitsForPerson,
    test_number: status.test,
    step_index: status.step ?? null,
    cycle: status.cycle,
    test_time_s: status.testTime_s,
    step_time_s: status.stepTime_s,
    voltage_V: status.voltage_V,
    current_A: status.current_A,
    step_charge_Ah: status.stepCharge_Ah,
    temperature_degC: status.temperature_degC ?? null,
  }
}
