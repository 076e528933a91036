/**
 * Runs protocols on simulated cells, for whoever writes protocols, models of cells or analysis and tests them
 * without hardware. `host/simulator/SIMULATOR.md` tells how.
 *
 * @packageDocumentation
 */
export {
  runOnSimulator,
  runTogetherOnSimulator,
  UnfinishedTestError,
} from "./simulator/runOnSimulator"
export type { SimulatedTest, SimulatorOptions } from "./simulator/options"
export type { Fault, SimulatorResult } from "./simulator/result"
export type { RecordColumns } from "./simulator/columns"
export type { CycleValues } from "./simulator/cycleValues"

export {
  type AnalogErrorName,
  type AnalogErrorSwitches,
  type CellAbout,
  type CellModel,
  type Described,
  type FullCell,
  type FullCellParameters,
  type LithiumCopper,
  type LithiumCopperParameters,
  type LithiumSymmetric,
  type LithiumSymmetricParameters,
  lithiumCopper,
  lithiumFullCell,
  lithiumSymmetric,
  simulatedCells,
} from "./transport/simulatedCells"

export type { Cell, CellInput } from "./cell"
export { TesterError } from "./errors"
export type { Gap, TestEnd, TestEvent } from "./log/testAbout"
export type { Protocol } from "./protocol/schema"
export type { Records } from "./records"
export type { SampleStepType } from "./sample"

export {
  type CycleEfficiency,
  dischargeOverCharge,
  efficiencyOver,
  strippedOverPlated,
  type WindowEfficiency,
} from "./analysis/coulombicEfficiency"
export { type ChargePhase, chargePhases } from "./analysis/chargePhases"
export { type CycleRow, cycleTable, type HalfCycleRow } from "./analysis/cycles"
export { type HalfCycle, halfCycles } from "./analysis/halfCycles"
export { modifiedAurbach, type ReservoirEfficiency } from "./analysis/modifiedAurbach"
export { type Nucleation, nucleation } from "./analysis/nucleation"
export { hysteresis_V, overpotential_V } from "./analysis/overpotential"
