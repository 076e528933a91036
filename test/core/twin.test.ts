import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { TWIN_TAIL_BYTES, Twin } from "../../firmware/core/twin"
import { NodeMemory } from "../../sim/memory"
import { FramModel, PowerCut } from "./framModel"

const SEED = 20_240_504
const SIZE = 32
const DATA = SIZE - TWIN_TAIL_BYTES
const AT = 0x500

/** A twin as it is right after a start, and its memory. */
function boot(fram: FramModel, size = SIZE) {
  const memory = new NodeMemory(size)
  return { memory, twin: new Twin(fram, memory) }
}

/** The data that a fresh start finds; undefined for none. */
function found(fram: FramModel, at = AT): number[] | undefined {
  const { memory, twin } = boot(fram)
  return twin.load(at) ? [...memory.subarray(0, DATA)] : undefined
}

/** Starts anew, as after a reset, and saves `data`. */
function save(fram: FramModel, data: number[], at = AT): boolean {
  const { memory, twin } = boot(fram)
  twin.load(at)
  memory.set(data)
  return twin.save(at)
}

const datum = fc.array(fc.nat(255), { minLength: DATA, maxLength: DATA })
const history = fc.array(datum, { minLength: 2, maxLength: 6 })

describe("two copies in FRAM", () => {
  test.each([0, 0xff, 0x55])("memory full of %i holds nothing", (fill) => {
    for (const size of [32, 64, 256]) {
      const fram = new FramModel()
      fram.bytes.fill(fill)
      expect(boot(fram, size).twin.load(AT)).toBe(false)
    }
  })

  test(`the last save comes back, within a start and across (seed ${SEED})`, () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.boolean()), (values, restarts) => {
        const fram = new FramModel()
        let { memory, twin } = boot(fram)
        twin.load(AT)
        for (const data of values) {
          if (restarts.next().value) {
            ;({ memory, twin } = boot(fram))
            twin.load(AT)
          }
          memory.set(data)
          expect(twin.save(AT)).toBe(true)
          expect(found(fram)).toEqual(data)
        }
      }),
      { seed: SEED },
    )
  })

  test.each([
    ["starting anew before each", save],
    ["within one start", undefined],
  ])(
    `a power cut after any byte of any save, %s, leaves the old value or the new one (seed ${SEED})`,
    (_, saveAnew) => {
      fc.assert(
        fc.property(history, (values) => {
          for (let cut = 0; cut < values.length * SIZE; cut++) {
            const fram = new FramModel()
            fram.bytesToCut = cut
            const once = boot(fram)
            once.twin.load(AT)
            const saveWithin = (_: FramModel, data: number[]) => {
              once.memory.set(data)
              once.twin.save(AT)
            }
            const saved = values.findIndex((data) =>
              isCut(() => (saveAnew ?? saveWithin)(fram, data)),
            )
            fram.bytesToCut = Number.POSITIVE_INFINITY
            const old = saved === 0 ? undefined : values[saved - 1]
            expect([old, values[saved]]).toContainEqual(found(fram))
            // And the board goes on: the next cut finds a twin as sound as ever.
            const before = found(fram)
            fram.bytesToCut = cut % SIZE
            expect(isCut(() => save(fram, values[0]))).toBe(true)
            expect([before, values[0]]).toContainEqual(found(fram))
          }
        }),
        { seed: SEED, numRuns: 20 },
      )
    },
  )

  test(`either copy spoilt by random bits: the other is found, and outlives a cut (seed ${SEED})`, () => {
    const bits = fc.array(fc.nat(8 * SIZE - 1), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(history, fc.nat(1), bits, fc.nat(SIZE - 1), (values, copy, flips, cut) => {
        const fram = new FramModel()
        for (const data of values) save(fram, data)
        for (const bit of new Set(flips))
          fram.bytes[AT + copy * SIZE + (bit >> 3)] ^= 1 << (bit & 7)
        const newest = (values.length - 1) % 2
        const left = values[values.length - (copy === newest ? 2 : 1)]
        expect(found(fram)).toEqual(left)
        fram.bytesToCut = cut
        expect(isCut(() => save(fram, values[0]))).toBe(true)
        expect([left, values[0]]).toContainEqual(found(fram))
      }),
      { seed: SEED },
    )
  })

  test("addresses that share a memory keep to themselves", () => {
    const fram = new FramModel()
    const { memory, twin } = boot(fram)
    const places = [0, 2 * SIZE, 6 * SIZE]
    for (const at of places) twin.load(at)
    for (let round = 1; round <= 3; round++)
      for (const at of places) {
        memory.fill(at / SIZE + round)
        expect(twin.save(at)).toBe(true)
      }
    for (const at of places) expect(found(fram, at)?.[0]).toBe(at / SIZE + 3)
    expect(fram.bytes.subarray(4 * SIZE, 6 * SIZE).every((byte) => byte === 0)).toBe(true)
  })

  test("a save is one write, of one copy", () => {
    const fram = new FramModel()
    save(fram, [1])
    expect(fram.written).toBe(SIZE)
  })
})

describe("a chip that does not answer", () => {
  test("costs the save and nothing else; the next goes to the same copy", () => {
    const fram = new FramModel()
    const { memory, twin } = boot(fram)
    twin.load(AT)
    for (const value of [1, 2]) {
      memory.fill(value)
      twin.save(AT)
    }
    fram.answers = false
    memory.fill(3)
    expect(twin.save(AT)).toBe(false)
    fram.answers = true
    expect(found(fram)?.[0]).toBe(2)
    expect(twin.save(AT)).toBe(true)
    expect(found(fram)?.[0]).toBe(3)
    fram.bytesToCut = 5
    expect(isCut(() => twin.save(AT))).toBe(true)
    expect(found(fram)?.[0]).toBe(3)
  })

  test("at the load: what it holds is not overwritten unread", () => {
    const fram = new FramModel()
    save(fram, new Array(DATA).fill(7))
    fram.answers = false
    const { memory, twin } = boot(fram)
    expect(twin.load(AT)).toBe(false)
    fram.answers = true
    memory.fill(8)
    expect(twin.save(AT)).toBe(false)
    expect(found(fram)?.[0]).toBe(7)
  })
})

/** Whether the power went while `work` ran. */
function isCut(work: () => void): boolean {
  try {
    work()
    return false
  } catch (error) {
    if (error instanceof PowerCut) return true
    throw error
  }
}
