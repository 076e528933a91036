/** Winbond W25Q128JV revision F: sections 7.1, 8.1, 8.2 and 9.6, transcribed here. */
import fc from "fast-check"
import { beforeEach, describe, expect, test } from "vitest"
import { ChipModelError } from "../../sim/chips/chip"
import { W25q128 } from "../../sim/chips/w25q128"
import { Clock } from "../../sim/clock"
import { Random } from "../../sim/random"

const memory = new Uint8Array(16 * 1024 * 1024) // one for all tests: filling it takes a while
let clock: Clock
let flash: W25q128

function build(timing?: "typical" | "maximum"): W25q128 {
  const chip = new W25q128({ name: "W25Q128", clock, memory, random: new Random(1), timing })
  chip.powerOn()
  return chip
}

beforeEach(() => {
  clock = new Clock()
  memory.fill(0xff, 0, 0x40000)
  memory.fill(0xff, 0xff0000)
  flash = build()
})

function exchange(bytes: number[], length = 0): number[] {
  flash.select()
  for (const byte of bytes) flash.transfer(byte)
  const answer = Array.from({ length }, () => flash.transfer(0))
  flash.deselect()
  return answer
}

const at = (address: number): number[] => [address >> 16, (address >> 8) & 0xff, address & 0xff]
const status = (): number => exchange([0x05], 1)[0]
const read = (address: number, length: number): number[] => exchange([0x03, ...at(address)], length)

function program(address: number, bytes: ArrayLike<number>): void {
  exchange([0x06])
  exchange([0x02, ...at(address), ...Array.from(bytes)])
}

function erase(instruction: number, address: number): void {
  exchange([0x06])
  exchange([instruction, ...at(address)])
}

describe("identity and status", () => {
  test("JEDEC ID EF 40 18, device ID 17", () => {
    expect(exchange([0x9f], 3)).toEqual([0xef, 0x40, 0x18])
    expect(exchange([0xab, 0, 0, 0], 2)).toEqual([0x17, 0x17])
  })

  test("after power-on neither busy nor write-enabled, quad enabled at the factory", () => {
    expect(exchange([0x05], 3)).toEqual([0, 0, 0])
    expect(exchange([0x35], 1)).toEqual([0x02])
  })

  test.each([0x01, 0x11, 0x15, 0x31, 0x4b, 0x5a, 0x66, 0x75, 0x90, 0x99, 0xc7, 0x00, 0xff])(
    "instruction %i is loud",
    (instruction) => {
      flash.select()
      expect(() => flash.transfer(instruction)).toThrow(ChipModelError)
    },
  )

  test("without power or without chip select it drives nothing", () => {
    expect(flash.transfer(0x9f)).toBe(0xff)
    flash.powerOff()
    expect(exchange([0x9f], 3)).toEqual([0xff, 0xff, 0xff])
  })
})

describe("write enable latch", () => {
  test("set by 06h, cleared by 04h, by power-on and by the end of a program", () => {
    exchange([0x06])
    expect(status()).toBe(0x02)
    exchange([0x04])
    expect(status()).toBe(0x00)
    exchange([0x06])
    flash.powerOff()
    flash.powerOn()
    expect(status()).toBe(0x00)
    program(0, [0])
    expect(status()).toBe(0x03)
    clock.advanceBy_us(700)
    expect(status()).toBe(0x00)
  })

  test("without it program and erase do nothing", () => {
    exchange([0x02, 0, 0, 0, 0x00])
    exchange([0x20, 0, 0, 0])
    expect(status()).toBe(0x00)
    expect(flash.eraseCount(0)).toBe(0)
    expect(read(0, 1)).toEqual([0xff])
  })

  test("it needs /CS to rise after the instruction byte", () => {
    flash.select()
    flash.transfer(0x06)
    flash.powerOff()
    flash.powerOn()
    flash.deselect()
    expect(status()).toBe(0x00)
  })
})

