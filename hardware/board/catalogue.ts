/**
 * Who makes each part, what may replace it, and what it costs when parts for ten testers are bought at once: ten and
 * more of a base's part, forty and more of a card's. US$, without tax and shipping. Where nothing is said of a
 * price it is LCSC's as remembered from 2024–25, of the cheapest of part and second sources; see `COST.md`.
 */
export interface Offer {
  maker: string
  what: string
  price_USD: number
  /** Where the price was read, and what was made of it. */
  read?: string
  /** Second sources that `components.ts` and `passives.ts` do not name. */
  also?: string[]
  note?: string
}

const YAGEO = "Yageo"
const MURATA = "Murata"
const TI = "Texas Instruments"
const MICROCHIP = "Microchip"

const ceramic = (what: string, price_USD: number): Offer => ({ maker: MURATA, what, price_USD })

export const catalogue: Record<string, Offer> = {
  // Chips
  ADS122C04IPWR: {
    maker: TI,
    what: "24-bit converter, I2C",
    price_USD: 6.0,
    read: "US$8.06 for one, LCSC C2872338, in a public project's parts list; three quarters at forty assumed",
    also: ["ADS122C04IPW (tube)"],
    note: "nothing pin compatible has 24 bits",
  },
  TLV9154IDR: {
    maker: TI,
    what: "quad op amp, 16 V, 4.5 MHz",
    price_USD: 0.75,
  },
  LM339DR: { maker: TI, what: "quad comparator", price_USD: 0.1 },
  LM393DR: { maker: TI, what: "dual comparator", price_USD: 0.08 },
  "MCP4728-E/UN": {
    maker: MICROCHIP,
    what: "4 × 12 bit DAC, address 60h",
    price_USD: 2.1,
    read: "about US$2.50 at ten, in a public project's parts list; LCSC's remembered",
    also: ["MCP4728T-E/UN (reel)"],
    note: "no second maker",
  },
  "MCP4728A1-E/UN": {
    maker: MICROCHIP,
    what: "4 × 12 bit DAC, address 61h",
    price_USD: 2.2,
    also: ["MCP4728A1T-E/UN (reel)"],
    note: "no second maker; the address is burnt in, so A1 matters",
  },
  "MCP23008-E/SO": {
    maker: MICROCHIP,
    what: "8-bit expander, I2C",
    price_USD: 1.75,
    read: "US$2.22 for one, LCSC C92253, in a public project's parts list; eight tenths at ten assumed",
    also: ["MCP23008T-E/SO (reel)"],
  },
  TMP117AIDRVR: {
    maker: TI,
    what: "thermometer, I2C",
    price_USD: 1.1,
    also: ["TMP117MAIDRVR", "TMP117NAIDRVR"],
  },
  "MB85RC256VPNF-G-JNERE1": {
    maker: "RAMXEED (Fujitsu)",
    what: "32 kB FRAM, I2C",
    price_USD: 1.3,
    also: ["FM24W256-GTR (Infineon)"],
  },
  W25Q128JVSIQ: {
    maker: "Winbond",
    what: "16 MB NOR flash, SPI",
    price_USD: 0.8,
    also: ["W25Q128JVSIQTR (reel)"],
    note: "the firmware asks for JEDEC EF 40 18: IQ, not IM",
  },
  "LM4040AIM3-4.1/NOPB": {
    maker: TI,
    what: "4.096 V shunt reference, 0.1 %",
    price_USD: 0.65,
  },
  TL431AIDBZR: {
    maker: TI,
    what: "2.5 V shunt regulator, 1 %",
    price_USD: 0.06,
    also: ["TL431BQDBZR"],
    note: "other makers' SOT-23 has other pins",
  },
  TLV61046ADBVR: {
    maker: TI,
    what: "boost converter with its diode",
    price_USD: 0.35,
    note: "nothing pin compatible",
  },
  LM2776DBVR: {
    maker: TI,
    what: "inverter, 200 mA",
    price_USD: 0.55,
    read: "US$1.14 for one in a public project's parts list; half at twenty assumed",
    note: "nothing pin compatible",
  },
  TPL5010DDCR: { maker: TI, what: "watchdog, 8 s", price_USD: 0.8, note: "nothing pin compatible" },
  "APX803S-40SA-7": {
    maker: "Diodes",
    what: "4.0 V supervisor, open drain",
    price_USD: 0.2,
    also: ["another open-drain 4.0 V supervisor with 1 GND, 2 RESET, 3 VCC"],
  },

  // Transistors, diodes, relay, fuses
  "BCX56-16,115": { maker: "Nexperia", what: "NPN, 1 A", price_USD: 0.07 },
  "BCX53-16,115": { maker: "Nexperia", what: "PNP, 1 A", price_USD: 0.07 },
  BSS138: {
    maker: "onsemi",
    what: "N-channel FET, on at 2.5 V",
    price_USD: 0.03,
    also: ["BSS138-7-F (Diodes)"],
    note: "not a 2N7002, whose threshold may be 2.5 V",
  },
  AO3401A: { maker: "AOS", what: "P-channel FET", price_USD: 0.04 },
  "1N4148W-7-F": { maker: "Diodes", what: "diode", price_USD: 0.02 },
  "B5819W-7-F": {
    maker: "Diodes",
    what: "Schottky diode, 1 A",
    price_USD: 0.05,
    also: ["1N5819HW-7-F"],
  },
  "BAV99,215": { maker: "Nexperia", what: "two diodes in series", price_USD: 0.02 },
  "BAT54C,215": {
    maker: "Nexperia",
    what: "two Schottky diodes, common cathode",
    price_USD: 0.03,
    also: ["BAT54C-7-F"],
  },
  "SD12C-01FTG": { maker: "Littelfuse", what: "clamp, 12 V both ways", price_USD: 0.05 },
  "G6K-2F-Y DC5": {
    maker: "Omron",
    what: "signal relay, DPDT, 5 V",
    price_USD: 1.2,
    note: "compare a second source's drawing with the land pattern",
  },
  "MF-NSMF012-2": { maker: "Bourns", what: "resettable fuse, 0.12 A", price_USD: 0.08 },
  "1206L110THYR": { maker: "Littelfuse", what: "resettable fuse, 1.1 A", price_USD: 0.08 },
  "150060VS75000": {
    maker: "Würth",
    what: "LED, green, 0603",
    price_USD: 0.05,
    also: ["any 0603 LED"],
  },
  "150060AS75000": {
    maker: "Würth",
    what: "LED, amber, 0603",
    price_USD: 0.05,
    also: ["any 0603 LED"],
  },

  // Connectors
  "PPTC201LFBN-RC": {
    maker: "Sullins",
    what: "socket, 20 × 2.54 mm",
    price_USD: 0.17,
    also: ["any 2.54 mm socket, 8.5 mm high"],
  },
  "PPTC071LFBN-RC": {
    maker: "Sullins",
    what: "socket, 7 × 2.54 mm",
    price_USD: 0.08,
    also: ["any 2.54 mm socket, 8.5 mm high"],
  },
  "PREC020SBAN-M71RC": {
    maker: "Sullins",
    what: "pins, 20 × 2.54 mm, right angle",
    price_USD: 0.1,
    also: ["any right-angle 2.54 mm header"],
  },
  "PREC006SAAN-RC": {
    maker: "Sullins",
    what: "pins, 6 × 2.54 mm",
    price_USD: 0.06,
    also: ["any 2.54 mm header"],
  },
  "PREC002SAAN-RC": {
    maker: "Sullins",
    what: "pins, 2 × 2.54 mm, with a jumper",
    price_USD: 0.05,
    also: ["any 2.54 mm header"],
  },
  OSTTE040161: {
    maker: "On Shore",
    what: "screw terminals, 4 × 3.5 mm",
    price_USD: 0.18,
    also: ["DB125-3.5-4P (Dorabo)"],
  },

  // Resistors that no rule below knows
  TNPW120620R0BEEA: { maker: "Vishay", what: "20 Ω 0.1 % 25 ppm", price_USD: 0.1 },
  TNPW1206100RBEEA: { maker: "Vishay", what: "100 Ω 0.1 % 25 ppm", price_USD: 0.06 },
  "RC0805JR-070RL": { maker: YAGEO, what: "0 Ω", price_USD: 0.006 },

  // Capacitors and coils
  GRM1885C1H102JA01D: ceramic("1 nF C0G 50 V", 0.012),
  GRM188R71H103KA01D: ceramic("10 nF X7R 50 V", 0.008),
  GRM188R71H223KA01D: ceramic("22 nF X7R 50 V", 0.01),
  GRM188R71H104KA93D: ceramic("100 nF X7R 50 V", 0.006),
  GRM188R61E105KA12D: ceramic("1 µF X5R 25 V", 0.02),
  GRM21BR71C225KA12L: ceramic("2.2 µF X7R 16 V", 0.04),
  GRM21BR71A106KA73L: ceramic("10 µF X7R 10 V", 0.07),
  GRM21BR61E106KA73L: ceramic("10 µF X5R 25 V", 0.02),
  UWT1C471MNL1GS: {
    maker: "Nichicon",
    what: "470 µF 16 V, 8 × 10 mm",
    price_USD: 0.15,
  },
  "SRN4018-100M": { maker: "Bourns", what: "10 µH, 1.2 A", price_USD: 0.2 },
  BLM21PG601SN1D: { maker: MURATA, what: "ferrite bead, 600 Ω", price_USD: 0.03 },
}

