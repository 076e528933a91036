/** The MCU is reset: a host or the script told its runtime so, the runtime found itself broken, or somebody outside. */
export class McuReset extends Error {
  constructor(readonly why: "command" | "panic" | "watchdog" | "pin") {
    super(`The MCU is reset: ${why}.`)
    this.name = "McuReset"
  }
}
