/**
 * How one board differs from its schematic. Every error is drawn from a random stream of its own, and
 * can be left out without changing any other.
 *
 * Sizes are typical (taken as sigma) and maximum (never passed). "Budget" is the reference design's
 * error budget in ppm of full scale over ±5 °C and 1000 h; its uncalibrated lines, 0.072/0.35 % in
 * current and 0.080/0.40 % in voltage, are RSS and sum of the tolerances below.
 */
import { type AdcErrors, ads122c04Noise_V } from "./chips/ads122c04"
import type { DacErrors } from "./chips/mcp4728"
import { Random } from "./random"

const SIZES = {
  shuntTolerance: [500e-6, 1000e-6], // 20 Ω 0.1 %
  shuntTempco: [5e-6, 10e-6], // 1/K: 10 ppm part; budget 25/50 ppm
  dividerTolerance: [600e-6, 1500e-6], // 0.1 % resistors; from the budget's uncalibrated lines
  dividerTempco: [6e-6, 30e-6], // 1/K: budget 30/150 ppm
  dummyTolerance: [500e-6, 1000e-6], // 100 Ω 0.1 %
  senseOffset: [125e-6, 750e-6], // V, each of two buffers: TLV9154 (SBOS986; maximum from memory)
  senseOffsetDrift: [0.3e-6, 1.2e-6], // V/K: TLV9154 typical; maximum assumed
  commonMode: [50e-6, 150e-6], // V/V: budget 10/30 ppm of 5 V, at 50 mA, which put 1 V on the shunt
  setpointOffset: [125e-6, 750e-6], // V on the shunt: TLV9154; at most the budget's 37 µA untrimmed
  setpointOffsetDrift: [0.3e-6, 1.2e-6], // V/K: as the sense buffers
  setpointGain: [600e-6, 1500e-6], // ratio of 0.1 % resistors, as the divider
  dacReference: [500e-6, 1000e-6], // assumed: an ordinary 0.1 % 4.096 V reference
  dacReferenceDrift: [10e-6, 50e-6], // 1/K: assumed, of the same part
  dacOffset: [5e-3, 20e-3], // V, upward: MCP4728 (DS22187E, DC accuracy)
  dacGain: [4000e-6, 12500e-6], // MCP4728: 0.4 % typical, ±1.25 % of full scale
  dacNonlinearity: [2, 13], // LSB: MCP4728
  adcOffset: [4e-6, 30e-6], // V: from memory of the ADS1220, its SPI twin
  adcOffsetDrift: [0.08e-6, 0.3e-6], // V/K: the same
  adcGain: [150e-6, 1000e-6], // each PGA gain; from the budget's uncalibrated lines
  adcGainDrift: [1e-6, 4e-6], // 1/K: with the next, budget 8/35 ppm
  adcNonlinearity: [6e-6, 15e-6], // of full scale, end-point fit
  adcReference: [500e-6, 1500e-6], // internal 2.048 V; from the budget's uncalibrated lines
  adcReferenceDrift: [5e-6, 30e-6], // 1/K: budget 25/150 ppm
  adcReferenceAgeing: [50e-6, 100e-6], // after 1000 h: budget 50/100 ppm; grows as √t (assumed)
  adcClock: [0.01, 0.02], // ±2 % maximum
  crystal: [10e-6, 30e-6], // ±30 ppm
} as const satisfies Record<string, readonly [typical: number, maximum: number]>

type DrawnError = keyof typeof SIZES
export type AnalogErrorName = DrawnError | "shuntSelfHeating" | "adcNoise"

/** What is absent is on. */
export type AnalogErrorSwitches = Partial<Record<AnalogErrorName, boolean>> | "none"

/** Of the shunt above its surroundings: 50 mW at 50 mA then cost the budget's 21/42 ppm. */
const SHUNT_HEATING_K_per_W = 84
const CALIBRATION_C = 25

/** What a channel's errors have from its board. */
export interface BoardConditions {
  readonly temperature_C: number
  /** Of the reference that the DACs and the summer's mid-scale share. */
  readonly dacReferenceError: number
}

/** Relative where no unit is named; tempcos count from 25 °C. */
export interface ChannelErrors {
  readonly board: BoardConditions
  readonly shuntTolerance: number
  readonly shuntTempco_per_K: number
  readonly shuntSelfHeating_per_W: number
  readonly dividerTolerance: number
  readonly dividerTempco_per_K: number
  readonly dummyTolerance: number
  readonly senseOffset_V: number
  readonly senseOffset_V_per_K: number
  readonly commonMode_V_per_V: number
  readonly setpointOffset_V: number
  readonly setpointOffset_V_per_K: number
  readonly setpointGainError: number
}

/** One board. Its temperature and age may be moved at any time; all errors follow. */
export interface BoardErrors extends BoardConditions {
  temperature_C: number
  /** Hours of operation. */
  age_h: number
  readonly channels: readonly ChannelErrors[]
  /** One a channel. */
  readonly adcs: readonly AdcErrors[]
  readonly dacCoarse: DacErrors
  readonly dacFine: DacErrors
  /** The MCU's clock runs fast by this fraction. */
  readonly crystalError: number
}

