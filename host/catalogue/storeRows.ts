import { TesterError } from "../errors"
import type { Cell } from "../cell"
import type { Store } from "../store/store"
import type { StoredTest } from "../store/storedTest"
import type { Row, Table } from "./catalogue"

/** What a store knows for the catalogue: its tests and their cells. */
export function* storeRows(
  lab: string,
  host: string,
  store: Store,
): Generator<{ table: Table; row: Row }> {
  for (const test of store.tests()) {
    const cell = cellOf(test)
    yield { table: "tests", row: testRow(lab, host, test, cell) }
    if (cell !== undefined) yield { table: "cells", row: cellRow(lab, cell) }
  }
}

function testRow(lab: string, host: string, test: StoredTest, cell: Cell | undefined): Row {
  const { state, reason, fault, began_unix_s, last } = test.summary()
  const began = began_unix_s === undefined ? test.about.started : isoTime(began_unix_s)
  return {
    lab,
    test: test.id,
    host,
    board: test.board,
    channel: test.channel,
    cell: cell?.name ?? null,
    operator: cell?.operator ?? null,
    project: cell?.project ?? null,
    protocol: test.about.protocol_file ?? null,
    began: began ?? null,
    state,
    reason: reason ?? (fault === undefined ? null : `fault ${fault}`),
    cycle: last?.cycle ?? null,
    time_s: last?.time_s ?? null,
  }
}

function cellRow(lab: string, { name, ...cell }: Cell): Row {
  return { lab, cell: name, ...cell }
}

/** What a person has to mend in a cell's file keeps its test out of no list. */
function cellOf(test: StoredTest): Cell | undefined {
  try {
    return test.cell
  } catch (error) {
    if (error instanceof TesterError) return undefined
    throw error
  }
}

export function isoTime(unix_s: number): string {
  return new Date(unix_s * 1000).toISOString()
}
