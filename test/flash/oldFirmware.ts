import { type Firmware, firmwareOf } from "../../host/flash/firmware"
import { builtFirmware } from "../../host/board/builtFirmware"
import { readFirmware } from "../../host/transport/simulated"

/** The simulated board's firmware as it is built. */
export function newFirmware(): Firmware {
  const mark = builtFirmware("sim")
  if (mark === undefined) throw new Error("the firmware is not built")
  return firmwareOf(mark, readFirmware())
}

/** The same firmware calling itself another build, or another version: its bytecode with that text changed. */
export function oldFirmware(change: { build?: string; version?: string }): Firmware {
  const { mark, bytecode } = newFirmware()
  const old = Buffer.from(bytecode)
  for (const key of ["build", "version"] as const) {
    const is = mark[key] ?? ""
    const was = change[key] ?? is
    const at = old.indexOf(`${is}\0`)
    if (at < 0 || was.length !== is.length) throw new Error(`no ${key} in the bytecode`)
    old.write(was, at)
  }
  return firmwareOf({ ...mark, ...change }, old)
}
