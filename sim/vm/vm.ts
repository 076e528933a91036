import type { Engine, EngineHost } from "../engine"
import { McuReset } from "../mcuReset"
import type { Random } from "../random"
import { deviceScriptVm } from "./module"

/** What a VM needs from the board around it. */
export interface VmHost extends EngineHost {
  /** The synchronous port: a message that lies in the VM's memory; it may be answered there. */
  port(memory: Uint8Array, pointer: number, size: number): number
  /** A script opens that port. */
  opened?(): void
}

/** What survives in the MCU's internal flash: the program and DeviceScript's settings, in room of one size. */
export interface McuFlash {
  readonly content: Uint8Array
}

export const MCU_FLASH_BYTES = 128 * 1024

/** The VM's exports that we call; C functions, pointers are offsets into `memory`. */
interface Exports {
  memory: WebAssembly.Memory
  __wasm_call_ctors(): void
  emscripten_stack_init(): void
  malloc(bytes: number): number
  free(pointer: number): void
  jd_em_set_device_id_2x_i32(low: number, high: number): void
  jd_em_init(): void
  jd_em_process(): number
  jd_em_frame_received(pointer: number): number
  jd_em_devs_deploy(pointer: number, bytes: number): number
}

/**
 * One run of DeviceScript's VM, from reset to the next reset, under its host's clock. A reset makes a
 * new `Vm` over the same `McuFlash`.
 */
export class Vm implements Engine {
  private readonly exports: Exports
  /** All of its memory, as it is. */
  readonly bytes: Uint8Array
  private readonly frameBuffer: number

  constructor(host: VmHost, flash: McuFlash, deviceId: number, random: Random) {
    const text = (pointer: number) => {
      const end = this.bytes.indexOf(0, pointer)
      return Buffer.from(this.bytes.subarray(pointer, end)).toString("utf8")
    }
    const stop = (what: string) => () => {
      throw new Error(`The DeviceScript VM called ${what}.`)
    }
    const env = {
      em_time_now: () => host.now_ms(),
      em_send_frame: (pointer: number) => {
        host.frame(this.bytes.slice(pointer, pointer + 12 + (this.bytes[pointer + 2] ?? 0)))
      },
      em_send_large_frame: stop("em_send_large_frame"),
      em_print_dmesg: (pointer: number) => host.log(text(pointer)),
      em_flash_size: () => flash.content.length,
      em_flash_load: (pointer: number, size: number) =>
        this.bytes.set(flash.content.subarray(0, size), pointer),
      // The VM saves as far as anything is written.
      em_flash_save: (pointer: number, size: number) => {
        flash.content.set(this.bytes.subarray(pointer, pointer + size))
        flash.content.fill(0xff, size)
      },
      em_jd_crypto_get_random: (pointer: number, size: number) => {
        for (let i = 0; i < size; i++) this.bytes[pointer + i] = random.uint32() & 0xff
      },
      em_deploy_handler: () => {},
      _devs_panic_handler: (code: number) => host.panic(code),
      _jd_tcpsock_new: () => {
        host.opened?.()
        return 0
      },
      _jd_tcpsock_close: () => 0,
      _jd_tcpsock_is_available: () => 1,
      _jd_tcpsock_write: (pointer: number, size: number) => host.port(this.bytes, pointer, size),
      abort: () => {
        throw new McuReset("panic")
      },
      exit: () => {
        throw new McuReset("command")
      },
      emscripten_memcpy_big: (to: number, from: number, size: number) =>
        this.bytes.copyWithin(to, from, from + size),
      emscripten_resize_heap: stop("emscripten_resize_heap: its memory is full"),
    }
    const wasi = { fd_close: () => 0, fd_write: () => 0, fd_seek: () => 0 }
    const instance = new WebAssembly.Instance(deviceScriptVm(), {
      env,
      wasi_snapshot_preview1: wasi,
    })
    this.exports = instance.exports as unknown as Exports
    this.bytes = new Uint8Array(this.exports.memory.buffer)
    this.exports.emscripten_stack_init()
    this.exports.__wasm_call_ctors()
    this.exports.jd_em_set_device_id_2x_i32(deviceId, 0x6c6c6563)
    this.exports.jd_em_init()
    this.frameBuffer = this.exports.malloc(256)
  }

  /** Writes a compiled program into the MCU's flash, as flashing a board does. */
  deploy(program: Uint8Array): void {
    const pointer = this.exports.malloc(program.length)
    this.bytes.set(program, pointer)
    const code = this.exports.jd_em_devs_deploy(pointer, program.length)
    this.exports.free(pointer)
    if (code !== 0) throw new Error(`The VM refuses the program: code ${code}.`)
  }

  process(): number {
    // Microseconds, but whole milliseconds of them: those of the runtime's own clock.
    return this.exports.jd_em_process() / 1000
  }

  receive(frame: Uint8Array): void {
    this.bytes.set(frame.subarray(0, 252), this.frameBuffer)
    this.exports.jd_em_frame_received(this.frameBuffer)
  }
}
