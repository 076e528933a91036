import { randomBytes } from "node:crypto"
import { mkdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { buffer } from "node:stream/consumers"
import { Client } from "minio"
import { TesterError } from "../errors"
import { type Bucket, LakeError } from "./bucket"

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

  constructor(readonly address: S3Address) {
    const { endpoint, region, accessKey, secretKey } = address
    const isSafe = endpoint.protocol === "https:"
    this.client = new Client({
      endPoint: endpoint.hostname,
      port: Number(endpoint.port) || (isSafe ? 443 : 80),
      useSSL: isSafe,
      region,
      accessKey,
      secretKey,
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
    return await this.attempt(async () => {
      try {
        return await buffer(await this.client.getObject(bucket, prefix + key))
      } catch (error) {
        if ((error as { code?: string }).code === "NoSuchKey") return undefined
        throw error
      }
    })
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const { bucket, prefix } = this.address
    await this.attempt(() => this.client.putObject(bucket, prefix + key, Buffer.from(bytes)))
  }

  draft(): string {
    if (this.drafts === "") {
      this.drafts = join(tmpdir(), `coincell-${randomBytes(8).toString("hex")}`)
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

  /** Copies an object into a file. */
  async fetch(key: string, path: string): Promise<void> {
    const { bucket, prefix } = this.address
    await this.attempt(() => this.client.fGetObject(bucket, prefix + key, path))
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
