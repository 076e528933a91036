/** Share of the voltage error corrected each period. */
const GAIN = 0.3
/** In a scan, share of the error that is added to what is corrected in every period from then on. */
const TREND_GAIN = 0.02
/** Before anything is known of the cell, ohms: so high that the first move is a small one. */
const UNKNOWN_ohm = 10_000
const LEAST_ohm = 0.05
const MOST_ohm = 1e6
/** A far set-point is approached no faster than this. */
const APPROACH_V_per_s = 0.02
/** Smaller moves of the voltage tell nothing of the resistance, and smaller errors nothing of the loop. */
const SIGNIFICANT_V = 0.3e-3
/** A first move as large as a constant current begins with is believed at once. */
const CLEAR_V = 1e-3
const CLEAR_A = 10e-6
/** This near to the goal the cell has arrived: a scan sets out. */
const NEAR_V = 1e-3
/** One observation changes the estimate by this factor at most. */
const MOST_CHANGE = 4
/** Periods after the start in which an observation counts in full. */
const LEARNING_PERIODS = 10
/** What an overshoot makes of the estimate, and a crawl. */
const CAUTION = 1.5
const HASTE = 0.97
/** A measured current may move by this much without having been moved. */
const CLEAR_MOVE_A = 0.5e-6
/** The current's smallest step, twice over: what that moves the voltage by is no overshoot. */
const STEP_A = 0.8e-6
/** An error that keeps more than this from one period to the next crawls. */
const CRAWL = 0.85

/**
 * Digital potentiostat: each period it moves the current by what brings the cell to its set-point, by an
 * estimate of the cell's resistance that it learns from its own moves. An overshoot raises the estimate, a
 * crawl lowers it, so that a cell whose voltage follows the current slowly is handled as well.
 *
 * A move is told from what a slow part of the cell does by itself by comparing it with the move before, in
 * which that was the same. In a scan it goes on without end, so there what it takes is learnt, too.
 */
export class Potentiostat {
  /** Where the cell is to be brought, and how fast that moves. */
  goal_V = 0
  rate_V_per_s = 0
  /** What it should be at now: on its way to the goal. */
  setpoint_V = 0
  /** The current stays between these. */
  least_A = 0
  most_A = 0
  /** Who knows a better one sets it after `begin`. */
  resistance_ohm = UNKNOWN_ohm
  /** The cell has been at the goal: from then on its current tells something of the cell. */
  hasArrived = false
  private voltage_V = 0
  private current_A = 0
  private movedBy_V = 0
  private movedBy_A = 0
  private error_V = 0
  /** How far the set-point moved last. */
  private ahead_V = 0
  /** What the voltage does by itself in a period, turned round. */
  private trend_V = 0
  private periods = 0

  /**
   * Sets out from the reading before the first, which the first move is measured against.
   * @param isNew the cell's resistance is not known from the step before
   */
  begin(voltage_V: number, current_A: number, isNew: boolean): void {
    this.voltage_V = voltage_V
    this.current_A = current_A
    this.setpoint_V = voltage_V
    this.rate_V_per_s = 0
    this.movedBy_V = 0
    this.movedBy_A = 0
    this.error_V = 0
    this.ahead_V = 0
    this.trend_V = 0
    this.hasArrived = false
    if (!isNew) return
    this.periods = 0
    this.resistance_ohm = UNKNOWN_ohm
  }

  /**
   * @param target_A the current in force while these readings were taken
   * @param period_s until the next readings
   * @returns the current to go on with
   */
  step(target_A: number, voltage_V: number, current_A: number, period_s: number): number {
    this.learn(voltage_V, current_A)
    const error_V = this.setpoint_V - voltage_V
    // A current of one direction cannot bring a cell back that is beyond the goal: it is there, too.
    const isFar = (error_V > NEAR_V && this.most_A > 0) || (error_V < -NEAR_V && this.least_A < 0)
    if (this.setpoint_V === this.goal_V && !isFar) this.hasArrived = true
    this.goal_V = this.goal_V + this.rate_V_per_s * period_s
    const fastest_V = (APPROACH_V_per_s + Math.abs(this.rate_V_per_s)) * period_s
    const ahead_V = Math.min(Math.max(this.goal_V - this.setpoint_V, -fastest_V), fastest_V)
    let trend_V = 0
    if (this.rate_V_per_s !== 0)
      trend_V = Math.min(Math.max(this.trend_V + error_V * TREND_GAIN, -fastest_V), fastest_V)
    const move_V = error_V * GAIN + ahead_V + trend_V
    const wanted_A = target_A + move_V / this.resistance_ohm
    this.setpoint_V = this.setpoint_V + ahead_V
    this.ahead_V = ahead_V
    const next_A = Math.min(Math.max(wanted_A, this.least_A), this.most_A)
    // An error that the limit keeps is neither a crawl nor an overshoot.
    const isFree = next_A === wanted_A
    this.error_V = isFree ? error_V : 0
    this.trend_V = isFree ? trend_V : 0
    return next_A
  }

  private learn(voltage_V: number, current_A: number): void {
    const by_A = current_A - this.current_A
    const by_V = voltage_V - this.voltage_V
    const moved_A = by_A - this.movedBy_A
    const moved_V = moved_A < 0 ? this.movedBy_V - by_V : by_V - this.movedBy_V
    const expected_V = Math.abs(moved_A) * this.resistance_ohm
    let factor = 1
    const isClear = moved_V > CLEAR_V && Math.abs(moved_A) > CLEAR_A
    if (this.periods === 0 && isClear) factor = moved_V / expected_V
    else if (expected_V > SIGNIFICANT_V) {
      const ratio = Math.min(Math.max(moved_V / expected_V, 1 / MOST_CHANGE), MOST_CHANGE)
      const isRise = ratio > 1 && Math.abs(moved_A) > CLEAR_MOVE_A
      if (isRise || this.periods < LEARNING_PERIODS) factor = ratio
    }
    const error_V = this.setpoint_V - voltage_V
    const before_V = this.error_V
    if (Math.abs(before_V) > SIGNIFICANT_V && this.periods >= 3) {
      const kept = error_V / before_V
      const isOver = kept < -0.1 && Math.abs(before_V) > this.resistance_ohm * STEP_A
      if (isOver) factor = Math.max(factor, CAUTION)
      // Ahead of a set-point that moves, an error that stays is none of too little haste.
      else if (kept > CRAWL && kept < 1 && error_V * this.ahead_V >= 0) factor = factor * HASTE
    }
    this.resistance_ohm = Math.min(Math.max(this.resistance_ohm * factor, LEAST_ohm), MOST_ohm)
    this.voltage_V = voltage_V
    this.current_A = current_A
    this.movedBy_V = by_V
    this.movedBy_A = by_A
    this.periods = this.periods + 1
  }
}
