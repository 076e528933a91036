import { expect, test } from "vitest"
import { actionText, endedText } from "../../host/web/page/actionText"

const stop = {
  ...{ by: "Ada", via: "page", host: "pc-3", action: "stop", test: "KX42-0-7", why: "dendrites" },
  ...{ isDone: true, message: "A1 is over." },
}

test.each([
  [stop, "Ada stopped KX42-0-7 through the page of pc-3, because: “dendrites”."],
  [
    { ...stop, by: "lab", isByAccount: true as const, via: "cli", why: undefined },
    "The account lab stopped KX42-0-7 at pc-3.",
  ],
  [
    { ...stop, by: undefined, isDone: false, via: "agent", message: "No test is on it." },
    "Somebody who gave no name wanted to stop KX42-0-7 through the agent of pc-3, because: “dendrites”. " +
      "Not done: No test is on it.",
  ],
  [
    { ...stop, action: "calibrate", test: undefined, why: undefined, via: "cli" },
    "Ada calibrated it at pc-3.",
  ],
])("an action reads as a sentence %#", (line, text) => {
  expect(actionText(line)).toBe(text)
})

test("of a test that stands still, who did that; of one that went on, nobody", () => {
  const start = { ...stop, action: "start" }
  const refused = { ...stop, by: "Ben", isDone: false }
  const other = { ...stop, by: "Eve", test: "KX42-0-8" }
  expect(endedText([other, refused, stop, start], "KX42-0-7")).toBe(
    "Stopped by Ada, because: “dendrites”.",
  )
  const pause = { ...stop, action: "pause", why: undefined }
  expect(endedText([pause, start], "KX42-0-7")).toBe("Paused by Ada.")
  expect(endedText([{ ...stop, action: "resume" }, pause, start], "KX42-0-7")).toBeUndefined()
  expect(endedText([refused], "KX42-0-7")).toBeUndefined()
})
