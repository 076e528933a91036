import { expect, test } from "vitest"
import * as format from "../../firmware/core/logFormat"
import { putCrc } from "../../host/crc"
import { BoardClock } from "../../host/log/clock"
import { summarise } from "../../host/store/summary"
import { pageAt } from "./logOf"

/** A page of a test with these events: the kind, then the payload. */
function pageOf(...events: number[][]): Uint8Array {
  const page = pageAt(1, { channel: 0, test: 1 })
  const records = events.flatMap(([kind, ...payload]) => [
    format.RECORD_EVENT,
    kind,
    payload.length,
    ...payload,
  ])
  page.set(records, format.RECORDS_AT)
  page[format.AT_USED] = records.length
  putCrc(page, 0, format.CRC_AT)
  return page
}

const BEGINS = [format.EVENT_TEST_BEGINS, 0, 0, 0, 0, 0]
const FAULT = [format.EVENT_FAULT, 3]
const ENDS = [format.EVENT_TEST_ENDS, 1]

test.each([
  { what: "runs", events: [BEGINS], state: "running", isOver: false },
  { what: "waits with a fault", events: [BEGINS, FAULT], state: "fault", isOver: false },
  {
    what: "was stopped by a fault, and ended",
    events: [BEGINS, FAULT, ENDS],
    state: "fault",
    isOver: true,
  },
  { what: "was stopped", events: [BEGINS, ENDS], state: "stopped", isOver: true },
])("a test that $what is $state, over: $isOver", ({ events, state, isOver }) => {
  const page = pageOf(...events)
  expect(summarise(page, [page], BoardClock.of([]))).toMatchObject({ state, isOver })
})
