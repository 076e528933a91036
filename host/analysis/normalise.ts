/**
 * Capacity per area, mAh cm⁻².
 * @throws RangeError unless the area is positive
 */
export function perArea_mAh_per_cm2(charge_mAh: number, area_cm2: number): number {
  return charge_mAh / positive(area_cm2, "area_cm2", "1.539 for a 14 mm disc")
}

/**
 * Capacity per mass of active material, mAh g⁻¹.
 * @param active_mass_mg of the working electrode; collector and binder do not count
 * @throws RangeError unless the mass is positive
 */
export function perMass_mAh_per_g(charge_mAh: number, active_mass_mg: number): number {
  return (1000 * charge_mAh) / positive(active_mass_mg, "active_mass_mg", "the active material's")
}

/** @throws RangeError unless `value` is positive and finite */
export function positive(value: number, name: string, example: string): number {
  if (value > 0 && Number.isFinite(value)) return value
  throw new RangeError(`${name} is ${value}: give a number above 0, such as ${example}.`)
}
