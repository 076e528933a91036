import { describe, expect, test } from "vitest"
import { PAGE_MIRROR_AT } from "../../firmware/core/framMap"
import { POLICY_OVERWRITE, POLICY_STOP } from "../../firmware/core/logRing"
import { Chips, forgetPointers, LogBoard, SECTOR, wholePages } from "./logBoard"

/** Pages of the ring: four sectors. */
const RING = 64
/** How many of them a full log keeps for what still has to be written. */
const RESERVE = 32

function newBoard(): LogBoard {
  return new LogBoard(new Chips(RING), 2).recover()
}

/** The same chips after another start. */
function restart(board: LogBoard): LogBoard {
  return new LogBoard(board.chips, 2, board.log.boot + 1).recover()
}

/** Pages with one event each, whose detail counts them. */
function write(board: LogBoard, count: number, from = 0): void {
  for (let i = from; i < from + count; i++) {
    board.recorders[0].event(3, board.now_ms, i % 256)
    board.recorders[0].flush()
    board.settle()
  }
}

const details = (board: LogBoard) =>
  board.pages().map(({ records }) => (records[0].kind === "testEnds" ? records[0].reason : -1))

describe("Log", () => {
  test("an empty flash begins at page 0, in an erased sector", () => {
    const board = newBoard()
    expect([board.log.first, board.log.next]).toEqual([0, 0])
    expect(board.log.hasWork).toBe(false)
    write(board, 2)
    expect(board.flash.erased).toEqual([0])
    expect([board.log.first, board.log.next]).toEqual([0, 2])
  })

  test("after a start it goes on at the next blank page, and erases nothing", () => {
    let board = newBoard()
    write(board, 5)
    for (let start = 0; start < 5; start++) {
      board = restart(board)
      expect([board.log.first, board.log.next]).toEqual([0, 5])
    }
    write(board, 1, 5)
    expect(board.flash.erased).toEqual([])
    expect([...wholePages(board.chips).keys()]).toEqual([0, 1, 2, 3, 4, 5])
    expect(details(board)).toEqual([0, 1, 2, 3, 4, 5])
  })

  test("a page that was torn is passed over", () => {
    const board = newBoard()
    write(board, 5)
    board.chips.flash[5 * 256 + 7] = 0x7f
    const again = restart(board)
    expect(again.log.next).toBe(6)
    write(again, 1, 5)
    expect(details(again)).toEqual([0, 1, 2, 3, 4, 5])
  })

  test("round the ring: what is claimed is there, all of it, to the last page", () => {
    const board = newBoard()
    for (let number = 0; number < 3 * RING; number++) {
      write(board, 1, number)
      board.log.acknowledge(number + 1)
      expect(board.log.next).toBe(number + 1)
      expect(board.log.first).toBe(Math.max(0, SECTOR * (Math.floor(number / SECTOR) + 1) - RING))
      const expected = Array.from({ length: number + 1 - board.log.first }, (_, i) => i)
      expect(details(board)).toEqual(expected.map((i) => (i + board.log.first) % 256))
      const again = restart(board)
      expect([again.log.first, again.log.next]).toEqual([board.log.first, board.log.next])
    }
    // Each sector was erased once a round, and no other way.
    expect(board.flash.erased).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3])
  })

  test("two pages of each channel wait while the flash is busy, and keep their order", () => {
    const board = newBoard()
    board.flash.busyPolls = 4
    for (const detail of [7, 8])
      for (const recorder of board.recorders) {
        recorder.event(3, 0, detail)
        recorder.flush()
      }
    expect(board.log.queue).toHaveLength(4)
    board.settle()
    expect(board.pages().map(({ channel, number }) => [channel, number])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ])
    expect(details(board)).toEqual([7, 7, 8, 8])
  })

  test("pages carry the boot count and the time at which they were opened", () => {
    const board = new LogBoard(new Chips(RING), 1, 70_000).recover()
    board.log.now_ms = 4_294_967_396
    board.recorders[0].event(3, 4_294_900_000, 0)
    board.log.now_ms += 60_000
    board.recorders[0].flush()
    board.settle()
    expect(board.pages()[0]).toMatchObject({
      boot: 70_000,
      boardTime_ms: 4_294_967_396,
      testTime_ms: 4_294_900_000,
    })
    expect(restart(board).recovery.lastBoot()).toBe(70_000)
  })
})

