/** Parts around the chips that no simulation needs: pull-ups, decoupling, filters. */
import type { Component } from "../components"

const part = (value: number, size: string, tolerance: number, parts: string[]): Component => ({
  value,
  tolerance,
  package: size,
  parts,
})

export const k1 = part(1e3, "0603", 0.01, ["RC0603FR-071KL", "CRCW06031K00FKEA"])
export const k2_2 = part(2.2e3, "0603", 0.01, ["RC0603FR-072K2L", "CRCW06032K20FKEA"])
export const k10 = part(10e3, "0603", 0.01, ["RC0603FR-0710KL", "CRCW060310K0FKEA"])
export const k100 = part(100e3, "0603", 0.01, ["RC0603FR-07100KL", "CRCW0603100KFKEA"])
export const n100 = part(100e-9, "0603", 0.1, ["GRM188R71H104KA93D", "C0603C104K5RACTU"])
export const u1 = part(1e-6, "0603", 0.1, ["GRM188R61E105KA12D", "CL10A105KA8NNNC"])
export const u10 = part(10e-6, "0805", 0.1, ["GRM21BR61E106KA73L", "CL21A106KAYNNNE"])

// The rest is the base's.
/** Star point: ground of the cells' currents and of the signals meet here alone. */
export const star = part(0, "0805", 0, ["RC0805JR-070RL", "CRCW08050000Z0EA"])
/** USB's fuse: holds 1.1 A at 23 °C, trips at 2.2 A. The whole tester draws less than 0.7 A. */
export const usbFuse = part(0, "1206", 0, ["1206L110THYR", "MF-NSMF110-2"])
export const boostCoil = part(10e-6, "4x4", 0.2, ["SRN4018-100M", "NRS4018T100MDGJ"])
export const bead = part(600, "0805", 0.25, ["BLM21PG601SN1D", "MMZ2012Y601B"])
/** 0.795 V × (1 + 150 ÷ 16) = 8.25 V. */
export const boostTop = part(150e3, "0603", 0.01, ["RC0603FR-07150KL", "CRCW0603150KFKEA"])
export const boostBottom = part(16e3, "0603", 0.01, ["RC0603FR-0716KL", "CRCW060316K0FKEA"])
/** 9 mA through +2.5 V's shunt regulator and the converters. */
export const feedPositive = part(270, "0603", 0.01, ["RC0603FR-07270RL", "CRCW0603270RFKEA"])
/** At least 14 mA for −2.5 V when VN is −3.9 V, at most 30 mA when it is −5.5 V. */
export const feedNegative = part(100, "0805", 0.01, ["RC0805FR-07100RL", "CRCW0805100RFKEA"])
export const feedReference = part(510, "0603", 0.01, ["RC0603FR-07510RL", "CRCW0603510RFKEA"])
/** Watchdog's period, 8 s. */
export const watchdogTime = part(10.2e3, "0603", 0.01, ["RC0603FR-0710K2L", "CRCW060310K2FKEA"])
