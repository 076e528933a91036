import { spawn } from "node:child_process"
import { existsSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"
import { readDone } from "../../host/papers/done"
import { fingerprint } from "../../host/papers/planRun"
import { type RunProgress, runTest } from "../../host/papers/runTest"
import { storedResult } from "../../host/papers/storedResult"
import { Store } from "../../host/store/store"
import { newFolder } from "../store/folder"
import { long, short } from "./tinyPaper"

const child = fileURLToPath(new URL("runChild.ts", import.meta.url))

/** Runs `long` in a process and kills that once it has told of progress. */
function killInTheMiddle(folder: string): Promise<void> {
  const one = spawn(process.execPath, ["--import", "tsx", child, long.key, folder])
  one.stdout.once("data", () => one.kill("SIGKILL"))
  return new Promise((resolve) => one.on("close", () => resolve()))
}

const pagesIn = (folder: string) =>
  Store.open(folder)
    .boards()
    .map((log) => Buffer.concat([...log.pages(0, log.next)]))

describe("a run", () => {
  test("that was killed begins anew, and gives what it would have given", async () => {
    const [folder, other] = [newFolder(), newFolder()]
    await killInTheMiddle(folder)
    expect(existsSync(join(folder, "tests"))).toBe(true)
    expect(storedResult(long, folder)).toBeUndefined()
    const told: RunProgress[] = []
    const done = await runTest(long, {
      engine: "native",
      folder,
      onProgress: (progress) => told.push(progress),
    })
    expect(done?.end).toBe("Program")
    expect(told.length).toBeGreaterThan(10)
    expect(readdirSync(join(folder, "tests"))).toHaveLength(1)
    await runTest(long, { engine: "native", folder: other })
    expect(pagesIn(folder)).toEqual(pagesIn(other))
    const result = storedResult(long, folder)
    expect(result?.about.end?.kind).toBe("finished")
    expect(result?.about.lostPages).toBe(0)
    expect(result?.cycles()).toHaveLength(12)
    expect(result?.cycles()).toBe(result?.cycles())
    expect([...(result?.records() ?? [])].length).toBeGreaterThan(20)
  })

  test("that is done is not run again, until it is another one", async () => {
    const folder = newFolder()
    const first = await runTest(short, { engine: "native", folder })
    writeFileSync(join(folder, "witness"), "")
    expect(await runTest(short, { engine: "vm", folder })).toEqual(first)
    expect(existsSync(join(folder, "witness"))).toBe(true)
    const other = { ...short, cell: { ...short.cell, name: "another name" } }
    expect(storedResult(other, folder)).toBeUndefined()
    await runTest(other, { engine: "native", folder })
    expect(existsSync(join(folder, "witness"))).toBe(false)
    expect(storedResult(other, folder)?.cell.name).toBe("another name")
    writeFileSync(join(folder, "done.json"), "{")
    expect(readDone(folder)).toBeUndefined()
  })

  test("ends by its signal, and is not done then", async () => {
    const folder = newFolder()
    const controller = new AbortController()
    const onProgress = () => controller.abort()
    const { signal } = controller
    expect(await runTest(long, { engine: "native", folder, signal, onProgress })).toBeUndefined()
    expect(readDone(folder)).toBeUndefined()
  })

  test("whose protocol cannot be run says so, naming it", async () => {
    const wrong = { ...short, cell: { name: "no area" } }
    await expect(runTest(wrong, { engine: "native", folder: newFolder() })).rejects.toThrow(
      /Tiny\/short\.json.*area_cm2/s,
    )
  })
})

test("a fingerprint changes with protocol, cell and simulated cell, and with nothing else", () => {
  const mark = fingerprint(short)
  expect(fingerprint(structuredClone(short))).toBe(mark)
  const others = [
    { ...short, protocol: long.protocol },
    { ...short, cell: { ...short.cell, comment: "other" } },
    { ...short, simulatedCell: long.simulatedCell },
    { ...short, key: "Tiny/other" },
  ]
  expect(new Set([mark, ...others.map(fingerprint)]).size).toBe(5)
})
