import { readFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { readDocument } from "../document"
import { TesterError } from "../errors"
import { type Limits, NOTICE_KINDS, type NoticeKind } from "./judge"
import type { Receivers } from "./notifier"

/** The file in the data folder that says who is told of what. */
export const NOTIFY_FILE = "notify.yaml"

const seconds = z.number().positive()
const schema = z.strictObject({
  /** A shell command, which gets each event as JSON on stdin. */
  command: z.string().min(1).optional(),
  /** Where each event is posted as JSON. */
  webhook: z.url({ protocol: /^https?$/, error: "give a URL, https://…" }).optional(),
  on: z.array(z.enum(NOTICE_KINDS)).default([...NOTICE_KINDS]),
  board_lost_after_s: seconds.default(60),
  sample_too_old_after_s: seconds.default(900),
  disk_free_below_MB: z.number().positive().default(1000),
})

export interface NotifyConfig {
  receivers: Receivers
  /** What is told. */
  on: ReadonlySet<NoticeKind>
  limits: Limits
}

/**
 * Who is told of what: the data folder's `notify.yaml`, if there is one, and before it what the command line
 * says.
 * @throws TesterError naming the file and the key that is wrong
 */
export function readNotifyConfig(folder: string, given: Receivers): NotifyConfig {
  const path = join(folder, NOTIFY_FILE)
  const written = { ...readYaml(path) }
  if (given.command !== undefined) written.command = given.command
  if (given.webhook !== undefined) written.webhook = given.webhook
  const result = schema.safeParse(written)
  if (!result.success) {
    const { path: keys, message } = result.error.issues[0]
    throw new TesterError(`${path}: ${keys.length > 0 ? `${keys.join(".")}: ` : ""}${message}.`)
  }
  const { command, webhook, on, disk_free_below_MB, ...limits } = result.data
  return {
    receivers: { command, webhook },
    on: new Set(on),
    limits: { ...limits, disk_free_below_bytes: disk_free_below_MB * 1e6 },
  }
}

/** What a YAML file holds; undefined when there is none. */
function readYaml(path: string): Record<string, unknown> | undefined {
  let text: string
  try {
    text = readFileSync(path, "utf8")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined
    throw new TesterError(`${path} cannot be read: ${(error as Error).message}.`)
  }
  const { value } = readDocument(text, path)
  if (value === null || value === undefined) return undefined
  if (typeof value === "object" && !Array.isArray(value)) return value as Record<string, unknown>
  throw new TesterError(`${path}: write keys and values, such as 'command: ./tell-me.sh'.`)
}
