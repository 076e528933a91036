import type { Catalogue } from "../catalogue/catalogue"
import type { Bucket } from "../lake/bucket"
import type { LabOptions } from "../live/lab"
import type { BrokerOptions } from "./broker"
import type { MetricsAddress } from "./metrics"

export interface AgentOptions extends LabOptions {
  lab: string
  host: string
  version: string
  /** Undefined: nothing is published live. */
  broker?: Omit<BrokerOptions, "lastWill" | "onState" | "onConnect" | "clientId">
  acceptsOrders: boolean
  /** Undefined: nothing is brought into a dataset. */
  lake?: Bucket
  /** Undefined: nobody is told who and what there is. */
  catalogue?: Catalogue
  /** After so many days a calibration is due again. */
  calibrationDays: number
  /** Undefined: nobody asks for metrics. */
  metrics?: MetricsAddress
  /** Between two looks at what is not in the dataset or the catalogue yet. */
  keepEvery_ms?: number
  onLine: (text: string) => void
}
