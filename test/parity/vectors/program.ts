import type { Memory } from "../../../firmware/core/bytes"
import { crc32 } from "../../../firmware/core/crc"
import { Cutoffs } from "../../../firmware/core/cutoffs"
import { HEADER_BYTES, ProgramHeader, readHeader, STEP_BYTES } from "../../../firmware/core/program"
import { readStep, Step } from "../../../firmware/core/step"
import { circuit, Dice, type Output } from "../vector"

/** A header that is sound unless a number that was drawn is not. */
function drawHeader(dice: Dice, bytes: Memory): void {
  bytes.fillAt(0, HEADER_BYTES, 0)
  bytes[0] = 0x50
  bytes[1] = 2
  bytes[2] = 20
  bytes[3] = dice.whole(32)
  bytes[4] = dice.whole(3)
  bytes.setAt(6, "u16", 777)
  bytes.setAt(8, "i32", dice.whole(5_200_000))
  bytes.setAt(12, "i32", -dice.whole(1_000_000))
  bytes.setAt(16, "i32", dice.whole(50_000_000))
  bytes.setAt(20, "i16", dice.whole(6000))
  bytes.setAt(22, "i16", dice.whole(4) === 0 ? -32768 : -dice.whole(1000))
  bytes.setAt(24, "u32", dice.whole(60_000))
  bytes.setAt(28, "u32", 1 + dice.whole(100_000))
  for (let at = 32; at < 96; at = at + 16) {
    bytes.setAt(at, "u32", 1 + dice.whole(4294967295))
    bytes.setAt(at + 4, "u32", dice.whole(3) === 0 ? 0xffffffff : 1 + dice.whole(1_000_000))
    bytes.setAt(at + 8, "u32", 1 + dice.whole(1_000_000))
    bytes.setAt(at + 12, "u32", dice.whole(10_000))
  }
  bytes.setAt(96, "u32", dice.whole(990_000))
  bytes.setAt(100, "u32", 1_000_000 + dice.whole(50_000))
  bytes.setAt(104, "u32", dice.whole(900_000))
  bytes.setAt(108, "u16", dice.whole(5))
  bytes.setAt(110, "u16", dice.whole(5))
  bytes.setAt(112, "u16", 900 + dice.whole(3000))
  bytes.setAt(114, "u16", dice.whole(999))
  bytes.setAt(116, "u32", dice.whole(2000))
  bytes[120] = 1 + dice.whole(5)
  bytes.setAt(HEADER_BYTES - 4, "i32", crc32(bytes, 0, HEADER_BYTES - 4))
}

export function headers(out: Output): void {
  const dice = new Dice(31)
  const bytes = out.alloc(HEADER_BYTES)
  const header = new ProgramHeader()
  for (let i = 0; i < 8; ++i) {
    drawHeader(dice, bytes)
    out.number(readHeader(bytes, header, circuit))
    out.number(header.checksum)
    out.number(header.resumePolicy)
    out.number(header.maxVoltage_V)
    out.number(header.minVoltage_V)
    out.number(header.maxCurrent_A)
    out.number(header.maxTemperature_degC)
    out.number(header.minTemperature_degC)
    out.number(header.delay_ms)
    out.number(header.maxOpenCircuitChange_V)
    for (let i = 0; i < header.rules.length; ++i) out.number(header.rules[i])
    out.number(header.stops.efficiencyBelow)
    out.number(header.stops.efficiencyAbove)
    out.number(header.stops.retentionBelow)
    out.number(header.stops.overpotentialGrowth)
    out.number(header.stops.plateauDrop)
    out.number(header.stops.restVoltageBelow_V)
    out.truth(header.mayRunUncalibrated)
    out.truth(header.stops.isChargeOverDischarge)
  }
}

function drawStep(dice: Dice, bytes: Memory): void {
  bytes.fillAt(0, STEP_BYTES, 0)
  bytes[0] = 1 + dice.whole(8)
  bytes[1] = dice.whole(2)
  bytes[2] = dice.whole(4)
  bytes[3] = dice.whole(4)
  bytes[4] = dice.whole(6)
  bytes[5] = dice.whole(8)
  bytes.setAt(6, "u16", 777)
  bytes.setAt(8, "u32", dice.whole(1000))
  bytes.setAt(12, "i32", dice.whole(9) === 0 ? 0 : dice.whole(40_000_000) - 10_000_000)
  bytes.setAt(16, "i32", dice.whole(4_000_000) - 500_000)
  bytes.setAt(20, "i32", dice.whole(4_000_000) - 500_000)
  bytes.setAt(24, "u32", dice.whole(4294967296))
  for (let i = 0; i < 4; ++i) {
    const at = 28 + 8 * i
    const quantity = 1 + dice.whole(8)
    bytes[at] = quantity
    bytes[at + 1] = dice.whole(i === 2 ? 2 : 4)
    bytes[at + 2] = dice.whole(2) === 0 ? 255 : dice.whole(20)
    if (quantity === 1) bytes.setAt(at + 4, "i32", dice.whole(3_000_000))
    else bytes.setAt(at + 4, "u32", dice.whole(40_000_000))
  }
  bytes.setAt(STEP_BYTES - 4, "i32", crc32(bytes, 0, STEP_BYTES - 4))
}

/** What is read, refused or not, and how its conditions are judged. */
export function steps(out: Output): void {
  const dice = new Dice(32)
  const bytes = out.alloc(STEP_BYTES)
  const header = new ProgramHeader()
  header.mark = 777
  header.stepCount = 20
  header.maxVoltage_V = 4.2
  header.minVoltage_V = -0.5
  header.maxCurrent_A = 0.045
  const step = new Step()
  const cutoffs = new Cutoffs()
  for (let i = 0; i < 10; ++i) {
    drawStep(dice, bytes)
    out.number(readStep(bytes, 7, step, header))
    out.number(step.current_A)
    out.number(step.voltage_V)
    out.number(step.scanRate_V_per_s)
    for (let k = 0; k < step.conditionCount; ++k) out.number(step.value[k])
    for (let k = 1; k < 9; ++k) cutoffs.readings[k] = dice.between(0, k === 2 ? 4e7 : 5)
    cutoffs.readings[6] = NaN
    out.number(cutoffs.judge(step, dice.between(0.001, 0.05)))
    out.number(cutoffs.quietBelow_V)
    out.number(cutoffs.quietAbove_V)
    out.number(cutoffs.quietFor_ms)
  }
}
