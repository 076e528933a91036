import { type Memories, SimulatedBoard } from "../../../sim/board"
import { Resistor } from "../../../sim/cells/resistor"
import { FaultyCell } from "../../../sim/cells/faultyCell"
import { FaultyChip } from "../../../sim/faults/faultyChip"
import { address } from "../../../sim/manifest"
import { Random } from "../../../sim/random"
import { HEARTBEAT_NEEDS, type Part, PARTS } from "../faultOptions"
import type { Happening } from "../happenings"
import { FaultyRelay } from "./relay"
import { Silence } from "../silence"

/** A chip is listened to for so long before it goes stale, and people look at the board before its power fails. */
export const LISTEN_ms = 2_000
/** A cut that no byte has met by then cuts all the same. */
const CUT_ms = 1_000
/** Another one after the power is back. */
const RECOVERY_ms = 4_000
const CHANNELS = 4
/** An expander that was reset drives no heartbeat, until the watchdog resets the microcontroller. */
const UNDRIVEN_ms = 20_000

/** A board in a lab where things go wrong, at their instants, whoever is doing what just then. */
export class World {
  readonly board: SimulatedBoard
  readonly holders: FaultyCell[]
  readonly relays: FaultyRelay[]
  /** When the watchdog had a reason. */
  readonly silence = new Silence()
  /** Called right after the power or the microcontroller failed, and when it is back. */
  onFailure: () => void = () => {}
  onStart: () => void = () => {}
  /** Power or microcontroller fail, or the bus stands still: no current flowed since, but on the pump's last drop. */
  onTrouble: () => void = () => {}
  /** Before a happening, and so long before it. */
  onComing: (happening: Happening) => void = () => {}
  readonly counts: Record<string, number> = {}
  /** When the last fault but cuts and resets is over. */
  faultyUntil_ms = 0
  framFaultyUntil_ms = 0
  private readonly agenda: { at_ms: number; order: number; act: () => void }[] = []
  private order = 0
  private readonly faulty = new Map<Part, FaultyChip>()
  /** What the DACs' EEPROMs hold if nobody but a fault has written to them. */
  private readonly eeproms: Uint8Array[]

  constructor(
    readonly seed: number,
    boardSeed: number,
    firmware: Uint8Array | "native",
    memories: Memories,
  ) {
    this.holders = Array.from({ length: CHANNELS }, () => new FaultyCell(new Resistor(50)))
    this.board = new SimulatedBoard({ seed: boardSeed, firmware, cells: this.holders, memories })
    this.eeproms = this.board.eeproms.map((eeprom) => eeprom.slice())
    this.relays = this.board.channels.map(
      (frontEnd, channel) => new FaultyRelay(frontEnd, () => this.holders[channel]),
    )
  }

  get now_ms(): number {
    return this.board.now_ms
  }

  /** The firmware never writes to the DACs' EEPROMs, which bear 100,000 writes or so. */
  get hasEepromsAsTheyWere(): boolean {
    return this.board.eeproms.every((eeprom, i) => Buffer.compare(eeprom, this.eeproms[i]) === 0)
  }

  /** Charge that a channel's cell took since it was put in, but for what passed while the board held its relay open, C. */
  passed_C(channel: number): number {
    const relay = this.relays[channel]
    relay.settle(this.board.clock.now_us)
    return this.holders[channel].charge_C - relay.strayed_C
  }

  /** Puts a fresh cell into a holder. */
  insert(channel: number, cell: FaultyCell["cell"]): void {
    const { board, holders } = this
    holders[channel] = new FaultyCell(cell)
    board.channels[channel].attach(holders[channel], board.clock.now_us)
    this.relays[channel].insert()
  }

  at(at_ms: number, act: () => void): void {
    const entry = { at_ms, order: this.order++, act }
    const later = this.agenda.findIndex((one) => one.at_ms > at_ms)
    if (later < 0) this.agenda.push(entry)
    else this.agenda.splice(later, 0, entry)
  }

  runUntil_ms(until_ms: number): void {
    while (this.agenda.length > 0 && this.agenda[0].at_ms <= until_ms) {
      const [{ at_ms, act }] = this.agenda.splice(0, 1)
      this.board.runUntil_ms(Math.max(at_ms, this.now_ms))
      act()
    }
    this.board.runUntil_ms(until_ms)
  }

  /** Until all that was planned is over. */
  runOut(): void {
    for (let last = this.agenda.at(-1); last !== undefined; last = this.agenda.at(-1))
      this.runUntil_ms(Math.max(last.at_ms, this.now_ms))
  }

  sleep_ms(duration_ms: number): void {
    this.runUntil_ms(this.now_ms + duration_ms)
  }

