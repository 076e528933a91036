import { TesterError } from "../errors"

/** The dataset cannot be read or written: the message says where and what to do. */
export class LakeError extends TesterError {}

/**
 * Where a dataset lies: a folder, or a bucket of an object store. Keys are paths with `/`. What is put is there whole or
 * not at all, and replaces what had its key.
 */
export interface Bucket {
  /** For messages. */
  readonly name: string
  /** All keys that begin so, in no order. */
  keys(prefix: string): Promise<string[]>
  /** Undefined when there is nothing of that key. */
  read(key: string): Promise<Uint8Array | undefined>
  put(key: string, bytes: Uint8Array): Promise<void>
  /** There may be nothing of that key. */
  remove(key: string): Promise<void>
  /** A free path for a file in the making. */
  draft(): string
  /** Puts the file at a path that `draft` gave, which is then gone. */
  putDraft(key: string, path: string): Promise<void>
}
