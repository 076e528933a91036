import { describe, expect, it } from "vitest"
import manifest from "../../devicescript.json" with { type: "json" }
import { channel, supplies } from "../../hardware/components"
import { baseNetlist as base, cardNetlist as card } from "./boardNetlists"

const { chips, expanderPins, frontEnd } = manifest

/** Address pins as bits, the first the least; a pin at ground is 0, at the supply 1. */
function strapped(pins: Record<string, string>, names: string[]): number {
  return names.reduce((sum, name, bit) => {
    if (pins[name] !== "GND" && pins[name] !== "V3V3") throw new Error(`${name} is not strapped`)
    return sum + (pins[name] === "V3V3" ? 1 << bit : 0)
  }, 0)
}
const hex = (address: number) => `0x${address.toString(16)}`

describe("addresses on the boards are those of the manifest", () => {
  it("converters, strapped by their slots (SBAS751B table 5: A1 A0 to DGND or DVDD)", () => {
    const adc = card.only("ADS122C04IPWR")
    expect(adc.pins).toMatchObject({ A0: "A0", A1: "A1", SDA: "SDA", SCL: "SCL" })
    const table = [0x40, 0x41, 0x44, 0x45]
    const addresses = [1, 2, 3, 4].map((slot) => {
      const { A0, A1 } = base.part(`J${slot}`).pins
      return hex(table[strapped({ A0, A1 }, ["A0", "A1"])])
    })
    expect(addresses).toEqual(chips.adc.addresses)
  })

  it("expander (DS21919: 20h + A2 A1 A0)", () => {
    const { pins } = base.only("MCP23008-E/SO")
    expect([hex(0x20 + strapped(pins, ["A0", "A1", "A2"]))]).toEqual(chips.expander.addresses)
  })

  it("thermometer (SNOSD82: ADD0 to ground is 48h)", () => {
    expect(base.only("TMP117AIDRVR").pins.ADD0).toBe("GND")
    expect(chips.thermometer.addresses).toEqual(["0x48"])
  })

  it("FRAM (50h + A2 A1 A0), writable", () => {
    const { pins } = base.only("MB85RC256VPNF-G-JNERE1")
    expect([hex(0x50 + strapped(pins, ["A0", "A1", "A2"]))]).toEqual(chips.fram.addresses)
    expect(pins.WP).toBe("GND")
  })

  it("DACs: the address is burnt in by the part's number, and /LDAC is low", () => {
    // MCP4728-E/UN answers at 60h, MCP4728A1-E/UN at 61h (DS22187E, product identification).
    for (const [part, of] of [
      ["MCP4728-E/UN", "COARSE"],
      ["MCP4728A1-E/UN", "FINE"],
    ]) {
      const { pins } = base.only(part)
      expect(pins).toMatchObject({ VDD: "VREF", LDAC_N: "GND", SDA: "SDA", SCL: "SCL" })
      const outputs = ["VOUTA", "VOUTB", "VOUTC", "VOUTD"].map((pin) => pins[pin])
      expect(outputs).toEqual([0, 1, 2, 3].map((k) => `${of}${k}`))
    }
    expect(chips.dacCoarse.addresses).toEqual(["0x60"])
    expect(chips.dacFine.addresses).toEqual(["0x61"])
  })

  it("flash answers as the part that the firmware asks for", () => {
    const { pins } = base.only("W25Q128JVSIQ")
    expect(pins).toMatchObject({ CS_N: "CS", DO: "MISO", DI: "MOSI", CLK: "SCK" })
    expect("W25Q128JVSIQ".startsWith(chips.flash.part)).toBe(true)
  })
})

describe("pins of the microcontrollers", () => {
  /** Socket pin of each board's own pin name. */
  const sockets = {
    pico: { socket: "U1", pinOf: (name: string) => name },
    pico_w: { socket: "U1", pinOf: (name: string) => name },
    // `MISO_D9` is printed D9.
    xiao_esp32c3: { socket: "U2", pinOf: (name: string) => name.replace(/^.*_/, "") },
  }

  it.each(Object.entries(sockets))("%s", (name, { socket, pinOf }) => {
    const { i2c, spi } = manifest.boards[name as keyof typeof sockets]
    const { pins } = base.part(socket)
    const found = {
      sda: pins[pinOf(i2c.sda)],
      scl: pins[pinOf(i2c.scl)],
      miso: pins[pinOf(spi.miso)],
      mosi: pins[pinOf(spi.mosi)],
      sck: pins[pinOf(spi.sck)],
      select: pins[pinOf(spi.select)],
    }
    expect(found).toEqual({
      sda: "SDA",
      scl: "SCL",
      miso: "MISO",
      mosi: "MOSI",
      sck: "SCK",
      select: "CS",
    })
  })

  type Pico = typeof manifest.boards.pico
  /** Not every board has the last two. */
  type Board = Pick<Pico, "i2c"> & Partial<Pick<Pico, "busFreeing" | "awake">>

  it.each(Object.entries(sockets))("%s: nothing else on the bus but what frees it", (name, one) => {
    const { i2c, busFreeing }: Board = manifest.boards[name as keyof typeof sockets]
    const { pins } = base.part(one.socket)
    for (const line of ["sda", "scl"] as const) {
      const meant = [i2c[line], busFreeing?.[line]].filter((pin) => pin !== undefined)
      const joined = Object.keys(pins).filter((pin) => pins[pin] === line.toUpperCase())
      expect(joined.sort()).toEqual(meant.map(one.pinOf).sort())
    }
  })

  it.each(["pico", "pico_w"] as const)("%s: frees its bus, and its log's pin is alone", (name) => {
    const { busFreeing, awake }: Board = manifest.boards[name]
    expect(busFreeing).toBeDefined()
    const { pins, numbers } = base.part("U1")
    expect(numbers[awake?.pinTX as string]).toBe(1)
    expect(pins[awake?.pinTX as string]).toBeUndefined()
  })

  it("stand where the modules have them", () => {
    // Pico: pinout of its datasheet. XIAO: D0 at 1 down to D6 at 7, then up to 5V at 14.
    const { numbers: pico } = base.part("U1")
    expect(pico).toMatchObject({ GP3: 5, GP4: 6, GP5: 7, GP6: 9 })
    expect(pico).toMatchObject({ GP16: 21, GP17: 22, GP18: 24, GP19: 25 })
    expect(pico).toMatchObject({ RUN: 30, "3V3": 36, VBUS: 40, GND38: 38 })
    const { numbers: xiao } = base.part("U2")
    expect(xiao).toMatchObject({ D1: 2, D4: 5, D5: 6, D8: 9, D9: 10, D10: 11, "3V3": 12, "5V": 14 })
  })
})

