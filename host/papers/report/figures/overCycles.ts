import { capacityPanel, efficiencyPanel, hysteresisPanel } from "../../../report/figures/overCycles"
import { figureSvg } from "../../../report/figures/panel"
import type { RunResult } from "../../paper"

const WIDTH = 420
const WIDE = 700

/** 2η against cycle. */
export function hysteresisFigure(results: readonly RunResult[]): Promise<string> {
  return figureSvg([hysteresisPanel(results, WIDE)], 1)
}

/** What cells give back, charged hollow, and Coulombic efficiency against cycle. */
export function capacityFigure(results: readonly RunResult[]): Promise<string> {
  return figureSvg([capacityPanel(results, WIDTH, true), efficiencyPanel(results, WIDTH)], 2)
}

/** The staircase of a rate test: what cells give back against cycle. */
export function rateFigure(results: readonly RunResult[]): Promise<string> {
  return figureSvg([capacityPanel(results, WIDE, false)], 1)
}
