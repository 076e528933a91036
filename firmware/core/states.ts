/** What a channel is doing, why it stopped: the numbers of services/coincell.md and of the log. */
export const STATE_IDLE = 0
export const STATE_ZEROING = 1
export const STATE_RUNNING = 2
export const STATE_FINISHED = 3
export const STATE_FAULT = 4

export const FAULT_NONE = 0
export const FAULT_OVER_VOLTAGE = 1
export const FAULT_UNDER_VOLTAGE = 2
export const FAULT_OVER_CURRENT = 3
export const FAULT_STALE_READING = 4
export const FAULT_SATURATED = 5
export const FAULT_REGULATION_LOST = 6
export const FAULT_CHIP_LOST = 7
export const FAULT_ZEROING_FAILED = 8
export const FAULT_LOG_LOST = 9

export const END_OF_PROGRAM = 0
export const STOPPED_BY_HOST = 1
