/** What the rails should be without and with their loads, and what USB gives for it: computed from `components.ts`. */
import { channelParts, supplies } from "../components"
import * as passives from "../board/passives"

/** TLV61046A at some 200 mA, and the least that USB gives; from `board/README.md`. */
const BOOST_EFFICIENCY = 0.85
const USB_V = { typical: 5, least: 4.75 }
/** What a channel takes of VP beside its cell's current, and all that is not VP, of 5 V. */
const CHANNEL_A = 6e-3
const REST_A = 0.1
const CHANNELS = 4
const LED_V = 2
/** An inverter's Schottky diode at 20 mA, from memory. */
const DIODE_V = 0.25

export interface Rail {
  net: string
  /** Where it is measured. */
  at: string
  expected_V: number
  least_V: number
  most_V: number
  from: string
}

const { vp, vn, reference, analog, digital } = supplies

function within(nominal: number, tolerance: number) {
  const edges = [nominal * (1 - tolerance), nominal * (1 + tolerance)]
  return { expected_V: nominal, least_V: Math.min(...edges), most_V: Math.max(...edges) }
}

export const RAILS: Rail[] = [
  {
    net: "V5",
    at: "TP2",
    expected_V: 5,
    least_V: 4.5,
    most_V: 5.25,
    from: "the supply, behind F1",
  },
  { net: "VP", at: "TP3", ...within(vp.nominal_V, vp.tolerance), from: "U11, R8 and R9" },
  {
    net: "VN",
    at: "TP4",
    expected_V: -USB_V.typical + DIODE_V,
    least_V: vn.most_V,
    most_V: vn.least_V,
    from: "U12 and U13, unregulated: −5 V less a diode, and less with load",
  },
  { net: "AVDD", at: "TP5", ...within(analog.positive_V, analog.tolerance), from: "U14" },
  { net: "AVSS", at: "TP6", ...within(analog.negative_V, analog.tolerance), from: "U15" },
  { net: "VREF", at: "TP1", ...within(reference.nominal_V, reference.tolerance), from: "U8" },
]
export const RAIL_3V3: Rail = {
  net: "V3V3",
  at: "J5 pin 2",
  ...within(digital.nominal_V, digital.tolerance),
  from: "the microcontroller's module",
}

/** Volts as text, to as many places as the rail's limits want. */
export function volts({ net }: Rail, value: number): string {
  const places = /^(VREF|AVDD|AVSS)$/.test(net) ? 3 : 2
  return value.toFixed(places).replace("-", "−")
}

/** Of 5 V, in amperes. */
export function base_A(): number {
  const positive_A = (USB_V.typical - analog.positive_V) / passives.feedPositive.value
  const negative_A = (USB_V.typical - DIODE_V + analog.negative_V) / passives.feedNegative.value
  const reference_A = (vp.nominal_V - reference.nominal_V) / reference.feed_ohm
  // An inverter takes what it gives.
  return positive_A + negative_A + ofBoost_A(reference_A, USB_V.typical)
}

/** All four channels, at this current each. */
export function tester_A(charging_A: number, relays: number): number {
  const coil_A =
    USB_V.least / channelParts.relay.coil_ohm + (USB_V.least - LED_V) / passives.k1.value
  const rail_A = CHANNELS * (CHANNEL_A + charging_A)
  return ofBoost_A(rail_A, USB_V.least) + relays * coil_A + REST_A
}

function ofBoost_A(rail_A: number, usb_V: number): number {
  return (rail_A * vp.nominal_V) / (usb_V * BOOST_EFFICIENCY)
}
