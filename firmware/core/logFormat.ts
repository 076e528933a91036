/**
 * The log's bytes, as LOG_FORMAT.md tells them: offsets in a page's header and the kinds of its records.
 * The board writes them (`logPage.ts`), the host reads them (`host/log/page.ts`).
 */
export const LOG_MAGIC = 0xcc
export const LOG_VERSION = 1

/** Header: one constant a field, offset in the page. */
export const AT_MAGIC = 0 // u8
export const AT_VERSION = 1 // u8
export const AT_CHANNEL = 2 // u8
export const AT_USED = 3 // u8, bytes of records
export const AT_SEQUENCE = 4 // u32
export const AT_BOOT = 8 // u32, boot count
export const AT_BOARD_TIME = 12 // u48, ms since boot when the page was closed
export const AT_TEST_TIME = 18 // u48, ms since the test began, base of the first record
export const AT_TEST = 24 // u16
export const AT_STEP_INDEX = 26 // u8
export const AT_STEP_TYPE = 27 // u8
export const AT_CYCLE = 28 // u32
export const AT_STEP_COUNT = 32 // u32
export const RECORDS_AT = 36
export const CRC_AT = 252

/** Low two bits of a record's first varint; the rest is the time since the record before, in ms. */
export const RECORD_POINT = 0
export const RECORD_FIRST = 1
export const RECORD_LAST = 2
export const RECORD_EVENT = 3

/** Kinds of events: the byte after the varint. */
export const EVENT_TEST_BEGINS = 1 // calibration date u32 (0: nominal), temperature i16 in 10 m°C
export const EVENT_STEP_BEGINS = 2 // step index u8, step type u8, cycle u32
export const EVENT_TEST_ENDS = 3 // reason u8 (0: program ended, 1: stopped by host)
export const EVENT_FAULT = 4 // fault u8

/** A temperature that was not measured. */
export const NO_TEMPERATURE = -32768

/** The longest record: a point of five varints, each of at most eight bytes for values below 2⁵³. */
export const MAX_RECORD_BYTES = 40
