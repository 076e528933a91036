// The simulated board: the same firmware as on any other, over the simulator's synchronous port.
import * as ds from "@devicescript/core"
import { Bus, type Prepared, type Send, type SpiBus } from "../drivers/bus"
import { freeBus, type OpenDrain } from "../drivers/freeBus"
import { run } from "../main"
import { boardName, sclPin, sdaPin, selectPin } from "./pins.generated"

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

/**
 * Announces what comes next: an I2C address, how many bytes to read, and whether to carry the transaction
 * out or only to learn where its buffers lie. A message so learnt is sent by its first buffer alone.
 */
const header = Buffer.alloc(3)
/** In the address's place: an SPI transfer; a pin's number and level, with nothing to follow. */
const SPI = 0x80
const PIN = 0x81
/** In a level's place: what is it? */
const ASK = 2

function begin(address: number, write: Buffer, read: Buffer | undefined, learn: number): number {
  header[0] = address
  header[1] = read === undefined ? 0 : read.length
  header[2] = learn
  socketWrite(header)
  const status: number = socketWrite(write)
  return read === undefined ? status : socketWrite(read)
}

function transact(address: number, write: Buffer, read?: Buffer): number {
  return begin(address, write, read, 0)
}

/** A transaction that the simulator has seen goes by its first buffer alone, so that is all there is to it. */
function prepare(address: number, write: Buffer, read?: Buffer): Prepared {
  begin(address, write, read, 1)
  return write as unknown as Prepared
}
const send = socketWrite as unknown as Send

function movePin(pin: number, level: number): number {
  header[0] = PIN
  header[1] = pin
  header[2] = level
  return socketWrite(header)
}

class SimulatedLine implements OpenDrain {
  constructor(private readonly pin: number) {}

  low(): void {
    movePin(this.pin, 0)
  }

  release(): void {
    movePin(this.pin, 1)
  }

  isHigh(): boolean {
    return movePin(this.pin, ASK) !== 0
  }
}

class SimulatedSpi implements SpiBus {
  transfer(send: Buffer, receive: Buffer): void {
    movePin(selectPin, 0)
    header[0] = SPI
    socketWrite(header)
    socketWrite(send)
    socketWrite(receive)
    movePin(selectPin, 1)
  }
}

port._socketOpen("board", 1)
const isFree = freeBus(new SimulatedLine(sdaPin), new SimulatedLine(sclPin))
await run(boardName, new Bus(send, prepare, transact), new SimulatedSpi(), isFree, "")
