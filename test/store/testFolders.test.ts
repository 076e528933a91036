import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { TestFolders } from "../../host/store/testFolders"

const ABOUT = {
  format: 1 as const,
  board: "0123456789abcdef",
  board_name: "AB12",
  channel: 2,
  test: 3,
  log: 1,
  boot: 1,
  board_time_ms: 0,
}

test("what is in the folders is told as it is at each call", () => {
  const folder = mkdtempSync(join(tmpdir(), "folders-"))
  const folders = new TestFolders(folder)
  expect(folders.all()).toEqual([])
  const { folder: own } = folders.write(ABOUT, {})
  expect(folders.all()).toEqual([{ folder: own, about: ABOUT }])
  expect(folders.all()[0].about).toBe(folders.all()[0].about)
  const path = join(own, "test.yaml")
  writeFileSync(path, readFileSync(path, "utf8").replace("board_name: AB12", "board_name: ABC123"))
  expect(folders.all()[0].about.board_name).toBe("ABC123")
  writeFileSync(path, "format: 2\n")
  expect(folders.all()).toEqual([])
  expect(folders.broken().map((one) => one.folder)).toEqual([own])
  expect(folders.broken()[0].problem.message).toContain("test.yaml")
  rmSync(own, { recursive: true })
  expect(folders.broken()).toEqual([])
  rmSync(folder, { recursive: true })
})
