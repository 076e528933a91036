/**
 * How one board differs from its schematic. Every error is drawn from a random stream of its own, and can be left
 * out without changing any other. How large they are is the error budget's: `hardware/errorBudget/sizes.ts`.
 */
import { channel, supplies } from "../hardware/components"
import {
  DIVIDER_ohm,
  referenceAge,
  resistorAge,
  SHUNT_K_per_W,
  SIZES,
} from "../hardware/errorBudget/sizes"
import { AS_DRAWN, imbalance, type SummerParts, summerOf } from "../hardware/errorBudget/summer"
import { type AdcErrors, ads122c04Noise_V } from "./chips/ads122c04"
import type { DacErrors } from "./chips/mcp4728"
import { manifest } from "./manifest"
import { Random } from "./random"

type DrawnError = Exclude<keyof typeof SIZES, "shuntNoise_V" | "cellNoise_V">
export type AnalogErrorName = DrawnError | "shuntSelfHeating" | "shuntLoad" | "adcNoise"

/** What is absent is on. */
export type AnalogErrorSwitches = Partial<Record<AnalogErrorName, boolean>> | "none"

const CALIBRATION_C = 25
/** Both resistors of a divider change it by this part of their own change, in opposite directions. */
const DIVIDER_SHARE = channel.dividerTop_ohm.value / DIVIDER_ohm
/** The over-voltage comparator, as drawn. */
const TRIP_V =
  ((supplies.reference.nominal_V * channel.tripPlus_ohm.value) /
    channel.tripMinusReference_ohm.value) *
  (DIVIDER_ohm / channel.dividerBottom_ohm.value)

/** How long the relays hold after the heartbeat's last rising edge: the typical board. */
const DROP_OUT_s = 0.627

/** What a channel's errors have from its board. */
export interface BoardConditions {
  readonly temperature_C: number
  /** Hours of operation. */
  readonly age_h: number
  /** Of the reference that the DACs and the summer's mid-scale share. */
  readonly dacReferenceError: number
}

/** A value's relative error: at 25 °C when new, for each kelvin, and after 1000 h. */
export interface Drifting {
  readonly tolerance: number
  readonly tempco_per_K: number
  readonly ageing: number
}

export function errorOf(part: Drifting, board: BoardConditions): number {
  const kelvin = board.temperature_C - CALIBRATION_C
  return part.tolerance + part.tempco_per_K * kelvin + part.ageing * resistorAge(board.age_h)
}

/** An offset at 25 °C and its drift. */
export interface DriftingOffset {
  readonly at25C_V: number
  readonly drift_V_per_K: number
}

export function offsetOf_V(offset: DriftingOffset, board: BoardConditions): number {
  return offset.at25C_V + offset.drift_V_per_K * (board.temperature_C - CALIBRATION_C)
}

/** Relative where no unit is named; tempcos count from 25 °C. */
export interface ChannelErrors {
  readonly board: BoardConditions
  readonly shunt: Drifting
  readonly shuntSelfHeating_per_W: number
  /** The divider of cell− beside the shunt takes this part of its current. */
  readonly shuntLoad: number
  /** At the converter's pins, from the shunt's joints. */
  readonly shuntEmf_V_per_K: number
  /** Of the ratios of both sense wires' dividers. */
  readonly dividerPlus: Drifting
  readonly dividerMinus: Drifting
  readonly dummyTolerance: number
  /** At the converter's pins. */
  readonly bufferPlus: DriftingOffset
  readonly bufferMinus: DriftingOffset
  /** Of the converter without its amplifier, beyond its drift with it. */
  readonly bypassedDrift_V_per_K: number
  /** Summer and error amplifier together, on the shunt. */
  readonly setpointOffset: DriftingOffset
  readonly setpointGainError: number
  /** Cell's voltage at which the card's own comparator lets it go. */
  readonly trip_V: number
}

/** One board. Its temperature and age may be moved at any time; all errors follow. */
export interface BoardErrors extends BoardConditions {
  temperature_C: number
  age_h: number
  readonly channels: readonly ChannelErrors[]
  /** One a channel. */
  readonly adcs: readonly AdcErrors[]
  readonly dacCoarse: DacErrors
  readonly dacFine: DacErrors
  /** How long its relays hold after the heartbeat's last rising edge. */
  readonly dropOut_s: number
  /** The MCU's clock runs fast by this fraction. */
  readonly crystalError: number
}

/** One ADC's errors at its board's temperature and age. */
class DriftingAdcErrors implements AdcErrors {
  constructor(
    private readonly board: BoardConditions,
    private readonly offset: DriftingOffset,
    private readonly reference: Drifting,
    readonly gainError: number[],
    readonly integralNonlinearity: number,
    readonly clockError: number,
    readonly noise_V: AdcErrors["noise_V"],
  ) {}

  get offset_V(): number {
    return offsetOf_V(this.offset, this.board)
  }

