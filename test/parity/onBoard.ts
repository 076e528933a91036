// @ts-nocheck — a DeviceScript program, whose modules only its own compiler knows.
// Runs all vectors and writes what they leave to its socket, a message each.
import * as ds from "@devicescript/core"
import { OUTPUT_BYTES, Output } from "./vector"
import { vectors } from "./vectors"

function allocate(bytes: number): Buffer {
  return Buffer.alloc(bytes)
}

ds._socketOpen("parity", 1)
const memory = Buffer.alloc(OUTPUT_BYTES)
for (const vector of vectors) {
  memory.fillAt(0, OUTPUT_BYTES, 0)
  const out = new Output(memory, allocate)
  const run = vector.run
  run(out)
  out.end()
  ds._socketWrite(memory)
  // A fiber may run for so many bytecodes without a pause.
  await ds.sleep(1)
}
