/** Something that a channel is judged by. */
export interface Limit {
  /** What is measured, as the table names it. */
  what: string
  unit: string
  least?: number
  most?: number
  /** This part of the reading comes on top of `most`, to both sides. */
  ofReading?: number
  /** Where the limit comes from. */
  why: string
}

/**
 * What a channel is accepted by: the one table of the acceptance test, which `hardware/GUIDE.md` repeats. "Promise"
 * is ±0.05 % of 5 V and of 50 mA.
 */
export const LIMITS = {
  temperature: {
    what: "temperature of the board",
    unit: "°C",
    least: 10,
    most: 40,
    why: "the thermometer answers, and the room is one in which a calibration holds",
  },
  clock: {
    what: "board's clock against the PC's",
    unit: "ppm",
    least: -500,
    most: 500,
    why: "crystals are within 100 ppm; USB delays a telegram by some 10 ms of a minute",
  },
  restarts: {
    what: "restarts meanwhile",
    unit: "",
    most: 0,
    why: "neither brown-out nor watchdog acts at full current",
  },
  lostPages: {
    what: "log pages lost",
    unit: "",
    most: 0,
    why: "FRAM and flash keep what is written, checked by each page's CRC",
  },
  dummy: {
    what: "dummy against 100 Ω",
    unit: "%",
    least: -0.2,
    most: 0.2,
    why: "its own 0.1 %, the common mode at 20 mA, the standard's error, 5 K",
  },
  voltageOffset: {
    what: "voltage offset that zeroing takes away",
    unit: "mV",
    least: -5,
    most: 5,
    why: "two buffers of 0.75 mV and the converter, ÷ 0.4: 3.8 mV at most",
  },
  zeroVoltage: {
    what: "voltage at 0 A on the standard",
    unit: "mV",
    least: -0.1,
    most: 0.1,
    why: "what Li‖Li cells are to be resolved to",
  },
  voltageNoise: {
    what: "noise of the voltage, rms",
    unit: "µV",
    most: 50,
    why: "some four times the converter's own, 4.4 µV ÷ 0.4 (SBAS751, turbo, gain 1)",
  },
  currentNoise: {
    what: "noise of the current, rms",
    unit: "µA",
    most: 1,
    why: "steps of 0.39 µA of the fine DAC, to and fro",
  },
  current: {
    what: "current off its set-point",
    unit: "µA",
    least: -1,
    most: 1,
    why: "the loop is closed on the reading; farther off, the output stage has no room",
  },
  standard: {
    what: "V − I × standard",
    unit: "mV",
    least: -0.1,
    most: 0.1,
    ofReading: 0.02e-2,
    why: "less than half the promise, right after a calibration with the same standard",
  },
  settling: {
    what: "set-point reached after",
    unit: "s",
    most: 0.5,
    why: "three periods of corrections, at 0.1 s each",
  },
  shorted: {
    what: "voltage of the short",
    unit: "mV",
    least: -1,
    most: 1,
    why: "the common mode, 1 V on the shunt, is calibrated away; 20 mΩ of joint are 1 mV",
  },
} as const satisfies Record<string, Limit>

/** A set-point counts as reached within this part of it, or this current: the board's own criterion. */
export const REACHED_SHARE = 0.01
export const REACHED_A = 20e-6

export type LimitName = keyof typeof LIMITS
