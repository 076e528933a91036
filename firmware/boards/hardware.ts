// A microcontroller board: RP2040 or ESP32-C3, its pins from the manifest.
import * as ds from "@devicescript/core"
import "@devicescript/gpio"
import { spi } from "@devicescript/spi"
import { Bus, type Prepared, type SpiBus } from "../drivers/bus"
import { run } from "../main"
import { boardName, selectPin, spiPins } from "./pins.generated"

/** The runtime's own bus calls, into buffers that we give: the library's allocate their answers. */
type Native = typeof ds & {
  _i2cTransaction(address: number, write: Buffer, read?: Buffer): number
  spiXfer(send: Buffer, receive: Buffer): void
}
const native = ds as unknown as Native

function transact(address: number, write: Buffer, read?: Buffer): number {
  return native._i2cTransaction(address, write, read)
}

/** What a prepared transaction is here. */
class Message {
  constructor(
    readonly address: number,
    readonly write: Buffer,
    readonly read?: Buffer,
  ) {}
}

function prepare(address: number, write: Buffer, read?: Buffer): Prepared {
  return new Message(address, write, read) as unknown as Prepared
}

function send(transaction: Prepared): number {
  const message = transaction as unknown as Message
  return native._i2cTransaction(message.address, message.write, message.read)
}

class HardwareSpi implements SpiBus {
  constructor() {
    selectPin.setMode(ds.GPIOMode.OutputHigh)
    spi.configure(spiPins)
  }

  transfer(send: Buffer, receive: Buffer): void {
    selectPin.write(0)
    native.spiXfer(send, receive)
    selectPin.write(1)
  }
}

await run(boardName, new Bus(send, prepare, transact), new HardwareSpi())
