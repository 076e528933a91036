import { expect, test } from "vitest"
import { PAGE_BYTES, pageHead } from "../../host/log/page"
import { PageWriter } from "./pageWriter"

test("a page's head is what the board wrote there", () => {
  const log = new PageWriter()
  log.next = 70_000
  log.boot = 66_000
  log.now_ms = 2 ** 33
  const recorder = log.recorder(3)
  recorder.number = 21
  recorder.testBegins(300, 0, 0, 25)
  recorder.flush()
  recorder.event(3, 2 ** 34, 0)
  recorder.flush()
  const [begin, end] = log.written.map((page) => pageHead(page))
  expect(begin).toEqual({
    sequence: 70_000,
    boot: 66_000,
    channel: 3,
    number: 5,
    test: 300,
    boardTime_ms: 2 ** 33,
    testTime_ms: 0,
    beginsTest: true,
  })
  expect(end).toMatchObject({
    sequence: 70_001,
    number: 6,
    testTime_ms: 2 ** 34,
    beginsTest: false,
  })
})

test("a blank page has none, nor has a torn one", () => {
  const log = new PageWriter()
  const recorder = log.recorder(0)
  recorder.event(3, 0, 0)
  recorder.flush()
  const [torn] = log.written
  torn[100] ^= 4
  expect(pageHead(torn)).toBeUndefined()
  expect(pageHead(new Uint8Array(PAGE_BYTES).fill(0xff))).toBeUndefined()
})
