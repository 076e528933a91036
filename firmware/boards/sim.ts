// The simulated board: the same firmware as on any other, over the simulator's synchronous port.
import * as ds from "@devicescript/core"
import { Bus, type SpiBus } from "../drivers/bus"
import { run } from "../main"

/**
 * DeviceScript's socket calls, which its VM hands to the simulator at once. A message is written and, when
 * the simulator has something to say, answered in place, before the call returns.
 */
type Port = typeof ds & {
  _socketOpen(name: string, port: number): number
  _socketWrite(message: Buffer): number
}
const port = ds as Port

const socketWrite = port._socketWrite

/** Announces what comes next: an I2C address and how many bytes to read, or SPI. */
const header = Buffer.alloc(2)
const SPI = 0x80

function transact(address: number, write: Buffer, read?: Buffer): number {
  header[0] = address
  if (read === undefined) {
    header[1] = 0
    socketWrite(header)
    return socketWrite(write)
  }
  header[1] = read.length
  socketWrite(header)
  socketWrite(write)
  return socketWrite(read)
}

class SimulatedSpi implements SpiBus {
  transfer(send: Buffer, receive: Buffer): void {
    header[0] = SPI
    socketWrite(header)
    socketWrite(send)
    socketWrite(receive)
  }
}

port._socketOpen("board", 1)
await run(new Bus(transact), new SimulatedSpi())
