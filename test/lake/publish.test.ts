import fc from "fast-check"
import { expect, it } from "vitest"
import { daysOf } from "../../host/lake/days"
import { FolderBucket } from "../../host/lake/folderBucket"
import { publishTest } from "../../host/lake/publishTest"
import { query } from "../../host/lake/query"
import type { Rows } from "../../host/formats/totals"
import type { Records } from "../../host/records"
import { aStep, batchesOf, START_UNIX_S } from "../formats/batches"
import { FailingBucket, filesIn, hourly, lakeTest, newLake } from "./datasets"

const steps = hourly(4)

const anyTime_s = fc.double({ min: START_UNIX_S, max: START_UNIX_S + 5 * 86_400, noNaN: true })

/** A batch whose records were taken at these times. */
function batchAt(unixTime_s: number[], stepCount: number): Records {
  const times_s = unixTime_s.map((_, i) => i + 1)
  const [batch] = batchesOf([{ ...aStep, times_s }])
  return { ...batch, stepCount, unixTime_s: Float64Array.from(unixTime_s) }
}

function counting({ recordIndex, records }: Rows): number[] {
  return Array.from({ length: records.length }, (_, i) => recordIndex + i)
}

it("has each record of a test once, on its day", async () => {
  const { folder, bucket } = newLake()
  const batches = batchesOf(steps)
  const published = await publishTest("lab-1", lakeTest(batches), bucket)
  const records = batches.reduce((sum, { length }) => sum + length, 0)
  expect(published.records).toBe(records)
  const { rows } = await query(
    folder,
    `SELECT lab, test, day::VARCHAR, count(*)::INTEGER, bool_and(unix_time_s >= epoch(day) AND
      unix_time_s < epoch(day) + 86400) FROM records GROUP BY lab, test, day ORDER BY 3`,
  )
  expect(rows.reduce((sum, row) => sum + Number(row[3]), 0)).toBe(records)
  expect(rows.length).toBe(published.days)
  expect(
    rows.every(([lab, test, , , isRight]) => lab === "lab-1" && test === "AB12-0-7" && isRight),
  ).toBe(true)
  const first = new Date(START_UNIX_S * 1000).toISOString().slice(0, 10)
  expect(rows[0][2]).toBe(first)
})

it("closes a day by the next one's first record, and the last day by the test's end", async () => {
  const { folder, bucket } = newLake()
  const [first, second, ...others] = batchesOf(steps)
  const running = { isOver: false }
  expect(await publishTest("lab-1", lakeTest([first], running), bucket)).toMatchObject({ days: 0 })
  const days = async () =>
    (await query(folder, "SELECT day::VARCHAR, count(*) FROM records GROUP BY ALL ORDER BY ALL"))
      .rows
  expect(await days()).toEqual([])
  // 20 h, then 20 h more: midnight lies between.
  await publishTest("lab-1", lakeTest([first, second], running), bucket)
  expect(await days()).toEqual([["2025-12-01", "23"]])
  await publishTest("lab-1", lakeTest([first, second, ...others], running), bucket)
  expect((await days()).map(([day]) => day)).toEqual(["2025-12-01", "2025-12-02", "2025-12-03"])
  await publishTest("lab-1", lakeTest([first, second, ...others]), bucket)
  expect(await days()).toHaveLength(4)
})

it("leaves alone what is there, and gives the same bytes again", async () => {
  const { folder, bucket } = newLake()
  const test = lakeTest(batchesOf(steps))
  await publishTest("lab-1", test, bucket)
  const before = filesIn(folder)
  expect(await publishTest("lab-1", test, bucket)).toEqual({ days: 0, records: 0 })
  expect(filesIn(folder)).toEqual(before)
  const { folder: other, bucket: again } = newLake()
  await publishTest("lab-1", test, again)
  expect([...filesIn(other).values()].sort()).toEqual([...before.values()].sort())
})

it("writes a day again when records have come that were damaged before", async () => {
  const { folder, bucket } = newLake()
  const all = batchesOf(steps)
  const count = async () => Number((await query(folder, "SELECT count(*) FROM records")).rows[0][0])
  await publishTest("lab-1", lakeTest([all[0], ...all.slice(2)], { mark: "damaged" }), bucket)
  expect(await count()).toBe(60)
  expect(await publishTest("lab-1", lakeTest(all, { mark: "repaired" }), bucket)).not.toMatchObject(
    { days: 0 },
  )
  expect(await count()).toBe(80)
})

it("goes on after it was ended at any write, with no record lost or doubled", async () => {
  const test = lakeTest(batchesOf(steps))
  const { folder: whole, bucket } = newLake()
  await publishTest("lab-1", test, bucket)
  const wanted = [...filesIn(whole)].map(([path, bytes]) => [path.slice(whole.length), bytes])
  for (let writes = 0; writes < wanted.length; writes++) {
    const { folder } = newLake()
    await expect(publishTest("lab-1", test, new FailingBucket(folder, writes))).rejects.toThrow(
      "no more",
    )
    await publishTest("lab-1", test, new FolderBucket(folder))
    const got = [...filesIn(folder)].map(([path, bytes]) => [path.slice(folder.length), bytes])
    expect(got.filter(([path]) => !path.includes("_drafts")).sort()).toEqual(wanted.sort())
  }
})

it("cuts days so that they are the test again, whatever the clock does", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.oneof(anyTime_s, fc.constant(Number.NaN)), { minLength: 1 })),
      (times) => {
        const batches = times.map((unixTime_s, i) => batchAt(unixTime_s, i + 1))
        const days = [...daysOf(batches)]
        expect(days.flatMap(({ rows }) => [...rows.records.unixTime_s])).toEqual(times.flat())
        expect(days.flatMap(({ rows }) => counting(rows))).toEqual(
          times.flat().map((_, i) => i + 1),
        )
        const inOrder = days.map(({ day }) => day ?? "")
        expect(inOrder).toEqual([...inOrder].sort())
      },
    ),
    { seed: 21 },
  )
})
