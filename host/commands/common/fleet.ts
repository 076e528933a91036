import type { Command } from "commander"
import { openCatalogue } from "../../catalogue/open"
import { TesterError } from "../../errors"
import { openBucket } from "../../lake/open"
import type { FleetOptions } from "../../fleet/run"
import { addBroker, type BrokerCliOptions, brokerOptions } from "./broker"
import { catalogOption } from "./catalog"
import { tell } from "./print"

export interface FleetCliOptions extends BrokerCliOptions {
  lake?: string
  catalog?: string
}

/** Adds where a fleet publishes. */
export function addFleet(command: Command): Command {
  return addBroker(command)
    .option("--lake <address>", "of a fleet, its dataset: a folder, or s3://BUCKET/PREFIX")
    .addOption(catalogOption())
}

/** @throws TesterError when what was given does not fit together */
export function checkFleet(
  options: FleetCliOptions & { fleet?: true; port?: string[]; board?: string },
): void {
  const { fleet, broker, lake, port = [], board } = options
  if (fleet && broker === undefined)
    throw new TesterError(
      "--fleet takes the --broker to which the agents publish, such as mqtt://broker.local.",
    )
  if (fleet && (port.length > 0 || board !== undefined))
    throw new TesterError(
      "--fleet shows what agents publish, and opens no port: leave --port and --board out.",
    )
  if (!fleet && [broker, lake].some((one) => one !== undefined))
    throw new TesterError("--broker and --lake are for --fleet: add that.")
}

/** @throws TesterError when an address or file is not right */
export function fleetOptions(options: FleetCliOptions & { data: string }): FleetOptions {
  const { lake, catalog, data } = options
  const broker = brokerOptions(options)
  if (broker === undefined) throw new RangeError("a fleet has a broker")
  return {
    broker,
    data,
    bucket: lake === undefined ? undefined : openBucket(lake),
    catalogue: catalog ? openCatalogue(catalog, data) : undefined,
    onLine: tell,
  }
}
