import { readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { PAGE_BYTES } from "../../../../host/log/page"
import { OTHER_TEST, POINTS, SoundStore } from "../soundStore"
import { Store } from "../../../../host/store/store"
import { BOARD } from "../../../web/storeOfPages"
import { pageAt } from "../../../store/logOf"
import { broken, type Target, wordsOf } from "../target"
import { mendable } from "./texts"

/**
 * A data folder of which one file is anything: nothing but errors that name it, what is sound beside it is read, the
 * log still takes pages if its own files are sound, and nothing is written elsewhere.
 * @param root an empty folder
 */
export function stores(root: string): Target {
  const sound = new SoundStore(join(root, "data"))
  const { data } = sound
  // Files of the other test stay as they are: that is how it is known to be read in spite of all.
  const files = [...sound.files].filter(([name]) => !name.includes(OTHER_TEST))
  return {
    name: "stores",
    seeds: files.map(([, content], file) => Buffer.concat([Buffer.of(file), content])),
    words: wordsOf(
      "../../evil /tmp/evil CON board: board_name: format: 1 id: name: null ~ &a *a {} [] started: " +
        "2026-01-01T00:00:00Z log: channel: test: simulated: firmware:",
    ),
    run(input) {
      const [name] = files[(input[0] ?? 0) % files.length]
      writeFileSync(join(data, name), input.subarray(1))
      try {
        readAll(data, name)
        writeOn(data)
        const beside = readdirSync(root).join()
        if (beside !== "data") broken(`${beside} beside the store`)
        const top = readdirSync(data).sort().join()
        if (top !== "boards,tests") broken(`${top} in the store`)
      } finally {
        sound.mend()
      }
    },
  }
}

function readAll(data: string, spoilt: string): void {
  const store = Store.open(data)
  for (const log of store.boards()) {
    mendable(() => log.name)
    mendable(() => [...log.verify()])
    mendable(() => log.runs())
  }
  const isOfLog = /\.log$/.test(spoilt)
  const tests = isOfLog ? (mendable(() => store.tests()) ?? []) : store.tests()
  const other = tests.find(({ id }) => id === OTHER_TEST)
  if (other === undefined && !isOfLog) broken("a sound test is not listed")
  for (const test of tests) {
    mendable(() => test.cell)
    mendable(() => test.protocol)
    mendable(() => test.summary())
    mendable(() => test.gaps())
    let points = 0
    mendable(() => {
      for (const { length } of test.reader()) points += length
    })
    if (test === other && !isOfLog && points !== POINTS) broken(`${points} points, not ${POINTS}`)
  }
  for (const { problem } of store.brokenTests())
    if (!problem.message.includes("test.yaml")) broken("what is broken is not named")
  mendable(() => store.test(OTHER_TEST))
}

/** A download that brings a page. */
function writeOn(data: string): void {
  const log = Store.open(data).board(BOARD)
  mendable(() => {
    const writer = log.writer()
    try {
      writer.describe({ name: "KX42" })
      const { next } = writer
      if (next < 2 ** 32) writer.append(next, pageAt(next).subarray(0, PAGE_BYTES))
      writer.repair(0, pageAt(0))
    } finally {
      writer.close()
    }
    log.adoptTests()
    log.nextTestNumber(0)
  })
}
