/** What a channel is doing and why it stopped: the numbers of services/coincell.md and of the log. */
export const STATE_IDLE = 0
/** On the way to its first current, or back to one: on the dummy, or at 0 A on the cell. */
export const STATE_ZEROING = 1
export const STATE_RUNNING = 2
export const STATE_FINISHED = 3
export const STATE_FAULT = 4
/** Its relay is open; it goes on when it is told to. */
export const STATE_PAUSED = 5

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
export const FAULT_OVER_TEMPERATURE = 10
export const FAULT_UNDER_TEMPERATURE = 11
export const FAULT_OPEN_CELL = 12
export const FAULT_HARD_SHORT = 13
export const FAULT_IMPLAUSIBLE = 14
/** A step cannot be read back whole, or the program never takes time. */
export const FAULT_PROGRAM_LOST = 15
/** The dummy does not read as 100 Ω. */
export const FAULT_SELF_TEST_FAILED = 16
/** The open-circuit voltage after a restart is not that of the cell before it. */
export const FAULT_CELL_CHANGED = 17
/** The FRAM does not answer: the test could not survive a power cut. */
export const FAULT_MEMORY_LOST = 18

export const END_OF_PROGRAM = 0
export const STOPPED_BY_HOST = 1
export const STOPPED_BY_RESTART = 2
export const STOP_EFFICIENCY_LOW = 3
/** Above 100 %: a soft short, as are the last two. */
export const STOP_EFFICIENCY_HIGH = 4
export const STOP_RETENTION = 5
export const STOP_OVERPOTENTIAL = 6
export const STOP_PLATEAU_DROP = 7
export const STOP_REST_VOLTAGE = 8

export const PAUSED_BY_HOST = 1
/** After a restart, by the program's policy: rest and ask. */
export const PAUSED_BY_RESTART = 2
export const PAUSED_BY_FULL_LOG = 3
