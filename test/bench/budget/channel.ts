import { Calibration, NO_CORRECTION } from "../../../firmware/core/calibration"
import { currentPerCode, voltagePerCode } from "../../../firmware/core/circuit"
import { SHORT_mA, STANDARD_mA } from "../../../host/calibrate"
import { encodeCalibration } from "../../../host/calibration/bytes"
import { type Point, solve } from "../../../host/calibration/solve"
import type { BoardErrors } from "../../../sim/analogErrors"
import { ChannelFrontEnd } from "../../../sim/analogFrontEnd"
import type { drawBench } from "../../../sim/calibrationBench"
import type { Cell } from "../../../sim/cells/cell"
import { type AdcErrors, convert } from "../../../sim/chips/ads122c04"
import { manifest } from "../../../sim/manifest"
import { NodeMemory } from "../../../sim/memory"

const circuit = manifest.frontEnd
const FINEST = circuit.currentRanges.length - 1
const BYPASSED = 0

/** What a channel reads, and what is true. */
export interface Readings {
  voltage_V: number
  current_A: number
  true_V: number
  true_A: number
}

/** A voltage that no current moves. */
class Source implements Cell {
  charge_C = 0
  source_V = 0
  voltage_V(): number {
    return this.source_V
  }
  advance(): void {}
}

/**
 * One channel of a drawn board, without its firmware, converter's registers and noise: the simulator's circuit and
 * conversion, the zeroing's, the calibration's and the period's arithmetic.
 */
export class BudgetChannel {
  calibration = new Calibration(NO_CORRECTION)
  private readonly frontEnd: ChannelFrontEnd
  private readonly adc: AdcErrors
  private readonly source = new Source()
  private now_us = 0
  private readonly zeroCodes: number[]
  private voltageZero = 0

  /** Finds its zeros at the board's present temperature. */
  constructor(board: BoardErrors, index: number) {
    this.adc = board.adcs[index]
    this.frontEnd = new ChannelFrontEnd({ circuit, errors: board.channels[index] })
    this.frontEnd.setPowered(true, 0)
    this.zeroCodes = circuit.currentRanges.map(({ gain }) => this.codeOf(Math.log2(gain), 0))
    this.drive(0)
    const [voltageCode, currentCode] = this.codes(FINEST)
    const finest = currentPerCode(circuit, circuit.currentRanges[FINEST])
    const dummy_V = (currentCode - this.zeroCodes[FINEST]) * finest * circuit.dummy_ohm
    this.voltageZero = voltageCode - dummy_V / voltagePerCode(circuit)
    this.frontEnd.setRelay(true, 0)
  }

  /** As `host/calibrate.ts` does it, down to the bytes that a board keeps. */
  calibrate(bench: ReturnType<typeof drawBench>): void {
    const point = (range: number, current_mA: number): Point => {
      const read = this.read(range, current_mA / 1000)
      const meter_V = bench.show_V(read.true_V)
      return { board_V: read.voltage_V, board_A: read.current_A, meter_V }
    }
    this.calibration = new Calibration(NO_CORRECTION)
    this.put(bench.standard)
    const standard = STANDARD_mA.map(([a, b], range): [Point, Point] => [
      point(range, a),
      point(range, b),
    ])
    this.put(bench.short)
    const short: [Point, Point] = [point(0, SHORT_mA[0]), point(0, SHORT_mA[1])]
    const { voltage, commonMode_ohm, current } = solve({ standard, short }, 100)
    const found = { date_s: 1, standard: "budget", voltage, commonMode_ohm, current }
    if (!this.calibration.read(new NodeMemory(encodeCalibration(found))))
      throw new Error("the board refuses a calibration that the host has found")
  }

  /** At a cell of this voltage. */
  readAt(range: number, current_A: number, cell_V: number): Readings {
    this.source.source_V = cell_V
    this.put(this.source)
    return this.read(range, current_A)
  }

  private read(range: number, current_A: number): Readings {
    this.drive(current_A)
    const [voltageCode, currentCode] = this.codes(range)
    const { voltageGain, voltageOffset_V, commonMode_ohm, currentGain, currentOffset_A } =
      this.calibration
    const amperes = currentPerCode(circuit, circuit.currentRanges[range]) * (1 + currentGain[range])
    const volts = voltagePerCode(circuit) * (1 + voltageGain)
    const read_A = (currentCode - this.zeroCodes[range]) * amperes + currentOffset_A[range]
    return {
      voltage_V:
        (voltageCode - this.voltageZero) * volts + voltageOffset_V + commonMode_ohm * read_A,
      current_A: read_A,
      true_V: this.frontEnd.cell_V ?? Number.NaN,
      true_A: this.frontEnd.current_A,
    }
  }

  private put(cell: Cell): void {
    this.frontEnd.attach(cell, this.now_us)
  }

  /** As the regulator would, in one step: by what the first attempt misses. */
  private drive(current_A: number): void {
    const volts = circuit.shunt_ohm / circuit.setpointGain
    const middle_V = circuit.dacReference_V / 2
    const aim_V = middle_V + current_A * volts
    this.frontEnd.setFine_V(middle_V, this.now_us)
    this.frontEnd.setCoarse_V(aim_V, this.now_us)
    const missed_A = this.frontEnd.shuntCurrent_A - current_A
    this.frontEnd.setCoarse_V(aim_V - missed_A * volts, this.now_us)
  }

  /** Of cell and shunt. */
  private codes(range: number): [voltage: number, current: number] {
    let codes: [number, number] = [Number.NaN, Number.NaN]
    const gainCode = Math.log2(circuit.currentRanges[range].gain)
    this.now_us += 1
    this.frontEnd.sampleAt(this.now_us, (pins_V) => {
      codes = [
        this.codeOf(BYPASSED, pins_V[0] - pins_V[1]),
        this.codeOf(gainCode, pins_V[2] - pins_V[3]),
      ]
    })
    this.frontEnd.advanceTo(this.now_us)
    return codes
  }

  private codeOf(gainCode: number, input_V: number): number {
    return convert(this.adc, gainCode, input_V, 0)
  }
}
