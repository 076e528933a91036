/**
 * The twenty pins between a channel card and its slot on the base, as both know them. Pin 9 is cut off the
 * card's header and its hole in the socket is plugged, so that a card turned round does not fit.
 */
export const SLOT_PINS = [
  "VP", // +8.25 V
  "PGND", // the cell's current comes back here
  "VN", // −4.5 V
  "PGND2",
  "RELAY_5V", // while heartbeat and supervisor allow it
  "GND",
  "AVDD", // +2.5 V
  "AVSS", // −2.5 V
  "KEY",
  "SCL",
  "SDA",
  "V3V3",
  "A1", // address of the converter, strapped by the slot
  "A0",
  "GND3",
  "VREF", // 4.096 V
  "GND2",
  "COARSE", // set-points
  "FINE",
  "RELAY", // high closes the relay
] as const

export type SlotPin = (typeof SLOT_PINS)[number]

/** Nets of a card's or slot's connector; `own` is what differs between slots. */
export function slotNets(own: Partial<Record<SlotPin, string>> = {}): Record<string, string> {
  const nets: Record<string, string> = {}
  for (const pin of SLOT_PINS) if (pin !== "KEY") nets[pin] = pin.replace(/GND[23]$/, "GND")
  return { ...nets, ...own }
}