describe("page program", () => {
  test("programs ones to zeros only", () => {
    program(0x100, [0xf0, 0x0f])
    clock.advanceBy_us(700)
    program(0x100, [0x3c, 0xff])
    clock.advanceBy_us(700)
    expect(read(0x100, 3)).toEqual([0x30, 0x0f, 0xff])
  })

  test("wraps within its page, the last 256 bytes count", () => {
    program(0x2fe, [1, 2, 3])
    clock.advanceBy_us(700)
    expect(read(0x2fe, 2)).toEqual([1, 2])
    expect(read(0x200, 2)).toEqual([3, 0xff])
    expect(read(0x300, 1)).toEqual([0xff])
    program(0x400, [...new Array(256).fill(0), 0x55])
    clock.advanceBy_us(700)
    expect(read(0x400, 2)).toEqual([0x55, 0x00])
  })

  test("without a data byte it does not start", () => {
    exchange([0x06])
    exchange([0x02, 0, 0, 0])
    expect(status()).toBe(0x02)
  })

  test("is the AND of what was there and what was sent", () => {
    const pages = fc.array(
      fc.record({
        address: fc.nat(0x3ff),
        bytes: fc.uint8Array({ minLength: 1, maxLength: 256 }),
      }),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(pages, (writes) => {
        memory.fill(0xff, 0, 0x400)
        const model = new Uint8Array(0x400).fill(0xff)
        for (const { address, bytes } of writes) {
          program(address, bytes)
          bytes.forEach((byte, i) => {
            model[(address & 0x300) | ((address + i) & 0xff)] &= byte
          })
          clock.advanceBy_us(700)
        }
        expect(read(0, 0x400)).toEqual([...model])
      }),
      { seed: 1, numRuns: 50 },
    )
  })
})

// Section 9.6: instruction, bytes erased, typical ms, maximum ms.
describe.each([
  [0x20, 0x1000, 45, 400],
  [0x52, 0x8000, 120, 1600],
  [0xd8, 0x10000, 150, 2000],
])("erase %i", (instruction, length, typical_ms, maximum_ms) => {
  test.each([
    ["typical", typical_ms],
    ["maximum", maximum_ms],
  ] as const)("%s: %i ms, the block that holds the address and no more", (timing, duration_ms) => {
    flash = build(timing)
    memory.fill(0x00, 0x10000, 0x40000)
    erase(instruction, 0x20000 + length - 1)
    clock.advanceBy_us(duration_ms * 1000 - 1)
    expect(status()).toBe(0x03)
    clock.advanceBy_us(1)
    expect(status()).toBe(0x00)
    expect(memory[0x1ffff]).toBe(0x00)
    expect(memory.slice(0x20000, 0x20000 + length).every((byte) => byte === 0xff)).toBe(true)
    expect(memory[0x20000 + length]).toBe(0x00)
    expect(flash.eraseCount(0x1f)).toBe(0)
    for (let i = 0; i < length / 0x1000; i++) expect(flash.eraseCount(0x20 + i)).toBe(1)
    expect(flash.eraseCount(0x20 + length / 0x1000)).toBe(0)
  })

  test("needs exactly three address bytes", () => {
    exchange([0x06])
    exchange([instruction, 0, 0])
    exchange([instruction, 0, 0, 0, 0])
    expect(status()).toBe(0x02)
  })
})

