import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { NOTIFY_FILE, readNotifyConfig } from "../../host/notify/config"
import { NOTICE_KINDS } from "../../host/notify/judge"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "notify-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (text: string) => writeFileSync(join(folder, NOTIFY_FILE), text)

test("without a file everything is told to whom the command line names", () => {
  const config = readNotifyConfig(folder, { command: "mail me" })
  expect(config.receivers).toEqual({ command: "mail me", webhook: undefined })
  expect([...config.on]).toEqual([...NOTICE_KINDS])
})

test("the command line goes before the file", () => {
  write("command: a\nwebhook: https://example.org/x\non: [fault]\nsample_too_old_after_s: 60\n")
  const config = readNotifyConfig(folder, { command: "b" })
  expect(config.receivers).toEqual({ command: "b", webhook: "https://example.org/x" })
  expect([...config.on]).toEqual(["fault"])
  expect(config.limits.sample_too_old_after_s).toBe(60)
})

test.each([
  ["webhok: https://example.org", "webhok"],
  ["webhook: ftp://example.org", "webhook: give a URL"],
  ["on: [explosion]", "on.0"],
  ["board_lost_after_s: -1", "board_lost_after_s"],
  ["on: [", "notify.yaml:1:6: "],
  ["- command: a", "write keys and values"],
  ["on: [[[[".repeat(200), "nests deeper"],
])("%s is named with its file", (text, problem) => {
  write(text)
  expect(() => readNotifyConfig(folder, {})).toThrow(problem)
  expect(() => readNotifyConfig(folder, {})).toThrow(NOTIFY_FILE)
})