describe("expander pins", () => {
  it("drive each slot's relay, the heartbeat and the LED", () => {
    const { pins } = base.only("MCP23008-E/SO")
    expect(expanderPins.relay.length).toBe(manifest.channels)
    expanderPins.relay.forEach((pin, k) => {
      expect(pins[`GP${pin}`]).toBe(`RELAY${k}`)
      expect(base.part(`J${k + 1}`).pins.RELAY).toBe(`RELAY${k}`)
      expect(base.part(`J${k + 1}`).pins).toMatchObject({ COARSE: `COARSE${k}`, FINE: `FINE${k}` })
    })
    expect(pins[`GP${expanderPins.heartbeat}`]).toBe("HEARTBEAT")
    expect(pins[`GP${expanderPins.statusLed}`]).toBe("LED")
  })
})

describe("the analog front end", () => {
  it("has the manifest's shunt and dummy, each with four wires", () => {
    const shunt = card.only(channel.shunt_ohm.parts[0])
    expect(channel.shunt_ohm.value).toBe(frontEnd.shunt_ohm)
    expect(shunt.pins).toEqual({ F1: "CELL_N", S1: "CELL_N_SENSE", F2: "PGND", S2: "SHUNT_LO" })
    const dummy = card.only(channel.dummy_ohm.parts[0])
    expect(channel.dummy_ohm.value).toBe(frontEnd.dummy_ohm)
    expect(dummy.pins).toMatchObject({ F1: "DUMMY", S1: "DUMMY_SENSE", F2: "CELL_N" })
  })

  it("divides both sense wires by the manifest's ratio", () => {
    for (const [wire, tap] of [
      ["SENSE", "DIV_P"],
      ["SENSE_N", "DIV_M"],
    ]) {
      const top = card.between(wire, tap)
      const bottom = card.parts.find(
        ({ reference, pins }) =>
          reference.startsWith("R") && pins.pin1 !== undefined && joins(pins, tap, "GND"),
      )?.value as number
      expect(bottom / (top + bottom)).toBeCloseTo(frontEnd.voltageDivider, 12)
    }
  })

  it("measures the cell on AIN0 and AIN1, the shunt on AIN2 and AIN3, as the firmware selects", () => {
    expect(card.between("KP", "AIN0")).toBe(channel.adcInput_ohm.value)
    expect(card.between("KM", "AIN1")).toBe(channel.adcInput_ohm.value)
    expect(card.between("CELL_N_SENSE", "AIN2")).toBe(channel.adcInput_ohm.value)
    expect(card.between("SHUNT_LO", "AIN3")).toBe(channel.adcInput_ohm.value)
    const { pins } = card.only("ADS122C04IPWR")
    expect(pins).toMatchObject({ AIN0: "AIN0", AIN1: "AIN1", AIN2: "AIN2", AIN3: "AIN3" })
    // Its own 2.048 V: nothing on the reference pins.
    expect([pins.REFP, pins.REFN, frontEnd.adcReference_V]).toEqual([undefined, undefined, 2.048])
    for (const { gain, limit_A } of frontEnd.currentRanges)
      expect(limit_A * frontEnd.shunt_ohm * gain).toBeLessThan(frontEnd.adcReference_V)
  })

  it("makes the manifest's shunt voltage of the set-points", () => {
    const conductance = (net: string) => 1 / card.between(net, "SUM_P")
    const [coarse, fine] = [conductance("COARSE"), conductance("FINE")]
    const plus = coarse + fine + conductance("SHUNT_LO")
    const feedback = card.between("SET", "SUM_N")
    const reference = card.between("VREF", "SUM_N")
    const noise = 1 + feedback / reference
    // Within what calibration takes up; resistors come in steps.
    expect((noise * coarse) / plus / frontEnd.setpointGain).toBeCloseTo(1, 1.8)
    expect(coarse / fine).toBeCloseTo(frontEnd.fineRatio, 9)
    // Both DACs at half of the reference give 0 A.
    const middle = ((coarse + fine) / plus / 2) * noise - feedback / reference
    expect(Math.abs(middle * frontEnd.dacReference_V) / frontEnd.shunt_ohm).toBeLessThan(400e-6)
  })

  it("takes the DACs' reference from the manifest's", () => {
    expect(supplies.reference.nominal_V).toBe(frontEnd.dacReference_V)
    const reference = base.only(supplies.reference.parts[0])
    expect(reference.pins).toEqual({ K: "VREF", A: "GND" })
  })
})

function joins(pins: Record<string, string>, a: string, b: string): boolean {
  const nets = Object.values(pins)
  return nets.includes(a) && nets.includes(b)
}
