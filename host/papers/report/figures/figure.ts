import { platingSign } from "../../../cell"
import { plotCells } from "../../../report/plot"
import type { PlotKind, RunResult } from "../../paper"
import { capacityFigure, hysteresisFigure, rateFigure } from "./overCycles"
import { resistanceFigure } from "./resistance"
import { scanFigure } from "./scan"
import { voltageFigure } from "./voltage"

/** Draws runs as the papers do; SVG. */
export const FIGURES: Record<PlotKind, (results: readonly RunResult[]) => Promise<string>> = {
  voltage: voltageFigure,
  hysteresis: hysteresisFigure,
  capacity: capacityFigure,
  rate: rateFigure,
  nucleation: nucleationFigure,
  scan: scanFigure,
  resistance: resistanceFigure,
}

/** Kinds whose curves lie in one panel, so that they need a key. */
export const OVERLAID: readonly PlotKind[] = ["hysteresis", "capacity", "rate", "resistance"]

/** The whole test and the first plating half-cycle, from its reversal on. */
function nucleationFigure(results: readonly RunResult[]): Promise<string> {
  return plotCells(
    results.map((result) => ({
      name: result.cell.name,
      records: () => result.records(),
      platingSign: platingSign(result.cell),
    })),
  )
}
