import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import S3rver from "s3rver"
import { afterAll, beforeAll, expect, it } from "vitest"
import { mirror } from "../../host/lake/mirror"
import { openBucket } from "../../host/lake/open"
import { publishTest } from "../../host/lake/publishTest"
import { query } from "../../host/lake/query"
import { S3Bucket } from "../../host/lake/s3Bucket"
import { prefixesOf } from "../../host/lake/tables"
import { aStep, batchesOf, testOf } from "../formats/batches"

const folder = mkdtempSync(join(tmpdir(), "coincell-s3-"))
const server = new S3rver({
  port: 0,
  address: "127.0.0.1",
  silent: true,
  directory: join(folder, "server"),
  configureBuckets: [{ name: "lab", configs: [] }],
})
const environment: NodeJS.ProcessEnv = {
  AWS_ACCESS_KEY_ID: "S3RVER",
  AWS_SECRET_ACCESS_KEY: "S3RVER",
}

beforeAll(async () => {
  const { port } = await server.run()
  environment.AWS_ENDPOINT_URL = `http://127.0.0.1:${port}`
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

/** A test of two days, at midnight of which it stands in the middle of a step. */
function testNamed(id: string) {
  const times_s = Array.from({ length: 48 }, (_, i) => (i + 1) * 3600)
  const test = testOf(batchesOf([{ ...aStep, times_s }]), { id, channel: 0 })
  return { ...test, isOver: true, mark: "all" }
}

it("keeps a dataset in a bucket, of which a folder is made for queries, with what is new alone", async () => {
  const bucket = openBucket("s3://lab/cells/2026", environment) as S3Bucket
  await publishTest("lab-1", testNamed("AB12-0-7"), bucket)
  const copy = join(folder, "copy")
  await mirror(bucket, copy)
  const count = async () =>
    (await query(copy, "SELECT test, count(*)::INTEGER FROM records GROUP BY test ORDER BY test"))
      .rows
  expect(await count()).toEqual([["AB12-0-7", 48]])
  const fetched: string[] = []
  const watched = new (class extends S3Bucket {
    override async fetch(key: string, path: string): Promise<boolean> {
      fetched.push(key)
      return await super.fetch(key, path)
    }
  })(bucket.address)
  await publishTest("lab-1", testNamed("AB12-0-8"), bucket)
  await mirror(watched, copy)
  expect(await count()).toEqual([
    ["AB12-0-7", 48],
    ["AB12-0-8", 48],
  ])
  expect(fetched.length).toBeGreaterThan(0)
  expect(fetched.filter((key) => key.includes("AB12-0-7"))).toEqual([])
  // Published again, nothing moves.
  expect(await publishTest("lab-1", testNamed("AB12-0-8"), bucket)).toEqual({ days: 0, records: 0 })
})

it("joins the days of a month in a bucket, and fetches only of the tables that are asked for", async () => {
  const bucket = openBucket("s3://lab/joined", environment) as S3Bucket
  const test = testNamed("AB12-0-9")
  const keys = async () => (await bucket.keys("")).map((key) => key.replace(/lab=.*AB12-0-9/, "…"))
  await publishTest("lab-1", { ...test, isOver: false, mark: "running" }, bucket)
  expect(await keys()).toContain("records/…/day=2025-12-01/records.parquet")
  const copy = join(folder, "joined")
  await mirror(bucket, copy)
  await publishTest("lab-1", { ...test, mark: "longer" }, bucket)
  expect(await keys()).toEqual([
    "cycles/…/cycles.parquet",
    "months/…/month=2025-12/records.parquet",
    "tests/…/test.json",
  ])
  const sql = "SELECT count(*)::INTEGER FROM records"
  await mirror(bucket, copy, prefixesOf("SELECT * FROM cycles"))
  expect((await query(copy, sql)).rows).toEqual([[47]])
  await mirror(bucket, copy, prefixesOf(sql))
  expect((await query(copy, sql)).rows).toEqual([[48]])
})

it("makes a copy that fits together while days are joined", async () => {
  const bucket = openBucket("s3://lab/moving", environment) as S3Bucket
  const test = testNamed("AB12-0-9")
  await publishTest("lab-1", { ...test, isOver: false, mark: "running" }, bucket)
  let isJoined = false
  const moving = new (class extends S3Bucket {
    override async fetch(key: string, path: string): Promise<boolean> {
      if (!isJoined) await publishTest("lab-1", { ...test, mark: "longer" }, bucket)
      isJoined = true
      return await super.fetch(key, path)
    }
  })(bucket.address)
  const copy = join(folder, "moving")
  await mirror(moving, copy)
  expect((await query(copy, "SELECT count(*)::INTEGER FROM records")).rows).toEqual([[48]])
})

it("says what is wrong with an address, keys or the store", async () => {
  expect(() => openBucket("s3://", environment)).toThrow("names no bucket")
  expect(() => openBucket("s3://lab", {})).toThrow("AWS_ACCESS_KEY_ID")
  expect(() => openBucket("ftp://lab/x")).toThrow("give a folder, or s3://")
  expect(() => openBucket("s3://lab", { ...environment, AWS_ENDPOINT_URL: "store" })).toThrow(
    "http://HOST",
  )
  const nowhere = openBucket("s3://none/", environment)
  await expect(nowhere.read("tests/x")).rejects.toThrow("does the bucket exist")
  await expect(nowhere.put("tests/x", new Uint8Array(1))).rejects.toThrow("does the bucket exist")
  const denied = openBucket("s3://lab", { ...environment, AWS_ACCESS_KEY_ID: "nobody" })
  await expect(denied.keys("tests/")).rejects.toThrow("may these keys")
})
