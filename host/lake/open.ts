import { TesterError } from "../errors"
import type { Bucket } from "./bucket"
import { FolderBucket } from "./folderBucket"
import { S3Bucket, s3Address } from "./s3Bucket"

/**
 * The dataset at an address.
 * @param address a folder, or `s3://BUCKET/PREFIX`, whose endpoint, region and keys are in the environment
 * @throws TesterError when the address or the environment do not say enough
 */
export function openBucket(address: string, environment = process.env): Bucket {
  if (/^s3:/i.test(address)) return new S3Bucket(s3Address(address, environment))
  const [, scheme] = /^([a-z][a-z0-9+.-]+):\/\//i.exec(address) ?? []
  if (scheme === undefined) return new FolderBucket(address)
  throw new TesterError(
    `A dataset cannot be at ${address}: give a folder, or s3://BUCKET/PREFIX for a bucket of an object store.`,
  )
}
