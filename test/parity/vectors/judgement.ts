import { CycleMonitor } from "../../../firmware/core/cycleMonitor"
import { HardShort } from "../../../firmware/core/hardShort"
import { regulationLimit_A } from "../../../firmware/core/limits"
import { Plateau } from "../../../firmware/core/plateau"
import { CycleStops } from "../../../firmware/core/program"
import { Slope } from "../../../firmware/core/slope"
import { Dice, type Output } from "../vector"

export function slope(out: Output): void {
  const dice = new Dice(21)
  const slope = new Slope()
  slope.begin()
  for (let i = 0; i < 130; ++i) {
    slope.sample(dice.between(0.01, 0.02) + i * 1e-5)
    if (i % 10 === 0) out.number(slope.rate_V_per_s)
  }
}

export function hardShort(out: Output): void {
  const dice = new Dice(22)
  const short = new HardShort()
  short.begin(-1e-3)
  for (let i = 0; i < 150; ++i) {
    short.sample(dice.between(-0.03, -0.02) * (i > 120 ? 0.3 : 1))
    if (i % 3 === 0) out.number(short.limit_V)
  }
  out.number(regulationLimit_A(-3.3e-3))
}

export function plateau(out: Output): void {
  const dice = new Dice(23)
  const plateau = new Plateau()
  plateau.begin()
  let charge_mAs = 0
  let energy_mWs = 0
  for (let i = 0; i < 150; ++i) {
    const passed_mAs = dice.between(0.9, 1.1)
    charge_mAs = charge_mAs - passed_mAs
    energy_mWs = energy_mWs + passed_mAs * dice.between(0.02, 0.03)
    plateau.sample(charge_mAs, energy_mWs)
    if (i % 15 === 14) out.number(plateau.meanVoltage_V(charge_mAs, energy_mWs))
  }
}

/** Fifteen cycles that lose capacity, with what is saved after each. */
export function cycles(out: Output): void {
  const dice = new Dice(24)
  const bytes = out.alloc(80)
  const monitor = new CycleMonitor()
  const stops = new CycleStops()
  stops.efficiencyBelow = 0.9
  stops.efficiencyCycles = 3
  stops.retentionBelow = 0.8
  stops.retentionCycle = 2
  stops.overpotentialCycle = 2
  stops.overpotentialGrowth = 1.5
  monitor.begin(stops)
  for (let cycle = 1; cycle <= 15; ++cycle) {
    for (let half = 0; half < 2; ++half) {
      const most_mAs = (half === 0 ? 10 : -10) * (1 - cycle * 0.01)
      const mean_V = dice.between(0.02, 0.03) * (half === 0 ? 1 : -1)
      monitor.stepBegins()
      for (let i = 1; i <= 10; ++i)
        monitor.sample((most_mAs * i) / 10, (most_mAs * mean_V * i) / 10)
      out.number(monitor.stepEnds(false, most_mAs, most_mAs * mean_V, mean_V))
    }
    out.number(monitor.stepEnds(true, 0, 0, dice.between(0, 0.001)))
    monitor.save(bytes, 0)
    out.bytes(bytes, 0, 73)
    out.number(monitor.cycleEnds(cycle))
    if (cycle === 8) monitor.load(bytes, 0)
  }
}
