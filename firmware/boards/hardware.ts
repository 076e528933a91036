// A microcontroller board: RP2040 or ESP32-C3, its pins from the manifest.
import * as ds from "@devicescript/core"
import "@devicescript/gpio"
import { spi } from "@devicescript/spi"
import { Bus, type I2cMessage, type SpiBus } from "../drivers/bus"
import { run } from "../main"
import { selectPin, spiPins } from "./pins.generated"

/** The runtime's own bus calls, into buffers that we give: the library's allocate their answers. */
type Native = typeof ds & {
  _i2cTransaction(address: number, write: Buffer, read?: Buffer): number
  spiXfer(send: Buffer, receive: Buffer): void
}
const native = ds as unknown as Native

function transact(address: number, write: Buffer, read?: Buffer): number {
  return native._i2cTransaction(address, write, read)
}

function prepare(message: I2cMessage): I2cMessage {
  return message
}

function send(message: I2cMessage): number {
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

await run(new Bus(send, prepare, transact), new HardwareSpi())
