import { Calibration, isPlausible } from "../../../firmware/core/calibration"
import {
  amperesPerFineStep,
  currentPerCode,
  rangeFor,
  voltagePerCode,
} from "../../../firmware/core/circuit"
import { crc32, crcHolds } from "../../../firmware/core/crc"
import { circuit, Dice, type Output } from "../vector"

export function checksums(out: Output): void {
  const dice = new Dice(1)
  const bytes = out.alloc(300)
  dice.fill(bytes, 300)
  for (let count = 0; count < 48; count = count + 4) out.number(crc32(bytes, count + 1, count))
  out.number(crc32(bytes, 3, 256))
  bytes.setAt(252, "i32", crc32(bytes, 0, 252))
  out.truth(crcHolds(bytes, 0, 252))
  bytes[100] = bytes[100] ^ 16
  out.truth(crcHolds(bytes, 0, 252))
}

/** What a Buffer does natively, and NodeMemory after it. */
export function memory(out: Output): void {
  const dice = new Dice(3)
  const bytes = out.alloc(64)
  const other = out.alloc(64)
  for (let i = 0; i < 20; ++i) {
    const at = dice.whole(32)
    bytes.setAt(at, "u8", dice.whole(256))
    bytes.setAt(at + 1, "u16", dice.whole(65536))
    bytes.setAt(at + 3, "i16", dice.whole(65536) - 32768)
    bytes.setAt(at + 5, "u32", dice.whole(4294967296))
    bytes.setAt(at + 9, "i32", dice.whole(4294967296) - 2147483648)
    bytes.setAt(at + 13, "f64", dice.between(-1e-3, 1e-3))
    other.blitAt(at, bytes, 63 - at, at >> 1)
    out.number(bytes.getAt(i, "u8"))
    out.number(bytes.getAt(i, "u16"))
    out.number(bytes.getAt(i, "i16"))
    out.number(bytes.getAt(i, "u32"))
    out.number(bytes.getAt(i, "i32"))
    out.number(bytes.getAt(at + 13, "f64"))
    other.fillAt(i, 3, i)
  }
  // Within one memory, to where the source has not been read yet.
  bytes.blitAt(4, bytes, 8, 20)
  out.bytes(bytes, 0, 64)
  out.bytes(other, 0, 64)
}

export function unknownNumbers(out: Output): void {
  const bytes = out.alloc(24)
  bytes.setAt(0, "f64", NaN)
  bytes.setAt(8, "f64", Infinity)
  bytes.setAt(16, "f64", -Infinity)
  out.bytes(bytes, 0, 24)
  const unknown = bytes.getAt(0, "f64")
  out.truth(unknown < 1 || unknown >= 1)
  out.truth(bytes.getAt(8, "f64") > 1e308)
  out.number(Math.min(bytes.getAt(16, "f64"), 3))
}

export function rounding(out: Output): void {
  const dice = new Dice(4)
  for (let i = 0; i < 40; ++i) {
    const value = dice.between(-3e9, 3e9)
    out.number(Math.round(value))
    out.number(Math.floor(value / 1000))
    out.number(Math.round(value / 1e9))
    out.number(value / 7)
    out.number(value * value - 0.1)
  }
}

export function bits(out: Output): void {
  const dice = new Dice(5)
  for (let i = 0; i < 40; ++i) {
    const a = dice.whole(4294967296) - 2147483648
    const b = dice.whole(4294967296) - 2147483648
    out.number(a ^ b)
    out.number((a & b) | (b >> 3))
    out.number((a >> 8) & 0xffffff)
    out.number(a << (i & 31))
  }
}

export function scales(out: Output): void {
  const dice = new Dice(6)
  out.number(voltagePerCode(circuit))
  out.number(amperesPerFineStep(circuit))
  for (let i = 0; i < 3; ++i) out.number(currentPerCode(circuit, circuit.currentRanges[i]))
  for (let i = 0; i < 20; ++i) out.number(rangeFor(circuit, dice.between(-0.004, 0.004)))
}

export function calibration(out: Output): void {
  const dice = new Dice(7)
  const bytes = out.alloc(56)
  const found = new Calibration({
    voltageGain: 0,
    voltageOffset_V: 0,
    currentGain: [0, 0, 0],
    currentOffset_A: [0, 0, 0],
  })
  for (let i = 0; i < 8; ++i) {
    dice.fill(bytes, 56)
    bytes[0] = 2
    bytes.setAt(2, "i16", dice.whole(40000) - 20000)
    bytes.setAt(8, "i32", dice.whole(44e6) - 22e6)
    bytes.setAt(12, "i32", dice.whole(10e6) - 5e6)
    for (let range = 0; range < 3; ++range) {
      bytes.setAt(16 + 8 * range, "i32", dice.whole(40e6) - 20e6)
      bytes.setAt(20 + 8 * range, "i32", dice.whole(40e6) - 20e6)
    }
    out.truth(isPlausible(bytes))
    out.truth(found.read(bytes))
    out.number(found.date_s)
    out.number(found.commonMode_ohm)
    out.number(found.voltageGain)
    out.number(found.voltageOffset_V)
    for (let range = 0; range < 3; ++range) {
      out.number(found.currentGain[range])
      out.number(found.currentOffset_A[range])
    }
  }
}
