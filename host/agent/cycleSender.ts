import { setImmediate } from "node:timers/promises"
import { cycleRows } from "../analysis/cycles"
import { columnsOfCycle } from "../lake/cyclesFile"
import type { BoardLog } from "../store/boardLog"
import type { StoredTest } from "../store/storedTest"
import type { Cursor } from "./cursors"
import type { Deliver } from "./outbox"
import { namesOf } from "./pageNames"
import type { CyclesPayload } from "./payloads"
import type { Topics } from "./topics"

/** Publishes the cycles that have ended. @returns whether there were any */
export type CycleSender = (signal?: AbortSignal) => Promise<boolean>

/** Cycles in one message. */
const MOST = 100

/**
 * Publishes the cycles of a board's tests once they are over. A test is read through only when its last stored point is in
 * another cycle than before, or it has ended.
 */
export function senderOfCycles(
  board: BoardLog,
  cursor: Cursor,
  topics: Topics,
  deliver: Deliver,
): CycleSender {
  return async (signal) => {
    let isAny = false
    for (const test of board.tests()) {
      const known = cursor.cycles[test.id]
      if (test.run === undefined || known?.is_all) continue
      const { isOver, last } = test.summary()
      if (!isOver && (last?.cycle ?? 0) <= (known?.last ?? 0) + 1) continue
      signal?.throwIfAborted()
      await send(test, known?.last ?? 0, isOver)
      isAny = true
      await setImmediate()
    }
    return isAny
  }

  async function send(test: StoredTest, after: number, isOver: boolean): Promise<void> {
    const rows = [...cycleRows(test.reader())]
    // Another step may still belong to the last one.
    if (!isOver) rows.pop()
    const due = rows.filter(({ cycle }) => cycle > after)
    for (let from = 0; from < due.length; from += MOST) {
      const payload: CyclesPayload = {
        ...namesOf(board, test),
        channel: test.channel,
        test_number: test.test,
        cycles: due.slice(from, from + MOST).map(columnsOfCycle),
      }
      await deliver(topics.cycles(board.id, test.channel), payload)
    }
    cursor.cycles[test.id] = { last: rows.at(-1)?.cycle ?? after, is_all: isOver }
  }
}