describe("a full log", () => {
  test("keeps what was not downloaded, pauses in time, and goes on when it is", () => {
    const board = newBoard()
    board.flash.onErase = () => expect(board.log.next).toBeLessThan(RING)
    for (let i = 0; i < RING - RESERVE; i++) {
      expect(board.log.isFull).toBe(false)
      write(board, 1, i)
    }
    write(board, 1, RING - RESERVE)
    expect(board.log.isFull).toBe(true)
    // A caller who does not care.
    write(board, RESERVE - 1, RING - RESERVE + 1)
    const { log, recorders } = board
    for (let i = 0; i < 3; i++) {
      recorders[0].event(3, 0, 200 + i)
      recorders[0].flush()
      board.run(50)
    }
    expect([log.first, log.next, log.isBlocked]).toEqual([0, RING, true])
    expect(recorders[0].isLosing).toBe(true)
    expect(details(board)).toEqual(Array.from({ length: RING }, (_, i) => i))
    // Less than a sector is not enough.
    log.acknowledge(SECTOR - 1)
    board.run(20)
    expect(log.next).toBe(RING)
    board.flash.onErase = () => {}
    log.acknowledge(SECTOR)
    board.settle()
    expect([log.first, log.next, log.isFull]).toEqual([SECTOR, RING + 2, true])
    expect(details(board).slice(-3)).toEqual([RING - 1, 200, 201])
    log.acknowledge(RING)
    expect(log.isFull).toBe(false)
  })

  test("its pages wait in FRAM over any number of starts", () => {
    let board = newBoard()
    write(board, RING)
    board.recorders[0].event(3, 0, 99)
    for (let i = 0; i < 2; i++) {
      board.recorders[1].event(3, 0, 100 + i)
      board.recorders[1].flush()
    }
    for (let start = 0; start < 3; start++) {
      board = restart(board)
      expect([board.log.next, board.log.isFull, board.log.isBlocked]).toEqual([RING, true, true])
      // A channel without a free page says so.
      board.recorders[1].event(3, 0, 0)
      expect(board.recorders[1].isLosing).toBe(true)
    }
    // One that has one takes it.
    board.recorders[0].point(0, 0, 0, 0, 0, 0)
    expect(board.recorders[0].isLosing).toBe(false)
    board.recorders[0].flush()
    board.log.release(SECTOR)
    board.settle()
    expect(details(board).slice(-4)).toEqual([99, 100, 101, -1])
  })

  test("by the policy stop, only what the host releases goes", () => {
    const board = newBoard()
    board.log.setPolicy(POLICY_STOP)
    write(board, RING)
    board.log.acknowledge(RING)
    expect(board.log.isFull).toBe(true)
    board.recorders[0].event(3, 0, 0)
    board.recorders[0].flush()
    board.run(50)
    expect(board.log.isBlocked).toBe(true)
    board.log.release(SECTOR)
    board.settle()
    expect([board.log.first, board.log.next]).toEqual([SECTOR, RING + 1])
    board.log.setPolicy(POLICY_OVERWRITE)
    expect(board.log.isFull).toBe(false)
  })

  test("the pointers and the policy outlive a start; they only ever grow, and not beyond the log", () => {
    const board = newBoard()
    write(board, 20)
    board.log.setPolicy(POLICY_STOP)
    board.log.acknowledge(12)
    board.log.release(7)
    for (const beyond of [3, 21]) {
      board.log.acknowledge(beyond)
      board.log.release(beyond)
    }
    const { log } = restart(board)
    expect([log.downloaded, log.released, log.policy]).toEqual([12, 7, POLICY_STOP])
    log.setPolicy(POLICY_OVERWRITE)
    expect(restart(board).log.policy).toBe(POLICY_OVERWRITE)
  })

  test("without pointers nothing may be overwritten", () => {
    const board = newBoard()
    write(board, RING - RESERVE + 1)
    board.log.acknowledge(RING - RESERVE)
    expect(board.log.isFull).toBe(false)
    forgetPointers(board.chips)
    const { log } = restart(board)
    expect([log.downloaded, log.released, log.policy]).toEqual([0, 0, POLICY_OVERWRITE])
    expect(log.isFull).toBe(true)
  })

  test("pointers of another flash protect this one's pages", () => {
    const board = newBoard()
    write(board, 40)
    board.log.acknowledge(40)
    board.chips.flash.fill(0xff)
    const { log } = restart(board)
    expect([log.next, log.downloaded]).toEqual([0, 0])
  })
})

