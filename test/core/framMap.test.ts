import { expect, test } from "vitest"
import { CALIBRATION_BYTES } from "../../firmware/core/calibration"
import { CHECKPOINT_BYTES, STEP_CHECKPOINT_BYTES } from "../../firmware/core/checkpoint"
import * as map from "../../firmware/core/framMap"
import { LOG_POINTERS_BYTES } from "../../firmware/core/logRing"
import { TWIN_TAIL_BYTES } from "../../firmware/core/twin"

const CHANNELS = 4
const FRAM_BYTES = 32_768
const BOOT_BYTES = 32
/** Two of each channel's, and two of the board's. */
const MIRRORS = 2 * CHANNELS + 2

test("nothing in FRAM overlaps, and all of it has room", () => {
  const places = [
    ["boot count", map.BOOT_AT, 2 * BOOT_BYTES],
    ["log pointers", map.LOG_POINTERS_AT, 2 * LOG_POINTERS_BYTES],
    ["pages", map.PAGE_MIRROR_AT, MIRRORS * map.PAGE_MIRROR_BYTES],
  ] as [name: string, from: number, bytes: number][]
  for (let i = 0; i < CHANNELS; i++)
    places.push(
      // Zeros are kept by the checkpoints' twin.
      ["zeros", map.ZEROS_AT + i * map.ZEROS_STRIDE, 2 * CHECKPOINT_BYTES],
      [
        "calibration",
        map.CALIBRATION_AT + i * map.CALIBRATION_STRIDE,
        2 * (CALIBRATION_BYTES + TWIN_TAIL_BYTES),
      ],
      ["step", map.STEP_CHECKPOINT_AT + i * map.STEP_CHECKPOINT_STRIDE, 2 * STEP_CHECKPOINT_BYTES],
      ["checkpoint", map.CHECKPOINT_AT + i * map.CHECKPOINT_STRIDE, 2 * CHECKPOINT_BYTES],
      ["program", map.PROGRAM_AT + i * map.PROGRAM_STRIDE, map.PROGRAM_STRIDE],
    )
  places.sort((a, b) => a[1] - b[1])
  let free = 0
  for (const [name, from, bytes] of places) {
    expect(from, name).toBeGreaterThanOrEqual(free)
    free = from + bytes
  }
  expect(free).toBeLessThanOrEqual(FRAM_BYTES)
})
