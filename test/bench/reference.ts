// How much slower is an RP2040 than this machine's VM, by kind of operation? A small program of operations
// whose cost on the RP2040 is known runs in the same VM as the firmware, under the same load.
import { compile, run } from "../parity/deviceScript"

/** As in `operations.ts`. */
const ITERATIONS = 5000
const ROUNDS = 400
const EMPTY_LOOP = 1
const CALL = 2
const MULTIPLY_ADD = 3
/** Of one turn of the empty loop, as `devs disasm -d` shows them. */
const EMPTY_LOOP_BYTECODES = 9

/** The C runtime for the RP2040, in an emulator at 125 MHz; nothing was measured on silicon. */
const BYTECODE_us = { least: 2.3, most: 2.9 }
/** With 44 of the 64 kB of heap held, as here and about as in the firmware. */
const CALL_us = 69
/** A turn of the loop, with the loop. */
const MULTIPLY_ADD_us = 43

/** An RP2040's time ÷ this machine's: for the kinds at either end, and for all kinds in equal parts. */
export interface Slowness {
  least: number
  likely: number
  most: number
}

export function measureSlowness(): Slowness {
  const turn_us = [0, Infinity, Infinity, Infinity]
  let operation = 0
  let began_ms = 0
  let ended = 0
  run(compile(new URL("operations.ts", import.meta.url)), ([mark]) => {
    const now_ms = performance.now()
    if (mark === 0) {
      const took_us = ((now_ms - began_ms) * 1000) / ITERATIONS
      turn_us[operation] = Math.min(turn_us[operation], took_us)
      ended++
    }
    operation = mark
    began_ms = performance.now()
    return ended < 3 * ROUNDS
  })
  const bytecode_us = turn_us[EMPTY_LOOP] / EMPTY_LOOP_BYTECODES
  const least = BYTECODE_us.least / bytecode_us
  const most = BYTECODE_us.most / bytecode_us
  const call = CALL_us / (turn_us[CALL] - turn_us[EMPTY_LOOP])
  const multiplyAdd = MULTIPLY_ADD_us / turn_us[MULTIPLY_ADD]
  return {
    least: Math.min(least, call, multiplyAdd),
    likely: ((least + most) / 2 + call + multiplyAdd) / 3,
    most: Math.max(most, call, multiplyAdd),
  }
}
