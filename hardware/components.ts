/**
 * What the board is built of: the one place from which SPICE netlists, schematic, bill of materials and error
 * budget take component values. Comments name the nets that a part joins; capital names are nets.
 *
 * Values are nominal, in SI units; `tolerance` is the largest relative deviation at 25 °C. The first of `parts`
 * is what was designed for, the others may replace it. Part numbers are from memory of the makers' naming: look
 * each up before ordering.
 */
export interface Component {
  value: number
  tolerance: number
  /** Largest, 1/K. */
  tempco_per_K?: number
  package: string
  parts: readonly string[]
}

function resistor(value: number, parts: string[], size = "0603", tolerance = 0.01): Component {
  return { value, tolerance, tempco_per_K: 100e-6, package: size, parts }
}

function precise(value: number, parts: string[], size = "0603"): Component {
  return { value, tolerance: 0.001, tempco_per_K: 25e-6, package: size, parts }
}

function x7r(value: number, size: string, parts: string[]): Component {
  return { value, tolerance: 0.1, package: size, parts }
}

function c0g(value: number, parts: string[]): Component {
  return { value, tolerance: 0.05, tempco_per_K: 30e-6, package: "0603", parts }
}

/**
 * One channel card. Its nets: COARSE, FINE (DAC outputs), VREF (4.096 V), VP, VN, SET (shunt voltage wanted),
 * OA (error amplifier's output), BASE, OUT (follower's output), FORCE (after the fuse; relay common), CELL+ and
 * CELL− (holder's force contacts; CELL− is the top of the shunt), SENSE+ and SENSE− (holder's sense contacts),
 * KP and KM (0.4 × SENSE+ and 0.4 × SENSE− to ground, buffered).
 */