describe("chips that fail", () => {
  test("a page that does not read back is written again in the next place", () => {
    const board = newBoard()
    for (let place = 1; place < 64; place += 3) board.flash.worn.add(place)
    write(board, 40)
    expect(board.log.next).toBe(60)
    expect(details(board)).toEqual(Array.from({ length: 40 }, (_, i) => i))
    expect(board.log.isFlashLost).toBe(false)
    const again = restart(board)
    expect(again.log.next).toBe(60)
  })

  test("a flash that keeps nothing is lost; what was recorded waits in FRAM", () => {
    const board = newBoard()
    for (let place = 0; place < RING; place++) board.flash.worn.add(place)
    board.recorders[0].event(3, 0, 9)
    board.recorders[0].flush()
    board.run(200)
    expect(board.log.isFlashLost).toBe(true)
    expect(board.log.hasWork).toBe(false)
    board.recorders[0].event(3, 0, 10)
    board.recorders[0].flush()
    board.recorders[0].event(3, 0, 11)
    expect(board.recorders[0].isLosing).toBe(true)
    expect(details(restart(board))).toEqual([9, 10])
  })

  test("a flash that stays busy is lost, at the start too", () => {
    const board = newBoard()
    board.flash.busyPolls = 1e9
    board.recorders[0].event(3, 0, 9)
    board.recorders[0].flush()
    board.run(15)
    expect(board.log.isFlashLost).toBe(false)
    board.run(15)
    expect(board.log.isFlashLost).toBe(true)

    const again = new LogBoard(new Chips(RING), 2, 2)
    again.flash.busyPolls = 1e9
    again.flash.eraseSector(0)
    let calls = 0
    while (!again.recovery.step(calls * 10)) calls++
    expect(again.log.isFlashLost).toBe(true)
    expect(calls).toBeLessThan(300)
  })

  test("what FRAM holds is not written over while flash or FRAM are lost", () => {
    const board = newBoard()
    board.recorders[0].event(3, 0, 9)
    const withoutFlash = new LogBoard(board.chips, 2, 2)
    withoutFlash.flash.busyPolls = 1e9
    withoutFlash.flash.eraseSector(1)
    while (!withoutFlash.recovery.step(withoutFlash.now_ms)) withoutFlash.now_ms += 10
    withoutFlash.recorders[0].event(3, 0, 10)
    expect(withoutFlash.recorders[0].isLosing).toBe(true)

    board.chips.coming = undefined
    const withoutFram = new LogBoard(board.chips, 2, 3)
    withoutFram.fram.answers = false
    withoutFram.recover()
    expect(withoutFram.log.isMemoryLost).toBe(true)
    withoutFram.fram.answers = true
    withoutFram.recorders[0].event(3, 0, 11)
    expect(withoutFram.recorders[0].isLosing).toBe(true)
    expect(details(restart(board))).toEqual([9])
  })

  test("the start waits for a flash that is still busy with what it did before", () => {
    const board = newBoard()
    write(board, 3)
    const again = new LogBoard(board.chips, 2, 2)
    again.flash.busyPolls = 400
    again.flash.eraseSector(1)
    again.flash.busyPolls = 1
    expect(again.recover().log.next).toBe(3)
    expect(again.log.isFlashLost).toBe(false)
  })

  test("an FRAM that does not answer is named; the flash has the records all the same", () => {
    const board = newBoard()
    board.fram.answers = false
    const [recorder] = board.recorders
    recorder.event(3, 0, 1)
    recorder.event(3, 0, 2)
    expect(board.log.isMemoryLost).toBe(false)
    recorder.event(3, 0, 3)
    expect(board.log.isMemoryLost).toBe(true)
    recorder.flush()
    board.settle()
    expect(board.pages().flatMap(({ records }) => records)).toHaveLength(3)
    expect(board.log.acknowledge(1)).toBe(false)
  })

  test("an FRAM that answers no more after a step has begun is named by its points", () => {
    const board = newBoard()
    const [recorder] = board.recorders
    recorder.point(1, 0, 0, 0, 0, 0)
    board.fram.answers = false
    for (let i = 1; i < 4; i++) {
      expect(board.log.isMemoryLost).toBe(false)
      recorder.point(0, i, 0, 0, 0, 0)
    }
    expect(board.log.isMemoryLost).toBe(true)
  })

  test("a start asks the FRAM again when it does not answer at once", () => {
    const board = newBoard()
    write(board, 1)
    board.log.acknowledge(1)
    board.recorders[0].event(3, 0, 1)
    const again = new LogBoard(board.chips, 2, 2)
    const read = again.fram.read.bind(again.fram)
    // Once for the pointers, and once for each part of a slot.
    const asked = new Set<number>()
    again.fram.read = (address, ...rest) => {
      const part = address < PAGE_MIRROR_AT ? 0 : address
      const isAsked = asked.has(part)
      asked.add(part)
      return isAsked && read(address, ...rest)
    }
    expect(details(again.recover())).toEqual([0, 1])
    expect(again.log.isMemoryLost).toBe(false)
    expect(again.log.downloaded).toBe(1)
  })

  test("a short silence of the FRAM loses nothing", () => {
    const board = newBoard()
    const [recorder] = board.recorders
    recorder.event(3, 0, 1)
    board.fram.answers = false
    recorder.event(3, 0, 2)
    board.fram.answers = true
    recorder.event(3, 0, 3)
    expect(board.log.isMemoryLost).toBe(false)
    const again = restart(board)
    const reasons = again.pages().flatMap(({ records }) => records)
    expect(reasons.map((record) => record.kind === "testEnds" && record.reason)).toEqual([1, 2, 3])
    const unused = again.chips.flash.subarray(32 + again.chips.flash[2], 252)
    expect(unused.every((byte) => byte === 0xff)).toBe(true)
  })

  test.each([
    ["is there, it is not written again", false, [1, 2]],
    ["is spoilt there, it is written again", true, [2, 1]],
  ])("of a page in a slot that was never emptied: if flash %s", (_, isSpoilt, expected) => {
    const board = newBoard()
    board.recorders[0].event(3, 0, 1)
    board.recorders[0].flush()
    board.fram.answers = false
    board.run(30)
    expect(board.log.isMemoryLost).toBe(true)
    board.fram.answers = true
    board.recorders[1].event(3, 0, 2)
    board.recorders[1].flush()
    board.settle()
    if (isSpoilt) board.chips.flash[100] = 0
    expect(details(restart(board))).toEqual(expected)
  })

  test("a slot that could not be emptied is, later: its page is not written twice", () => {
    const board = newBoard()
    const [recorder] = board.recorders
    recorder.event(3, 0, 1)
    recorder.flush()
    board.fram.answers = false
    board.run(8)
    expect(board.log.next).toBe(1)
    expect(board.log.queue).toHaveLength(1)
    board.fram.answers = true
    board.settle()
    expect(restart(board).log.next).toBe(1)
  })
})
