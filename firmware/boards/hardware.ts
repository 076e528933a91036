// A microcontroller board: RP2040 or ESP32-C3, its pins from the manifest.
import * as ds from "@devicescript/core"
import "@devicescript/gpio"
import { spi } from "@devicescript/spi"
import { Bus, type Prepared, type SpiBus } from "../drivers/bus"
import { freeBus, type OpenDrain } from "../drivers/freeBus"
import { run } from "../main"
import { awakeLine, boardName, sclPin, sdaPin, selectPin, spiPins } from "./pins.generated"

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

/** By its direction alone: as an input it is pulled up. */
class Line implements OpenDrain {
  constructor(private readonly pin: ds.IOPin) {}

  low(): void {
    this.pin.setMode(ds.GPIOMode.OutputLow)
  }

  release(): void {
    this.pin.setMode(ds.GPIOMode.InputPullUp)
  }

  isHigh(): boolean {
    return this.pin.value === 1
  }
}

/**
 * The runtime takes the I2C's own pins before the script begins and gives them to nobody, so that two more stand
 * on the same two lines. Where there are none, the runtime itself clears the bus.
 */
const isFree =
  sdaPin === undefined || sclPin === undefined || freeBus(new Line(sdaPin), new Line(sclPin))
await run(boardName, new Bus(send, prepare, transact), new HardwareSpi(), isFree, awakeLine)