export const channel = {
  // Set-point summer. Its + input joins COARSE, FINE and ground; its − input VREF and SET.
  coarse_ohm: precise(12e3, ["ERA-3AEB123V", "RT0603BRD0712KL"]),
  fine_ohm: precise(768e3, ["ERA-6AEB7683V", "RT0805BRD07768KL"], "0805"), // 64 × coarse
  summerGround_ohm: precise(8.06e3, ["ERA-3AEB8061V", "RT0603BRD078K06L"]),
  summerReference_ohm: precise(46.4e3, ["ERA-3AEB4642V", "RT0603BRD0746K4L"]), // VREF
  summerFeedback_ohm: precise(11.8e3, ["ERA-3AEB1182V", "RT0603BRD0711K8L"]), // SET

  // Error amplifier: + input SET; − input through errorInput to CELL−, through errorFeedback to OA.
  errorInput_ohm: resistor(12e3, ["RC0603FR-0712KL", "CRCW060312K0FKEA"]),
  errorFeedback_F: c0g(1e-9, ["GRM1885C1H102JA01D", "C0603C102J5GACTU"]),
  /** From OA to ground, in series: without it a long cable leaves 20° of phase margin. */
  dampingSeries_ohm: resistor(100, ["RC0603FR-07100RL", "CRCW0603100RFKEA"]),
  damping_F: x7r(22e-9, "0603", ["GRM188R71H223KA01D", "C0603C223K5RACTU"]),

  // Class-B follower: OA – base – BASE; collectors at VP and VN; each emitter through emitter_ohm to OUT.
  base_ohm: resistor(47, ["RC0603FR-0747RL", "CRCW060347R0FKEA"]),
  emitter_ohm: resistor(4.7, ["RC0805FR-074R7L", "CRCW08054R70FKEA"], "0805"),
  bypass_ohm: resistor(220, ["RC0603FR-07220RL", "CRCW0603220RFKEA"]), // OA to OUT

  /**
   * CELL− to ground, four wires: two for the current, two for errorInput and the converter. Thin film of 0.1 % and
   * 10 ppm begins at 47 Ω: below, Vishay's TNPW has 25 ppm (31006), Susumu's RG 50 ppm and 0.5 %.
   */
  shunt_ohm: precise(20, ["TNPW120620R0BEEA", "RT1206BRD0720RL"], "1206"),
  /** Relay at rest: FORCE and the sense common at its upper end; its lower end is CELL−. */
  dummy_ohm: precise(100, ["TNPW1206100RBEEA", "RT1206BRD07100RL"], "1206"),

  /** Sense common (of the relay) to ground, and SENSE− to ground; the taps go to the buffers. */
  dividerTop_ohm: precise(150e3, ["ERA-3AEB154V", "RT0603BRD07150KL"]),
  dividerBottom_ohm: precise(100e3, ["ERA-3AEB104V", "RT0603BRD07100KL"]),
  dividerFilter_F: c0g(1e-9, ["GRM1885C1H102JA01D", "C0603C102J5GACTU"]), // across each bottom
  /**
   * CELL+ to SENSE+ and CELL− to SENSE−, on the holder's side of the relay: with a sense wire off the reading is
   * 0.4 % low instead of 0 V.
   */
  senseFallback_ohm: resistor(1e3, ["RC0603FR-071KL", "CRCW06031K00FKEA"]),
  /** In series with each of the converter's pins: KP, KM, CELL−, and ground at the shunt. */
  adcInput_ohm: resistor(1e3, ["RC0603FR-071KL", "CRCW06031K00FKEA"]),
  adcFilter_F: x7r(100e-9, "0603", ["GRM188R71H104KA93D", "C0603C104K5RACTU"]), // AIN0–AIN1, AIN2–AIN3

  // Over-voltage trip: − input between KP and ground, + input between KM and VREF. Trips where KP − KM = VREF × 10
  // ÷ 19.6, which is 5.22 V at the cell; two 22.6 kΩ for the 19.6 kΩ make it 4.53 V, for a laboratory without 5 V cells.
  tripPlus_ohm: resistor(10e3, ["RT0603DRD0710KL", "ERA-3AED103V"], "0603", 0.005),
  tripPlusGround_ohm: resistor(19.6e3, ["RT0603DRD0719K6L", "ERA-3AED1962V"], "0603", 0.005),
  tripMinus_ohm: resistor(10e3, ["RT0603DRD0710KL", "ERA-3AED103V"], "0603", 0.005),
  tripMinusReference_ohm: resistor(19.6e3, ["RT0603DRD0719K6L", "ERA-3AED1962V"], "0603", 0.005),
  // Its latch. RELAY (expander pin) – gate – GATE of the coil's transistor, which all three outputs may pull down
  // to −2.5 V: trip, latch, and with it AIN0 as a flag. − input of latch and flag: HALF, between RELAY and −2.5 V;
  // + input: HELD, between GATE and 3.3 V. HELD is below HALF only with GATE down and RELAY up.
  relayPullDown_ohm: resistor(22e3, ["RC0603FR-0722KL", "CRCW060322K0FKEA"]), // RELAY to ground
  gate_ohm: resistor(10e3, ["RC0603FR-0710KL", "CRCW060310K0FKEA"]),
  halfRelay_ohm: resistor(100e3, ["RC0603FR-07100KL", "CRCW0603100KFKEA"]), // RELAY to HALF
  halfNegative_ohm: resistor(33e3, ["RC0603FR-0733KL", "CRCW060333K0FKEA"]), // HALF to −2.5 V
  heldGate_ohm: resistor(100e3, ["RC0603FR-07100KL", "CRCW0603100KFKEA"]), // GATE to HELD
  heldBias_ohm: resistor(470e3, ["RC0603FR-07470KL", "CRCW0603470KFKEA"]), // HELD to 3.3 V
} satisfies Record<string, Component>

/** What the channel card has besides resistors and capacitors. */
export const channelParts = {
  /** Error amplifier, summer, two sense buffers; between VP and VN. */
  opAmp: { parts: ["TLV9154IDR", "OPA4991IDR"], package: "SOIC-14" },
  npn: { parts: ["BCX56-16,115", "BCX5616TA"], package: "SOT-89" },
  pnp: { parts: ["BCX53-16,115", "BCX5316TA"], package: "SOT-89" },
  /** Between OUT and FORCE: holds 0.12 A, trips at 0.29 A. */
  fuse: { parts: ["MF-NSMF012-2", "1206L012WR"], package: "1206", least_ohm: 1.4, most_ohm: 6 },
  /** One pole FORCE, one pole sense; at rest both are on the dummy. Coil between RELAY_5V and the transistor. */
  relay: {
    parts: ["G6K-2F-Y DC5", "HFD4/5-S1R"],
    package: "G6K-2F-Y",
    coil_ohm: 237,
    operate_V: 4,
    release_s: 3e-3,
    contact_ohm: 0.1,
  },
  coilTransistor: { parts: ["2N7002,215", "BSS138"], package: "SOT-23" },
  coilDiode: { parts: ["1N4148W-7-F", "BAS16,215"], package: "SOD-123" },
  /** Trip, latch and flag; between VP and −2.5 V. The fourth is unused. */
  comparator: { parts: ["LM339DR", "LM2901DR"], package: "SOIC-14", offset_V: 9e-3 },
  /** Bidirectional, FORCE to ground. A clamp to the rails would let a cell feed them while they collapse. */
  clamp: { parts: ["SD12C-01FTG", "PESD12VS1BB"], package: "SOD-323" },
  adc: { parts: ["ADS122C04IPWR", "ADS122C04IRTER"], package: "TSSOP-16" },
} as const

