import { describe, expect, test } from "vitest"
import { addCalibrate } from "../../host/commands/calibrate"
import { runCommand } from "./runCommand"

describe("calibrate", () => {
  test("shows what is in force", async () => {
    const text = await runCommand(
      addCalibrate,
      "calibrate",
      "--show",
      "--port",
      "sim:7",
      "-c",
      "1,2",
    )
    expect(text.match(/^ +[12] +2026-01-01 +0 days +100R simulated/gm)).toHaveLength(2)
    const words = ["calibrate", "--show", "--port", "sim:7", "--json"]
    const { channels } = JSON.parse(await runCommand(addCalibrate, ...words))
    expect(channels).toHaveLength(4)
    expect(channels[3].calibration.current).toHaveLength(3)
  })

  test("has no bench at a simulated board", async () => {
    await expect(
      runCommand(addCalibrate, "calibrate", "--port", "sim:7", "--channel", "0"),
    ).rejects.toThrow("nobody can put a standard into its holders")
  })

  test.each([
    ["--standard-ohm", "10", "90 to 110"],
    ["--standard-ohm", "abc", "above 0"],
    ["--standard", "a name that is too long", "1 to 16"],
    ["--standard", "100 Ω", "1 to 16"],
    ["--standard", "", "1 to 16"],
  ])("refuses %s '%s' before anything is measured", async (option, value, message) => {
    const words = ["calibrate", "--port", "sim:7", option, value]
    await expect(runCommand(addCalibrate, ...words)).rejects.toThrow(message)
  })
})