  get reference_V(): number {
    const { tolerance, tempco_per_K, ageing } = this.reference
    const drift = tempco_per_K * (this.board.temperature_C - CALIBRATION_C)
    return 2.048 * (1 + tolerance + drift + ageing * referenceAge(this.board.age_h))
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
    random.stream(`${name} ${where}`).toleranced(SIZES[name].typical, SIZES[name].maximum)
  const draw = (name: DrawnError, where: string | number = "board") =>
    isOn(name) ? drawAlways(name, where) : 0

  const dacReference = draw("dacReference")
  const dacReferenceDrift = draw("dacReferenceDrift_per_K")
  const board = {
    temperature_C: CALIBRATION_C,
    age_h: 0,
    crystalError: draw("crystal"),
    dropOut_s: DROP_OUT_s + draw("dropOut_s"),
    get dacReferenceError(): number {
      return dacReference + dacReferenceDrift * (board.temperature_C - CALIBRATION_C)
    },
  }

  const drawDivider = (where: string): Drifting => {
    const ratio = (name: DrawnError) =>
      DIVIDER_SHARE * (draw(name, `${where} bottom`) - draw(name, `${where} top`))
    return {
      tolerance: ratio("dividerTolerance"),
      tempco_per_K: ratio("dividerTempco_per_K"),
      ageing: ratio("dividerAgeing"),
    }
  }

  const drawBuffer = (where: string): DriftingOffset => ({
    at25C_V: draw("bufferOffset_V", where),
    drift_V_per_K: draw("bufferDrift_V_per_K", where),
  })

  /** Offset and gain that the summer's resistors leave, and both amplifiers' offsets. */
  const drawSetpoint = (k: number) => {
    const isDrawn = isOn("summerTolerance")
    const parts = (kelvin: number) => {
      const off = (name: keyof SummerParts) =>
        1 +
        draw("summerTolerance", `${k} ${name}`) +
        draw("summerTempco_per_K", `${k} ${name}`) * kelvin
      return Object.fromEntries(
        Object.keys(AS_DRAWN).map((name) => [name, off(name as keyof SummerParts)]),
      ) as unknown as SummerParts
    }
    const at25C = summerOf(parts(0))
    const { nominal_V } = supplies.reference
    const offset = (name: DrawnError) => draw(name, `${k} summer`) + draw(name, `${k} error`)
    const drift = imbalance(summerOf(parts(1))) - imbalance(at25C)
    return {
      setpointGainError: isDrawn ? at25C.coarse / manifest.frontEnd.setpointGain - 1 : 0,
      setpointOffset: {
        at25C_V: (isDrawn ? nominal_V * imbalance(at25C) : 0) + offset("setpointOffset_V"),
        drift_V_per_K: nominal_V * drift + offset("setpointDrift_V_per_K"),
      },
    }
  }

  const drawChannel = (k: number): ChannelErrors => ({
    board,
    shunt: {
      tolerance: draw("shuntTolerance", k),
      tempco_per_K: draw("shuntTempco_per_K", k),
      ageing: draw("shuntAgeing", k),
    },
    // The same part's tempco, also where that is switched off.
    shuntSelfHeating_per_W: isOn("shuntSelfHeating")
      ? drawAlways("shuntTempco_per_K", k) * SHUNT_K_per_W
      : 0,
    shuntLoad: isOn("shuntLoad") ? channel.shunt_ohm.value / DIVIDER_ohm : 0,
    shuntEmf_V_per_K: draw("shuntEmf_V_per_K", k),
    dividerPlus: drawDivider(`${k} plus`),
    dividerMinus: drawDivider(`${k} minus`),
    dummyTolerance: draw("dummyTolerance", k),
    bufferPlus: drawBuffer(`${k} plus`),
    bufferMinus: drawBuffer(`${k} minus`),
    bypassedDrift_V_per_K: draw("adcBypassedDrift_V_per_K", k),
    ...drawSetpoint(k),
    trip_V: TRIP_V + draw("tripVoltage_V", k),
  })

  const drawAdc = (k: number): AdcErrors =>
    new DriftingAdcErrors(
      board,
      { at25C_V: draw("adcOffset_V", k), drift_V_per_K: draw("adcOffsetDrift_V_per_K", k) },
      {
        tolerance: draw("adcReference", k),
        // A PGA's gain drift acts as the reference's does; one for all gains, so it is counted there.
        tempco_per_K: draw("adcReferenceDrift_per_K", k) - draw("adcGainDrift_per_K", k),
        ageing: draw("adcReferenceAgeing", k),
      },
      Array.from({ length: 8 }, (_, gainCode) => draw("adcGain", `${k} ${gainCode}`)),
      draw("adcNonlinearity", k),
      draw("adcClock", k),
      isOn("adcNoise") ? ads122c04Noise_V : () => 0,
    )

  const drawDac = (name: "coarse" | "fine"): DacErrors => {
    const outputs = [0, 1, 2, 3]
    const height_LSB = outputs.map((k) => draw("dacNonlinearity_LSB", `${name} ${k}`))
    const share = outputs.map((k) => random.stream(`dacShape ${name} ${k}`).uniform())
    return {
      offset_V: outputs.map((k) => Math.abs(draw("dacOffset_V", `${name} ${k}`))),
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
