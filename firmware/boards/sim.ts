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

const OP_I2C = 1
const OP_SPI = 2

/** What comes next: operation, address, length of the read that follows the write, spare. */
const header = Buffer.alloc(4)

class SimulatedI2c extends Bus {
  transact(address: number, write: Buffer, read?: Buffer): number {
    header[0] = OP_I2C
    header[1] = address
    if (read === undefined) {
      header[2] = 0
      port._socketWrite(header)
      return port._socketWrite(write)
    }
    header[2] = read.length
    port._socketWrite(header)
    port._socketWrite(write)
    return port._socketWrite(read)
  }

  override async xfer(address: number, write: Buffer, count?: number): Promise<Buffer> {
    const read = Buffer.alloc(count ? count : 0)
    this.transact(address, write, count ? read : undefined)
    return read
  }
}

class SimulatedSpi implements SpiBus {
  transfer(send: Buffer, receive: Buffer): void {
    header[0] = OP_SPI
    port._socketWrite(header)
    port._socketWrite(send)
    port._socketWrite(receive)
  }
}

port._socketOpen("board", 1)
await run(new SimulatedI2c(), new SimulatedSpi())