/** Base board: what keeps the relays closed, or does not. */
export const safety = {
  // Pump: HEARTBEAT (expander) – pumpSeries – pumpCoupling – COUPLED; diodes ground → COUPLED → PUMPED.
  heartbeatPullDown_ohm: resistor(100e3, ["RC0603FR-07100KL", "CRCW0603100KFKEA"]),
  pumpSeries_ohm: resistor(470, ["RC0603FR-07470RL", "CRCW0603470RFKEA"]),
  pumpCoupling_F: x7r(10e-6, "0805", ["GRM21BR71A106KA73L", "C2012X7R1A106K125AC"]),
  /** COUPLED to ground. Without it a heartbeat that stops high holds the relays for four seconds. */
  pumpBleed_ohm: resistor(4.7e3, ["RC0603FR-074K7L", "CRCW06034K70FKEA"]),
  pumpStorage_F: x7r(2.2e-6, "0805", ["GRM21BR71C225KA12L", "C2012X7R1C225K085AB"]), // PUMPED to ground
  pumpDischarge_ohm: resistor(240e3, ["RC0603FR-07240KL", "CRCW0603240KFKEA"]), // PUMPED to ground
  // Comparator: + input PUMPED; − input 0.2 × 3.3 V; output pulls ENABLE down.
  thresholdTop_ohm: resistor(40.2e3, ["RC0603FR-0740K2L", "CRCW060340K2FKEA"]), // 3.3 V
  thresholdBottom_ohm: resistor(10e3, ["RC0603FR-0710KL", "CRCW060310K0FKEA"]),
  enablePullUp_ohm: resistor(10e3, ["RC0603FR-0710KL", "CRCW060310K0FKEA"]), // 3.3 V to ENABLE
  switchPullUp_ohm: resistor(10e3, ["RC0603FR-0710KL", "CRCW060310K0FKEA"]), // 5 V to the P-FET's gate
} satisfies Record<string, Component>

export const safetyParts = {
  /** Silicon: a warm Schottky diode's leakage would halve the drop-out time. */
  pumpDiodes: { parts: ["BAV99,215", "BAV99-7-F"], package: "SOT-23" },
  comparator: {
    parts: ["LM393DR", "LM2903DR"],
    package: "SOIC-8",
    offset_V: 7e-3,
    bias_A: 250e-9,
  },
  /** Gate ENABLE; pulls down the gate of the P-FET that feeds RELAY_5V from 5 V. */
  enableTransistor: { parts: ["2N7002,215", "BSS138"], package: "SOT-23" },
  relaySwitch: { parts: ["AO3401A", "DMG2305UX-7"], package: "SOT-23" },
  /**
   * Watches 5 V; open drain, to ENABLE, the expander's RESET and the microcontroller's RUN or EN: what a dip of the
   * supply opened must not close by itself onto an old set-point.
   */
  supervisor: { parts: ["APX803S-40SA-7", "TLV803EA40DPWR"], package: "SOT-23", threshold_V: 4 },
} as const

/** Base board: supplies, with what each must hold to. */
export const supplies = {
  /** Of the boost converter, at any load up to 230 mA. TLV9154 stands 16 V between VP and VN. */
  vp: { nominal_V: 8.25, tolerance: 0.03 },
  /** Of the inverters, from 230 mA and 4.5 V of USB to no load and 5.25 V; unregulated. */
  vn: { nominal_V: -4.5, least_V: -3.9, most_V: -5.5 },
  /** VREF: a shunt reference fed from VP, so that it outlives 5 V as long as VP does. */
  reference: {
    nominal_V: 4.096,
    tolerance: 0.001,
    feed_ohm: 510,
    parts: ["LM4040AIM3-4.1/NOPB", "LM4040BIM3-4.1/NOPB"],
    package: "SOT-23",
  },
  /** On VP and on VN, behind their converters' diodes: hold the loops until every relay has opened. */
  hold_F: {
    value: 470e-6,
    tolerance: 0.2,
    package: "8x10.5",
    parts: ["UWT1C471MNL1GS", "EEE-FK1C471P"],
  },
  /** The converters' ±2.5 V; −2.5 V also takes 2 mA of each comparator. */
  analog: { positive_V: 2.5, negative_V: -2.5, tolerance: 0.03 },
  digital: { nominal_V: 3.3, tolerance: 0.03 },
} as const
