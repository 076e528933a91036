import { join } from "node:path"
import type { Catalogue } from "./catalogue"
import { FileCatalogue } from "./fileCatalogue"
import { PostgresCatalogue } from "./postgresCatalogue"

/**
 * The catalogue at an address.
 * @param address `postgres://USER:PASSWORD@HOST/DATABASE`, or the path of a file; undefined: the data folder's own
 * @param data the data folder
 */
export function openCatalogue(address: string | undefined, data: string): Catalogue {
  if (address !== undefined && /^postgres(ql)?:\/\//.test(address))
    return new PostgresCatalogue(address)
  return new FileCatalogue(address ?? join(data, "catalogue.jsonl"))
}
