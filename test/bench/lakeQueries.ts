// Capacity retention of every test, Q of the last cycle ÷ Q of cycle 1, by what `host/analysis/retention.ts` defines: of
// cycles whose charge is known.
const RETENTION = `
SELECT lab, board, channel, test, max(cycle) AS cycle,
  arg_max(capacity_Ah, cycle) / any_value(capacity_Ah) FILTER (cycle = 1) AS retention
FROM known GROUP BY lab, board, channel, test ORDER BY lab, board, channel, test`

/** By the rows of cycles. */
export const RETENTION_BY_CYCLES = `
WITH known AS (
  SELECT lab, board, channel, test, cycle, discharging_capacity_Ah AS capacity_Ah
  FROM cycles WHERE is_charge_known AND discharging_capacity_Ah > 0
)${RETENTION}`

/** By the records: what had passed in a cycle by the last record of each of its steps. */
export const RETENTION_BY_RECORDS = `
WITH passed AS (
  SELECT lab, board, channel, test, cycle, max(cycle_discharging_capacity_Ah) AS capacity_Ah
  FROM records WHERE is_last_of_step GROUP BY lab, board, channel, test, cycle
), known AS (
  SELECT passed.* FROM passed JOIN cycles USING (lab, board, channel, test, cycle)
  WHERE is_charge_known AND capacity_Ah > 0
)${RETENTION}`
