/** Where things lie in the 32 kB of FRAM. A twin is two copies, one behind the other (`twin.ts`). */

/** Boot count: a twin of 32 bytes. */
export const BOOT_AT = 0x0000
/** What of the log may be overwritten: a twin of 32 bytes. */
export const LOG_POINTERS_AT = 0x0040
/** Zeros found on the dummy: by channel a twin of 68 bytes. */
export const ZEROS_AT = 0x0080
export const ZEROS_STRIDE = 160
/** Calibrations: by channel a twin of 64 bytes. */
export const CALIBRATION_AT = 0x0300
export const CALIBRATION_STRIDE = 128
/** Where a test stands in its program, written at each step: by channel a twin of 256 bytes. */
export const STEP_CHECKPOINT_AT = 0x0500
export const STEP_CHECKPOINT_STRIDE = 512
/** Where a test stands within its step: by channel a twin of 68 bytes. */
export const CHECKPOINT_AT = 0x0d00
export const CHECKPOINT_STRIDE = 192
/** Log pages that are not in flash yet: two of 256 bytes by channel, and two of the board's own. */
export const PAGE_MIRROR_AT = 0x1000
export const PAGE_MIRROR_BYTES = 256
/** Programs, by channel. */
export const PROGRAM_AT = 0x1e00
export const PROGRAM_STRIDE = 6272