  count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1
  }

  plan(happening: Happening): void {
    const { at_ms } = happening
    switch (happening.kind) {
      case "cut":
        this.at(at_ms - LISTEN_ms, () => this.onComing(happening))
        this.at(at_ms, () => this.cut(happening))
        break
      case "reset":
        this.at(at_ms - LISTEN_ms, () => this.onComing(happening))
        this.at(at_ms, () => this.reset())
        break
      case "stall":
        this.at(at_ms, () => this.stall(happening.for_ms))
        break
      case "chip":
        this.at(at_ms - LISTEN_ms, () => this.listenTo(happening.part))
        this.at(at_ms, () => this.failChip(happening))
        break
      case "cell":
        this.at(at_ms, () => this.failCell(happening))
        break
      case "relay":
        this.at(at_ms, () => this.failRelay(happening))
        break
      case "eeprom":
        this.at(at_ms, () => this.forget(happening))
    }
  }

  private cut({ off_ms, bytes, again }: Happening & { kind: "cut" }): void {
    if (!this.board.isOn) return
    this.count(again.length === 0 ? "cuts" : again.length === 1 ? "double cuts" : "triple cuts")
    this.failPower(bytes, CUT_ms, off_ms, again)
  }

  private failPower(bytes: number, within_ms: number, off_ms: number, again: number[]): void {
    const { board } = this
    board.supply.failAfter(board.supply.bytes + bytes)
    this.at(this.now_ms + within_ms, () => {
      if (board.isOn) {
        board.supply.failAfter(Number.POSITIVE_INFINITY)
        board.powerOff()
      }
      this.onTrouble()
      this.onFailure()
      this.at(this.now_ms + off_ms, () => {
        this.powerOn()
        if (again.length === 0) this.onStart()
        else this.failPower(again[0], RECOVERY_ms, 1_000, again.slice(1))
      })
    })
  }

  powerOn(): void {
    const { board, faulty, relays } = this
    if (board.isOn) return
    for (const part of faulty.keys()) this.release(part)
    board.powerOn()
    for (const relay of relays) relay.powerOn(board.clock.now_us)
  }

  /** By a person who sees no other way. */
  powerCycle(): void {
    if (!this.board.isOn) return
    this.count("power cycles")
    this.onTrouble()
    this.board.powerOff()
    this.onFailure()
    this.sleep_ms(3_000)
    this.powerOn()
    this.sleep_ms(6_000)
  }

  private reset(): void {
    if (!this.board.isOn) return
    this.count("resets")
    this.onTrouble()
    this.onFailure()
    this.board.resetMcu()
    this.onStart()
  }

  private stall(for_ms: number): void {
    this.count("stalls")
    this.onTrouble()
    this.fault(for_ms)
    this.silence.add(this.now_ms, for_ms)
    this.board.i2c.holdClockFor_ms(for_ms)
  }

  private fault(for_ms: number): void {
    this.faultyUntil_ms = Math.max(this.faultyUntil_ms, this.now_ms + for_ms)
  }

  private listenTo(part: Part): void {
    if (this.faulty.has(part)) return
    this.board.i2c.replace(address(PARTS[part]), (inner) => {
      const chip = new FaultyChip(inner, new Random(this.seed + this.now_ms, part))
      this.faulty.set(part, chip)
      return chip
    })
  }

  private release(part: Part): void {
    const faulty = this.faulty.get(part)
    this.faulty.delete(part)
    if (faulty !== undefined) this.board.i2c.replace(address(PARTS[part]), () => faulty.chip)
  }

  private failChip({ part, what, for_ms }: Happening & { kind: "chip" }): void {
    const chip = this.faulty.get(part)
    // Without power a chip does nothing wrong.
    if (chip === undefined || !this.board.isOn) return
    this.count(`chip ${what}`)
    this.fault(for_ms)
    if (HEARTBEAT_NEEDS.includes(part))
      this.silence.add(this.now_ms, what === "reset" ? UNDRIVEN_ms : for_ms)
    if (part === "FRAM") this.framFaultyUntil_ms = this.now_ms + for_ms
    if (what === "reset") chip.reset()
    else chip.fault = what
    this.at(this.now_ms + for_ms, () => {
      chip.fault = undefined
      if (what !== "reset") this.release(part)
    })
  }

  private failCell({ channel, what, ohm, for_ms }: Happening & { kind: "cell" }): void {
    this.count(`cell ${what}`)
    this.fault(for_ms)
    const holder = this.holders[channel]
    if (what === "replaced") holder.change({ kind: "replaced", cell: new Resistor(ohm * 20) })
    else if (what === "opened") holder.change({ kind: "opened" })
    else holder.change({ kind: "shorted", resistance_ohm: ohm })
    if (what === "replaced") return
    this.at(this.now_ms + for_ms, () => holder.change({ kind: "mended" }))
  }

  private failRelay({ channel, what, for_ms }: Happening & { kind: "relay" }): void {
    this.count(`relay ${what}`)
    this.fault(for_ms)
    const { clock } = this.board
    const relay = this.relays[channel]
    relay.fail(what, clock.now_us)
    this.at(this.now_ms + for_ms, () => relay.fail(undefined, clock.now_us))
  }

  /** It shows when the power comes back: the DAC wakes with it. */
  private forget({ dac, byte }: Happening & { kind: "eeprom" }): void {
    this.count("EEPROM forgets")
    this.board.eeproms[dac].fill(byte)
    this.eeproms[dac].fill(byte)
  }
}
