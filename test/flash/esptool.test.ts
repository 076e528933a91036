// What esptool prints here is composed from its documentation (v5 migration guide, troubleshooting), not recorded.
import { expect, test } from "vitest"
import {
  espProblem,
  findEsptool,
  type Run,
  realRun,
  writeByEsptool,
} from "../../host/flash/esptool"

/** A computer on which only these calls exist, with what they answer. */
function computer(calls: Record<string, { code: number; output: string }>) {
  const asked: string[] = []
  const run: Run = async (command, args) => {
    const line = [command, ...args].join(" ")
    asked.push(line)
    const key = Object.keys(calls).find((one) => line.startsWith(one))
    return key === undefined ? { code: undefined, output: "" } : calls[key]
  }
  return { asked, run }
}

test("it is found as a program, or as a module of Python, and its version decides its words", async () => {
  const new5 = computer({ "esptool ": { code: 0, output: "esptool v5.1.0\n5.1.0\n" } })
  expect(await findEsptool(new5.run)).toEqual({ call: ["esptool"], major: 5 })
  const old4 = computer({ "py -m esptool": { code: 0, output: "esptool.py v4.8.1\n4.8.1\n" } })
  expect(await findEsptool(old4.run)).toEqual({ call: ["py", "-m", "esptool"], major: 4 })
  const noModule = computer({ "python3 ": { code: 1, output: "No module named esptool" } })
  expect(await findEsptool(noModule.run)).toBeUndefined()
})

test("the whole image is written from address 0, in the words of its version", async () => {
  for (const [output, word] of [
    ["esptool.py v4.8.1", "write_flash"],
    ["esptool v5.1.0", "write-flash"],
  ]) {
    const { asked, run } = computer({ "esptool ": { code: 0, output } })
    await writeByEsptool(run, "esp32c3", "COM4", "image.bin")
    expect(asked.at(-1)).toBe(
      `esptool --chip esp32c3 --port COM4 --baud 460800 ${word} 0x0 image.bin`,
    )
  }
})

test("without it, the message has the commands that help", async () => {
  const { run } = computer({})
  const attempt = writeByEsptool(run, "esp32c3", "/dev/ttyACM0", "image.bin")
  await expect(attempt).rejects.toThrow(
    /pip install esptool.*coincell bundle --board xiao_esp32c3.*write-flash 0x0 coincell\.bin/,
  )
})

test("what it complains of is told with what to do", async () => {
  const failed = {
    code: 2,
    output: "A fatal error occurred: Failed to connect to ESP32-C3: No serial data received.",
  }
  const calls = { "esptool version": { code: 0, output: "esptool v5.1.0" }, "esptool ": failed }
  const { run } = computer(calls)
  await expect(writeByEsptool(run, "esp32c3", "COM4", "x")).rejects.toThrow(
    /^COM4: .*Hold its B \(BOOT\) button/,
  )
  expect(espProblem("could not open port '/dev/ttyACM0': Permission denied")).toContain("doctor")
  expect(
    espProblem("A fatal error occurred: This chip is ESP32-S3, not ESP32-C3. Wrong chip argument?"),
  ).toContain("another microcontroller")
  expect(espProblem("first\nA fatal error occurred: it is Tuesday\n")).toBe(
    "esptool failed: A fatal error occurred: it is Tuesday",
  )
})

test("programs are run, really, and one that is not there is told", async () => {
  const heard: string[] = []
  const run = realRun((text) => heard.push(text))
  const script = "console.log('out'); console.error('err'); process.exit(3)"
  const { code, output } = await run(process.execPath, ["-e", script])
  expect(code).toBe(3)
  expect(output).toMatch(/out/)
  expect(output).toMatch(/err/)
  expect(heard.join("")).toBe(output)
  expect(await run("coincell-no-such-program", [])).toEqual({ code: undefined, output: "" })
})
