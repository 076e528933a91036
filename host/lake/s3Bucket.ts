import { randomBytes } from "node:crypto"
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs"
import * as http from "node:http"
import * as https from "node:https"
import type { Duplex } from "node:stream"
import type { Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { buffer } from "node:stream/consumers"
import { Client } from "minio"
import { TesterError } from "../errors"
import { type Bucket, LakeError } from "./bucket"

/** A connection on which nothing moves for so long is dead, even if nobody says so. */
const SILENCE_ms = 60_000
/** Folders of drafts are called so; those of hosts that were killed are left over, and none is in use for so long. */
const DRAFTS = "coincell-drafts-"
const LEFT_ms = 86_400_000

export interface S3Address {
  endpoint: URL
  region: string
  accessKey: string
  secretKey: string
  bucket: string
  /** Before all keys: empty, or ends with a slash. */
  prefix: string
}

/**
 * Reads `s3://BUCKET/PREFIX`, and from the environment, by the names that all S3 tools know, the rest.
 * @throws TesterError when something is missing: it says what
 */
export function s3Address(address: string, environment: NodeJS.ProcessEnv): S3Address {
  const [, bucket, path] = /^s3:\/\/([^/]+)(?:\/(.*))?$/i.exec(address) ?? []
  if (bucket === undefined)
    throw new TesterError(`${address} names no bucket: write s3://BUCKET or s3://BUCKET/PREFIX.`)
  const { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey } = environment
  if (!accessKey || !secretKey)
    throw new TesterError(
      `${address} needs keys: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.`,
    )
  const region = environment.AWS_REGION ?? "us-east-1"
  const endpoint = environment.AWS_ENDPOINT_URL ?? `https://s3.${region}.amazonaws.com`
  if (!URL.canParse(endpoint))
    throw new TesterError(
      `AWS_ENDPOINT_URL is "${endpoint}": write http://HOST:PORT or https://HOST.`,
    )
  const prefix = (path ?? "").replace(/\/*$/, "")
  return {
    endpoint: new URL(endpoint),
    region,
    accessKey,
    secretKey,
    bucket,
    prefix: prefix === "" ? "" : `${prefix}/`,
  }
}

/** A dataset in a bucket of an object store that speaks S3. */
export class S3Bucket implements Bucket {
  private readonly client: Client
  private drafts = ""

  constructor(
    readonly address: S3Address,
    silence_ms = SILENCE_ms,
  ) {
    const { endpoint, region, accessKey, secretKey } = address
    const isSafe = endpoint.protocol === "https:"
    this.client = new Client({
      endPoint: endpoint.hostname,
      port: Number(endpoint.port) || (isSafe ? 443 : 80),
      useSSL: isSafe,
      region,
      accessKey,
      secretKey,
      transportAgent: agentOf(isSafe ? https.Agent : http.Agent, silence_ms),
    })
  }

  get name(): string {
    return `s3://${this.address.bucket}/${this.address.prefix}`
  }

  async keys(prefix: string): Promise<string[]> {
    return [...(await this.versions(prefix)).keys()]
  }

  /** The ETags of all objects whose keys begin so, by key. */
  async versions(prefix = ""): Promise<Map<string, string>> {
    const { bucket, prefix: before } = this.address
    const versions = new Map<string, string>()
    await this.attempt(async () => {
      const objects = this.client.listObjectsV2(bucket, before + prefix, true)
      for await (const { name, etag } of objects) versions.set(name.slice(before.length), etag)
    })
    return versions
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    const { bucket, prefix } = this.address
    return await this.attempt(() =>
      ifThere(async () => buffer(await this.client.getObject(bucket, prefix + key))),
    )
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const { bucket, prefix } = this.address
    await this.attempt(() => this.client.putObject(bucket, prefix + key, Buffer.from(bytes)))
  }

  async remove(key: string): Promise<void> {
    const { bucket, prefix } = this.address
    await this.attempt(() => this.client.removeObject(bucket, prefix + key))
  }

  draft(): string {
    if (this.drafts === "") {
      tidy(tmpdir())
      this.drafts = join(tmpdir(), `${DRAFTS}${randomBytes(8).toString("hex")}`)
      mkdirSync(this.drafts)
    }
    return join(this.drafts, randomBytes(8).toString("hex"))
  }

  async putDraft(key: string, path: string): Promise<void> {
    const { bucket, prefix } = this.address
    try {
      await this.attempt(() => this.client.fPutObject(bucket, prefix + key, path))
    } finally {
      rmSync(path, { force: true })
    }
  }

  /** Copies an object into a file. @returns false when there is none of that key */
  async fetch(key: string, path: string): Promise<boolean> {
    const { bucket, prefix } = this.address
    const copied = await this.attempt(() =>
      ifThere(async () => {
        await this.client.fGetObject(bucket, prefix + key, path)
        return true
      }),
    )
    return copied ?? false
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      const { message, code } = error as Error & { code?: string }
      throw new LakeError(
        `The dataset in ${this.name} at ${this.address.endpoint.origin} cannot be used: ${message || code}. Is the ` +
          "store there, does the bucket exist, and may these keys read and write it? The tests' own data are safe.",
      )
    }
  }
}

/** What makes connections, and ends those that are dead. */
function agentOf(Agent: typeof http.Agent | typeof https.Agent, timeout: number): http.Agent {
  const agent = new Agent({ keepAlive: true, timeout })
  const connect = agent.createConnection.bind(agent)
  agent.createConnection = (options, callback): Duplex => {
    const socket = connect(options, callback) as Socket
    return socket.on("timeout", () => {
      socket.destroy(new Error(`it has said nothing for ${timeout / 1000} s`))
    })
  }
  return agent
}

function tidy(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(DRAFTS)) continue
    const path = join(folder, name)
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() }
    if (Date.now() - mtimeMs > LEFT_ms) rmSync(path, { recursive: true, force: true })
  }
}

/** Undefined when the object is not there. */
async function ifThere<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    const { code } = error as { code?: string }
    // What a HEAD gets, which has no body to say more.
    if (code === "NoSuchKey" || code === "NotFound") return undefined
    throw error
  }
}
