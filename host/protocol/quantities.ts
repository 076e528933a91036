import type { Cell } from "../cell"
import { ProtocolError } from "../errors"
import type { Problems } from "./problems"
import type { ParsedProtocol } from "./schema"

/** What every part of the compiler needs to know. */
export interface Job {
  readonly protocol: ParsedProtocol
  readonly cell: Cell
  /** For each step of the table, its index in `method`. */
  readonly methodIndex: readonly number[]
  /** Where all that is wrong is noted. */
  readonly problems: Problems
}

/**
 * A number in the table's unit, which is whole and has a range.
 * @throws ProtocolError when it lies outside, with the range as people write it
 */
export function whole(
  value: number,
  scale: number,
  path: string,
  unit: string,
  [min, max] = [1, 0xfffffffe],
): number {
  const number = Math.round(value * scale)
  if (number >= min && number <= max) return number === 0 ? 0 : number
  const text = (limit: number) => Number((limit / scale).toPrecision(7))
  throw new ProtocolError(path, `must be between ${text(min)} and ${text(max)} ${unit}.`)
}

/** Area of the working electrode, cm². */
export function areaOf({ cell }: Job, path: string): number {
  if (cell.area_cm2 !== undefined && cell.area_cm2 > 0) return cell.area_cm2
  throw new ProtocolError(
    path,
    `needs the electrode's area: give cell ${cell.name} an area_cm2 or a diameter_mm.`,
  )
}

/** What 1 C charges in an hour, mAh. */
export function capacityOf({ cell, protocol }: Job, path: string): number {
  const capacity_mAh = cell.capacity_mAh ?? protocol.sample?.capacity_mAh
  if (capacity_mAh !== undefined && capacity_mAh > 0) return capacity_mAh
  throw new ProtocolError(path, `needs the cell's capacity: give cell ${cell.name} a capacity_mAh.`)
}

/** Within the safety limits, µV. */
export function voltage_uV(voltage_V: number, path: string, { protocol: { safety } }: Job): number {
  if (voltage_V > safety.max_voltage_V || voltage_V < safety.min_voltage_V)
    throw new ProtocolError(
      path,
      `${voltage_V} V is outside the safety limits, ${safety.min_voltage_V} to ${safety.max_voltage_V} V.`,
    )
  return whole(voltage_V, 1e6, path, "V", [-0x80000000, 0x7fffffff])
}

/** Within what the thermometer reads, 0.01 °C. */
export function temperature_cdegC(temperature_degC: number, path: string): number {
  return whole(temperature_degC, 100, path, "°C", [-5500, 15000])
}

/** A voltage that is held comes this close to the safety limits without harm. */
const HOLD_MARGIN_V = 0.005

/** A set-point, µV. */
export function heldVoltage_uV(held_V: number, path: string, job: Job): number {
  const { max_voltage_V, min_voltage_V } = job.protocol.safety
  const setpoint_uV = voltage_uV(held_V, path, job)
  const room_V = Math.min(max_voltage_V - held_V, held_V - min_voltage_V)
  if (room_V < HOLD_MARGIN_V * 0.999)
    throw new ProtocolError(
      path,
      `${held_V} V leaves no room to regulate: the safety limits must be ${HOLD_MARGIN_V} V away.`,
    )
  return setpoint_uV
}
