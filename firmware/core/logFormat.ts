/**
 * The log's bytes, as LOG_FORMAT.md tells them: offsets in a page's header and the kinds of its records.
 * The board writes them (`logPage.ts`, `recorder.ts`), the host reads them (`host/log/page.ts`).
 */

/** First byte of every page: c for coincell, 2 for the format's version. */
export const LOG_FORMAT = 0xc2

/** Header: one constant a field, offset in the page. */
export const AT_FORMAT = 0 // u8
export const AT_CHANNEL = 1 // u8: bits 0–3 channel, bits 4–7 the page's number
export const AT_USED = 2 // u8, bytes of records
export const AT_STEP_TYPE = 3 // u8: bits 0–3 step type, bits 4–7 flags
export const AT_SEQUENCE = 4 // u32
export const AT_BOOT = 8 // u24, boot count
export const AT_CYCLE = 11 // u24
export const AT_STEP_COUNT = 14 // u24
export const AT_STEP_INDEX = 17 // u8
export const AT_BOARD_TIME = 18 // u40, ms since boot when the page was opened
export const AT_TEST_TIME = 23 // u40, ms since the test began when the page was opened
export const AT_TEST = 28 // u16
export const AT_TEMPERATURE = 30 // i16, 0.01 °C
export const RECORDS_AT = 32
export const CRC_AT = 252

/** Pages of a channel are numbered from 0 at each boot, modulo this. */
export const PAGE_NUMBERS = 16
/** The channel of the board's own pages. */
export const BOARD_CHANNEL = 15
/** No calibration was in force. */
export const FLAG_UNCALIBRATED = 1
/** A temperature that was not measured. */
export const NO_TEMPERATURE = -32768
/** A voltage that was not measured. */
export const NO_VOLTAGE = -2147483648

/** Low two bits of a record's first varint; the rest is its time. */
export const RECORD_POINT = 0
export const RECORD_FIRST = 1
export const RECORD_LAST = 2
export const RECORD_EVENT = 3
/** Not in the log: no reading waits to become a record. */
export const NOTHING = -1

/** Kinds of events: the byte after the varint. Then a byte says how many follow it. */
export const EVENT_TEST_BEGINS = 1 // calibration date u32 (0: nominal), flags u8
export const EVENT_STEP_BEGINS = 2 // step index u8, step type u8, cause u8, cycle u32
export const EVENT_TEST_ENDS = 3 // reason u8
export const EVENT_FAULT = 4 // fault u8
export const EVENT_PAUSED = 5 // reason u8
export const EVENT_RESUMED = 6 // 0 u8
export const EVENT_RESTARTED = 7 // uncertain charge u32 nAh, i32 µV checkpoint, i32 µV open circuit, step's charge i48 nAh and energy i48 nWh
export const EVENT_TEMPERATURE = 8 // i16 0.01 °C
export const EVENT_SELF_TEST = 9 // ratio error i32 ppm, offset i32 µV
export const EVENT_CLOCK = 10 // Unix time u48 ms
export const EVENT_BOOT = 11 // cause u8: 0 power, 1 reset with the chips powered
export const EVENT_BOARD_TIME = 12 // board time u40, ms, at this test time

/** The step before did not end by a condition. */
export const NO_CAUSE = 255

/**
 * A point's five varints take 40 bytes at most, each of eight for values below 2⁵³; an event's own, 24 at most, are made
 * behind room for all of it.
 */
export const MAX_RECORD_BYTES = 60
