// @ts-nocheck — a DeviceScript program, whose modules only its own compiler knows.
// Repeats operations whose cost on an RP2040 is known. Writes which one begins to its socket, and 0 at its
// end; `reference.ts` holds the watch.
import * as ds from "@devicescript/core"

ds._socketOpen("bench", 1)
const write = ds._socketWrite
const message = Buffer.alloc(1)
/** An allocation clears what is free of the heap: it takes the shorter the more of it is held. */
const held = Buffer.alloc(44 * 1024)

function mark(operation: number) {
  message[0] = operation
  write(message)
}

function nothing(value: number) {
  return value
}

async function round() {
  mark(1)
  for (let i = 0; i < 5000; ++i) {}
  mark(0)
  // A fiber may run for 131,072 bytecodes without a pause.
  await ds.sleep(1)
  mark(2)
  for (let i = 0; i < 5000; ++i) nothing(i)
  mark(0)
  await ds.sleep(1)
  let x = 0.1
  mark(3)
  for (let i = 0; i < 5000; ++i) x = x * 1.0001 + 0.5
  mark(0)
  await ds.sleep(1)
}

while (held.length > 0) await round()
