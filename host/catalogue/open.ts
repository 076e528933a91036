import { join } from "node:path"
import type { Catalogue } from "./catalogue"
import { FileCatalogue } from "./fileCatalogue"
import { PostgresCatalogue } from "./postgresCatalogue"

/**
 * The catalogue at an address.
 * @param address `postgres://USER:PASSWORD@HOST/DATABASE`, or a folder; undefined: the data folder's own
 * @param data the data folder
 * @param timeout_ms a database that does not answer within this does not
 */
export function openCatalogue(
  address: string | undefined,
  data: string,
  timeout_ms?: number,
): Catalogue {
  if (address !== undefined && /^postgres(ql)?:\/\//.test(address))
    return new PostgresCatalogue(address, timeout_ms)
  return address === undefined ? ownCatalogue(data) : new FileCatalogue(address)
}

/** The one in the data folder, which needs nobody else. */
export function ownCatalogue(data: string): FileCatalogue {
  return new FileCatalogue(join(data, "catalogue"))
}
