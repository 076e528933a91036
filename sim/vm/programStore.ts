import { Random } from "../random"
import { type McuFlash, Vm } from "./vm"

/**
 * The part of a microcontroller's flash in which DeviceScript's runtime keeps program and settings, as its own
 * code lays it out for a program that was just written.
 * @param program bytecode
 * @param room size of that part, bytes: a multiple of 4096
 */
export function programStore(program: Uint8Array, room: number): Uint8Array {
  const flash: McuFlash = { content: new Uint8Array(room).fill(0xff) }
  const silent = { now_ms: () => 0, frame: () => {}, log: () => {}, panic: () => {}, port: () => 0 }
  new Vm(silent, flash, 0, new Random(0, "program store")).deploy(program)
  return flash.content
}
