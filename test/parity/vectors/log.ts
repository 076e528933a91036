import type { Memory } from "../../../firmware/core/bytes"
import { LogPage } from "../../../firmware/core/logPage"
import { PointCoder } from "../../../firmware/core/logPoint"
import type { Fram } from "../../../firmware/core/ports"
import { Twin } from "../../../firmware/core/twin"
import { Dice, type Output } from "../vector"

/** FRAM that never fails, or writes no more than some bytes. */
class Store implements Fram {
  room = Infinity

  constructor(readonly memory: Memory) {}

  read(address: number, bytes: Memory, offset: number, count: number): boolean {
    bytes.blitAt(offset, this.memory, address, count)
    return true
  }

  write(address: number, bytes: Memory, offset: number, count: number): boolean {
    const done = Math.min(count, this.room)
    this.memory.blitAt(address, bytes, offset, done)
    this.room = this.room - done
    return done === count
  }
}

export function points(out: Output): void {
  const dice = new Dice(41)
  const coder = new PointCoder()
  const record = out.alloc(40)
  coder.beginPage(123456)
  let time_ms = 123456
  let charge_mAs = 0
  for (let i = 0; i < 60; ++i) {
    if (i === 30) {
      coder.beginStep(time_ms)
      charge_mAs = 0
    }
    const elapsed_ms = i % 7 === 6 ? dice.whole(3e9) : 100 + dice.whole(10)
    const current_A = dice.between(-0.04, 0.04)
    time_ms = time_ms + elapsed_ms
    charge_mAs = charge_mAs + current_A * elapsed_ms
    const voltage_V = dice.between(-0.2, 4.2)
    out.bytes(
      record,
      0,
      coder.encode(
        record,
        i & 3,
        time_ms,
        voltage_V,
        current_A,
        charge_mAs,
        charge_mAs * voltage_V,
      ),
    )
  }
  out.bytes(record, 0, coder.encodeTime(record, 3, time_ms + 5e9))
}

/** Numbers halfway between two whole ones, which a charge at a round current often is. */
export function halves(out: Output): void {
  const coder = new PointCoder()
  const record = out.alloc(40)
  coder.beginPage(0)
  for (let i = -4; i < 5; ++i) {
    const current_A = i * 18e-9
    const count = coder.encode(record, 0, (i + 5) * 100_000, i * 0.5e-6, current_A, 0, i * 1.8e-3)
    out.bytes(record, 0, count)
  }
}

/** A page in FRAM and as it goes to flash, then taken back from FRAM. */
export function page(out: Output): void {
  const dice = new Dice(42)
  const store = new Store(out.alloc(512))
  const frame = out.alloc(260)
  const record = out.alloc(40)
  const page = new LogPage(frame, store, 100)
  page.open(
    {
      channel: 3,
      number: 17,
      flags: 1,
      test: 40_000,
      stepIndex: 12,
      stepType: 5,
      cycle: 70_000,
      stepCount: 1_000_000,
      temperature_cdegC: -512,
    },
    66_000,
    5e11,
    1e11,
  )
  for (let i = 0; i < 12; ++i) {
    dice.fill(record, 20)
    out.truth(page.add(record, 15 + dice.whole(6)))
  }
  page.seal(4_000_000_000)
  out.bytes(frame, 0, 260)
  out.bytes(store.memory, 100, 256)
  out.number(page.restore())
  out.bytes(frame, 0, 260)
  out.truth(page.emptySlot())
}

/** Saves, some torn, and what is found after each. */
export function twin(out: Output): void {
  const dice = new Dice(43)
  const memory = out.alloc(64)
  const store = new Store(out.alloc(256))
  let twin = new Twin(store, memory)
  out.truth(twin.load(96))
  for (let i = 0; i < 12; ++i) {
    dice.fill(memory, 56)
    if (i % 4 === 3) store.room = dice.whole(64)
    out.truth(twin.save(96))
    store.room = Infinity
    twin = new Twin(store, memory)
    out.truth(twin.load(96))
    out.bytes(memory, 0, 64)
  }
  out.bytes(store.memory, 96, 128)
}
