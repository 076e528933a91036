import * as service from "../service"

/** A channel now: its last reading, and where its test stands. Names are those of `coincell.md`. */
export interface ChannelStatus {
  channel: number
  /** Idle, Zeroing, Running, Finished, Fault or Paused. */
  state: string
  /** None but in the state Fault. */
  fault: string
  /** None but in the state Paused. */
  pause: string
  /** Why a finished test ended. */
  end: string
  /** It goes on only when a person says so: after a fault, and after a restart that asks. */
  waitsForPerson: boolean
  test: number
  /** Index of the step in the step table; undefined when none runs. */
  step: number | undefined
  cycle: number
  testTime_s: number
  stepTime_s: number
  voltage_V: number
  current_A: number
  stepCharge_Ah: number
  /** Of the board; undefined when its sensor does not answer. */
  temperature_degC: number | undefined
}

const NO_STEP = 255
const NO_TEMPERATURE = -32768

/** Reads a `status` report. */
export function channelStatus(report: service.Values): ChannelStatus {
  const [testTime_ms, stepTime_ms, cycle, voltage_uV, current_nA, charge_nAh, ...rest] =
    report.map(Number)
  const [temperature_cdegC, test, channel, stateCode, faultCode, pauseCode, endCode, step] = rest
  const state = service.enumName("State", stateCode)
  const pause = service.enumName("Pause", pauseCode)
  return {
    channel,
    state,
    fault: service.enumName("Fault", faultCode),
    pause,
    end: service.enumName("End", endCode),
    waitsForPerson: state === "Fault" || (state === "Paused" && pause === "Restart"),
    test,
    step: step === NO_STEP ? undefined : step,
    cycle,
    testTime_s: testTime_ms / 1000,
    stepTime_s: stepTime_ms / 1000,
    voltage_V: voltage_uV / 1e6,
    current_A: current_nA / 1e9,
    stepCharge_Ah: charge_nAh / 1e9,
    temperature_degC: temperature_cdegC === NO_TEMPERATURE ? undefined : temperature_cdegC / 100,
  }
}