/** One ADC's errors at its board's temperature and age. */
class DriftingAdcErrors implements AdcErrors {
  constructor(
    private readonly board: Pick<BoardErrors, "temperature_C" | "age_h">,
    private readonly offset: { at25C_V: number; drift_V_per_K: number },
    private readonly reference: { at25C: number; drift_per_K: number; ageing: number },
    readonly gainError: number[],
    readonly integralNonlinearity: number,
    readonly clockError: number,
    readonly noise_V: AdcErrors["noise_V"],
  ) {}

  get offset_V(): number {
    const { at25C_V, drift_V_per_K } = this.offset
    return at25C_V + drift_V_per_K * (this.board.temperature_C - CALIBRATION_C)
  }

  get reference_V(): number {
    const { at25C, drift_per_K, ageing } = this.reference
    const drift = drift_per_K * (this.board.temperature_C - CALIBRATION_C)
    return 2.048 * (1 + at25C + drift + ageing * Math.sqrt(this.board.age_h / 1000))
  }
}

export function drawBoardErrors(
  seed: number,
  channels: number,
  switches: AnalogErrorSwitches = {},
): BoardErrors {
  const random = new Random(seed)
  const isOn = (name: AnalogErrorName) => switches !== "none" && switches[name] !== false
  const drawAlways = (name: DrawnError, where: string | number) =>
    random.stream(`${name} ${where}`).toleranced(SIZES[name][0], SIZES[name][1])
  const draw = (name: DrawnError, where: string | number = "board") =>
    isOn(name) ? drawAlways(name, where) : 0

  const dacReference = draw("dacReference")
  const dacReferenceDrift = draw("dacReferenceDrift")
  const board = {
    temperature_C: CALIBRATION_C,
    age_h: 0,
    crystalError: draw("crystal"),
    get dacReferenceError(): number {
      return dacReference + dacReferenceDrift * (board.temperature_C - CALIBRATION_C)
    },
  }

  const drawChannel = (k: number): ChannelErrors => ({
    board,
    shuntTolerance: draw("shuntTolerance", k),
    shuntTempco_per_K: draw("shuntTempco", k),
    // The same part's tempco, also where shuntTempco is switched off.
    shuntSelfHeating_per_W: isOn("shuntSelfHeating")
      ? drawAlways("shuntTempco", k) * SHUNT_HEATING_K_per_W
      : 0,
    dividerTolerance: draw("dividerTolerance", k),
    dividerTempco_per_K: draw("dividerTempco", k),
    dummyTolerance: draw("dummyTolerance", k),
    senseOffset_V: draw("senseOffset", `${k} plus`) - draw("senseOffset", `${k} minus`),
    senseOffset_V_per_K:
      draw("senseOffsetDrift", `${k} plus`) - draw("senseOffsetDrift", `${k} minus`),
    commonMode_V_per_V: draw("commonMode", k),
    setpointOffset_V: draw("setpointOffset", k),
    setpointOffset_V_per_K: draw("setpointOffsetDrift", k),
    setpointGainError: draw("setpointGain", k),
  })

  const drawAdc = (k: number): AdcErrors =>
    new DriftingAdcErrors(
      board,
      { at25C_V: draw("adcOffset", k), drift_V_per_K: draw("adcOffsetDrift", k) },
      {
        at25C: draw("adcReference", k),
        // A PGA's gain drift acts as the reference's does; one for all gains, so it is counted there.
        drift_per_K: draw("adcReferenceDrift", k) - draw("adcGainDrift", k),
        ageing: draw("adcReferenceAgeing", k),
      },
      Array.from({ length: 8 }, (_, gainCode) => draw("adcGain", `${k} ${gainCode}`)),
      draw("adcNonlinearity", k),
      draw("adcClock", k),
      isOn("adcNoise") ? ads122c04Noise_V : () => 0,
    )

  const drawDac = (name: "coarse" | "fine"): DacErrors => {
    const outputs = [0, 1, 2, 3]
    const height_LSB = outputs.map((k) => draw("dacNonlinearity", `${name} ${k}`))
    const share = outputs.map((k) => random.stream(`dacShape ${name} ${k}`).uniform())
    return {
      offset_V: outputs.map((k) => Math.abs(draw("dacOffset", `${name} ${k}`))),
      gainError: outputs.map((k) => draw("dacGain", `${name} ${k}`)),
      // A bow and an S between the end points, as resistor strings have; its steps stay monotonic.
      integralNonlinearity_LSB: (output, code) => {
        const angle = (Math.PI * code) / 4095
        const bow = share[output] * Math.sin(angle)
        return height_LSB[output] * (bow + (1 - share[output]) * Math.sin(2 * angle))
      },
    }
  }

  const each = Array.from({ length: channels }, (_, k) => k)
  return Object.assign(board, {
    channels: each.map(drawChannel),
    adcs: each.map(drawAdc),
    dacCoarse: drawDac("coarse"),
    dacFine: drawDac("fine"),
  })
}
