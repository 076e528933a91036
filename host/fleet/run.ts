import { join } from "node:path"
import { regularly } from "../agent/regularly"
import type { Catalogue } from "../catalogue/catalogue"
import type { Bucket } from "../lake/bucket"
import { mirror } from "../lake/mirror"
import { S3Bucket } from "../lake/s3Bucket"
import { Lake } from "./lake/lake"
import { BrokerLink, type LinkOptions } from "./link"
import { readMessage } from "./messages"
import { Sources } from "./sources"

export interface FleetOptions {
  broker: LinkOptions
  bucket?: Bucket
  catalogue?: Catalogue
  /** The data folder: keeps the copy of a bucket. */
  data: string
  onLine: (text: string) => void
}

const CATALOGUE_ms = 60_000
const MIRROR_ms = 600_000

/** What the fleet's server knows, kept up to date until the signal aborts. */
export function openFleet(
  options: FleetOptions,
  signal: AbortSignal,
): { sources: Sources; ended: Promise<void> } {
  const { bucket, catalogue, data, onLine } = options
  const lake = bucket && lakeOf(bucket, data)
  const sources = new Sources(() => link, lake, catalogue)
  const link = new BrokerLink({
    ...options.broker,
    onHeard: ({ topic, payload, isKept }) => {
      const message = readMessage(topic, payload)
      if (message !== undefined) sources.fleet.hear(message, Date.now() / 1000, isKept)
    },
    onChange: () => {
      sources.fleet.touch()
      onLine(`The broker at ${link.broker.name} is ${link.broker.isThere ? "there" : "away"}.`)
    },
    onProblem: (text) => tell("broker", text),
  })
  const keep = (of: string, every_ms: number, work: () => Promise<void>) =>
    regularly({ every_ms, signal, onProblem: (text) => tell(of, text) }, async () => {
      await work()
      tell(of, undefined)
    })
  const tell = (of: string, text: string | undefined) => {
    if (!sources.trouble(of, text)) return
    if (text !== undefined) onLine(text)
    sources.fleet.touch()
  }
  const parts = [
    ...(catalogue ? [keep("catalogue", CATALOGUE_ms, () => sources.readBoards())] : []),
    ...(bucket instanceof S3Bucket && lake
      ? [keep("lake", MIRROR_ms, () => mirror(bucket, lake.folder))]
      : []),
  ]
  const ended = new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener("abort", () => resolve())
  }).then(async () => {
    await Promise.all(parts)
    await link.close()
    await lake?.close()
    await catalogue?.close()
  })
  return { sources, ended }
}

/** DuckDB reads folders: of a bucket the data folder keeps a copy, of which what is new is fetched now and then. */
function lakeOf(bucket: Bucket, data: string): Lake {
  const folder =
    bucket instanceof S3Bucket ? join(data, "lakes", encodeURIComponent(bucket.name)) : bucket.name
  return new Lake(folder, bucket.name)
}
