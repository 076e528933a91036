/**
 * A row of the table that `analyse` prints, with the names and units of `analyse --json`. Which numbers it has
 * depends on the cell's type, and on what is known of its area and mass; undefined: the records do not tell.
 * Where each is computed, in `host/analysis`, its definition and source stand.
 */
export interface CycleValues {
  /** 1-based, counted by the board. */
  cycle: number
  /** Both directions are here, from their first record to their last. */
  isComplete: boolean
  /** Li‖Li and Li‖Cu: all charge of the cycle by the current that plates, and the other way. */
  plated_Ah?: number
  plated_mAh_per_cm2?: number
  stripped_Ah?: number
  stripped_mAh_per_cm2?: number
  /** Half and full cells, and where no type is given: by positive and by negative current. */
  charge_Ah?: number
  charge_mAh_per_cm2?: number
  charge_mAh_per_g?: number
  discharge_Ah?: number
  discharge_mAh_per_cm2?: number
  discharge_mAh_per_g?: number
  /** 1 for 100 %: stripped ÷ plated of Li‖Cu, discharge ÷ charge of half and full cells. */
  coulombicEfficiency?: number
  /** Discharge ÷ that of the first complete cycle. */
  retention?: number
  /** η: mean of |V| over the middle half of the half-cycle. */
  platingOverpotential_V?: number
  strippingOverpotential_V?: number
  /** 2η = V̄₊ − V̄₋. */
  hysteresis_V?: number
  /** |V_tip| − |V_plateau|. */
  platingNucleationOverpotential_V?: number
  strippingNucleationOverpotential_V?: number
  /** |V_tip|. */
  platingTip_V?: number
  /** Of the half-cycle's last record. */
  platingEnd_V?: number
  strippingEnd_V?: number
  /** Energy ÷ charge. */
  chargeMean_V?: number
  dischargeMean_V?: number
  chargeEnergy_Wh?: number
  dischargeEnergy_Wh?: number
  /** Time under current, both directions. */
  underCurrent_s?: number
}