describe("busy", () => {
  test("page program takes 0.7 ms typically, at most 3", () => {
    for (const [timing, duration_us] of [["typical", 700] as const, ["maximum", 3000] as const]) {
      flash = build(timing)
      program(0, [0])
      clock.advanceBy_us(duration_us - 1)
      expect(status()).toBe(0x03)
      clock.advanceBy_us(1)
      expect(status()).toBe(0x00)
    }
  })

  test("only status reads answer, and they follow the chip byte by byte", () => {
    memory.set([1, 2], 0x1000)
    program(0, [0x00])
    expect(read(0x1000, 2)).toEqual([0xff, 0xff])
    expect(exchange([0x0b, 0, 0x10, 0, 0], 2)).toEqual([0xff, 0xff])
    expect(exchange([0x9f], 3)).toEqual([0xff, 0xff, 0xff])
    program(0x1000, [0x00])
    erase(0x20, 0x1000)
    exchange([0xb9])
    expect(exchange([0x35], 1)).toEqual([0x02])
    flash.select()
    flash.transfer(0x05)
    expect(flash.transfer(0)).toBe(0x03)
    clock.advanceBy_us(700)
    expect(flash.transfer(0)).toBe(0x00)
    flash.deselect()
    expect(read(0x1000, 2)).toEqual([1, 2])
    expect(read(0, 1)).toEqual([0x00])
    expect(flash.eraseCount(1)).toBe(0)
  })
})

test("reads run on over the end; fast read has one dummy byte", () => {
  memory.set([7, 8], 0xfffffe)
  memory.set([9], 0)
  expect(read(0xfffffe, 3)).toEqual([7, 8, 9])
  expect(exchange([0x0b, 0xff, 0xff, 0xfe, 0x00], 3)).toEqual([7, 8, 9])
})

test("power-down answers nothing but its release, which takes 3 µs", () => {
  exchange([0xb9])
  expect(exchange([0x9f], 1)).toEqual([0xff])
  expect(status()).toBe(0xff)
  exchange([0xab])
  expect(status()).toBe(0xff)
  clock.advanceBy_us(3)
  expect(status()).toBe(0x00)
})

describe("power cut", () => {
  test("a program leaves a mixture of old and new bits, in its page only", () => {
    const mixed = new Set<number>()
    for (let page = 0; page < 8; page++) {
      memory.fill(0xf5, page * 256, page * 256 + 256)
      memory[page * 256 + 256] = 0xa5
      flash = build()
      program(page * 256, new Uint8Array(256).fill(0x3c))
      clock.advanceBy_us(350)
      flash.powerOff()
      for (const byte of memory.slice(page * 256, page * 256 + 256)) {
        mixed.add(byte)
        expect(byte & ~0xf5).toBe(0) // nothing set that was clear
        expect(byte & 0x34).toBe(0x34) // nothing cleared that was to stay
      }
      expect(memory[page * 256 + 256]).toBe(0xa5)
    }
    expect(mixed.size).toBe(8) // bits 0, 6 and 7 in every combination
  })

  test("an erase leaves a mixture; further on, more of the new", () => {
    const ones = [0.1, 0.5, 0.9].map((progress) => {
      flash = build()
      memory.fill(0x00, 0x1000, 0x2000)
      erase(0x20, 0x1000)
      clock.advanceBy_us(45_000 * progress)
      flash.powerOff()
      expect(flash.eraseCount(1)).toBe(1)
      let count = 0
      for (const byte of memory.subarray(0x1000, 0x2000)) {
        for (let bits = byte; bits !== 0; bits &= bits - 1) count++
      }
      return count / 32768
    })
    ones.forEach((share, i) => {
      expect(share).toBeCloseTo([0.1, 0.5, 0.9][i], 1)
    })
  })

  test("at the end or after it the operation is whole, also when nobody looked", () => {
    program(0x100, [0x12])
    clock.advanceBy_us(700)
    flash.powerOff()
    expect(memory[0x100]).toBe(0x12)
    flash.powerOn()
    expect(status()).toBe(0x00)
  })

  test("in the middle of a command nothing is written", () => {
    exchange([0x06])
    flash.select()
    for (const byte of [0x02, 0, 0, 0, 0x00]) flash.transfer(byte)
    flash.powerOff()
    flash.powerOn()
    clock.advanceBy_us(10_000)
    expect(read(0, 1)).toEqual([0xff])
  })
})