/** What a tester needs beside its boards' parts. */
export const beside: { what: string; part: string; quantity: number; price_USD: number }[] = [
  { what: "Raspberry Pi Pico", part: "SC0915", quantity: 1, price_USD: 4 },
  { what: "pins for it, 20 × 2.54 mm", part: "PREC020SAAN-RC", quantity: 2, price_USD: 0.1 },
]

/** Two-layer boards, ten bases and fifty cards, at a pool fab, without shipping; not counted as parts. */
export const boards_USD = { base: 1.2, card: 0.4 }

/** Sockets that one reference stands for. */
export const pieces: Record<string, number> = { "base U1": 2, "base U2": 2 }

/** The socket of the microcontroller that is not fitted: the cost counts the Pico. */
export const notFitted = ["base U2"]

/** Of a part, or undefined where nothing is known of it. */
export function offerOf(part: string): Offer | undefined {
  return catalogue[part] ?? yageo(part) ?? panasonic(part)
}

/** RC0603FR-0710K2L: thick film, 1 %; RT0603DRD0710KL: thin film, 0.5 %. The unit's letter is the decimal point. */
function yageo(part: string): Offer | undefined {
  const found = /^(RC\d{4}FR-|RT\d{4}DRD)07(\d+)([RKM])(\d*)L$/.exec(part)
  if (!found) return undefined
  const [, series, whole, letter, decimals] = found
  const value = `${whole}${decimals && `.${decimals}`} ${{ R: "", K: "k", M: "M" }[letter]}Ω`
  return series.startsWith("RC")
    ? { maker: YAGEO, what: `${value} 1 %`, price_USD: 0.006 }
    : { maker: YAGEO, what: `${value} 0.5 %`, price_USD: 0.02 }
}

/** ERA-3AEB1182V: thin film, 0.1 %, 25 ppm/K; the last digit counts zeros. */
function panasonic(part: string): Offer | undefined {
  const found = /^ERA-[36]AEB(\d{2,3})(\d)V$/.exec(part)
  if (!found) return undefined
  const ohm = Number(found[1]) * 10 ** Number(found[2])
  return {
    maker: "Panasonic",
    what: `${ohm / 1000} kΩ 0.1 % 25 ppm`,
    price_USD: 0.03,
    read: "US$0.029, RT0603BRD073KL at JLCPCB, in a public project's parts list",
  }
}
