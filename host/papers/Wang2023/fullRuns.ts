import { fullCell } from "../common/fullCell"
import { ncm622, ncm622Stack, ncm811Stack, span } from "./cells"
import { run } from "./lithiumRuns"

const NCM_V = [2.8, 4.3] as const
const SPAN_V = [1, 3] as const

/** How many cycles activate is not printed for NCM622: three, as for SPAN. */
export const ACTIVATION = 3
/** Nor for the pouch cell: one. */
export const STACK_ACTIVATION = 1

/** The first minutes of each charge in full, for the bump of lithium's nucleation. */
const BUMP = { time_s: 60, voltage_V: 0.002, burst_s: 300 }

const ncm = (cycles: number) =>
  fullCell([
    { rate_C: 0.1, cycles: 1, window_V: NCM_V, chargeRecord: BUMP },
    { rate_C: 0.1, cycles: ACTIVATION - 1, window_V: NCM_V },
    { rate_C: 0.5, cycles, window_V: NCM_V },
  ])

/** Sulphur comes charged. */
const sulphur = fullCell(
  [
    { rate_C: 0.1, cycles: ACTIVATION, window_V: SPAN_V, dischargesFirst: true },
    { rate_C: 0.5, cycles: 80, window_V: SPAN_V, dischargesFirst: true },
  ],
  { stop: { retention_below: 0.5, retention_reference_cycle: ACTIVATION + 2 } },
)

/** One cycle to 4.3 V, then one to 4.55 V, after activation. */
const raised = fullCell([
  { rate_C: 0.1, cycles: STACK_ACTIVATION, window_V: NCM_V },
  { rate_C: 0.2, cycles: 1, window_V: NCM_V },
  { rate_C: 0.2, cycles: 1, window_V: [2.8, 4.55] },
])

export const fullRuns = {
  ncmSilver: run("NCM622-Li-Ag", "NCM622, Li-Ag", ncm622("40 um Li-Ag"), ncm(100)),
  ncmLithium: run("NCM622-Li", "NCM622, Li", ncm622("40 um Li"), ncm(75)),
  spanSilver: run("SPAN-Li-Ag", "SPAN, Li-Ag", span("40 um Li-Ag"), sulphur),
  spanLithium: run("SPAN-Li", "SPAN, Li", span("40 um Li"), sulphur),
  pouch: run(
    "NCM622-stack-0.2C",
    "NCM622 pouch stack, 0.2C",
    ncm622Stack,
    fullCell([
      { rate_C: 0.1, cycles: STACK_ACTIVATION, window_V: NCM_V },
      { rate_C: 0.2, cycles: 50, window_V: NCM_V },
    ]),
  ),
  pouchRaised: run("NCM622-stack-4.55V", "NCM622 pouch stack, 0.2C", ncm622Stack, raised),
  pouch811: run(
    "NCM811-stack",
    "NCM811 pouch stack",
    ncm811Stack,
    fullCell([{ rate_C: 0.1, cycles: 1, window_V: NCM_V }]),
  ),
} as const
